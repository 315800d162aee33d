"""Tests of tempfit.ui.lesson."""
