"""Tests of tempfit.ui.epoch."""
