"""Tests of tempfit.ui.readings."""
