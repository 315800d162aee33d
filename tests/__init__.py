"""Tests, in the layout of the package; `tests/run` runs them all."""
