"""Tests of tempfit.theory."""
