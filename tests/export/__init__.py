"""Tests of tempfit.export."""
