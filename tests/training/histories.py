"""Histories compared to the bit, and where one of them overflows."""

import numpy as np

from tempfit.training.history import History


def assert_equal_bits(one: History, other: History) -> None:
    np.testing.assert_array_equal(one.epoch, other.epoch)
    for name in ("loss", "w", "b"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


def overflow(history: History, run: int) -> int:
    """Return the index of the first snapshot that is not finite."""
    return int(np.flatnonzero(~np.isfinite(history.loss[run]))[0])
