"""Tests of tempfit.training."""
