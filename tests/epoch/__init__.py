"""Tests of tempfit.epoch."""
