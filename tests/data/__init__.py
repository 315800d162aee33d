"""Tests of tempfit.data."""
