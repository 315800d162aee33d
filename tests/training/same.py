"""What it means that two trainings gave the same."""

import numpy as np

from tempfit.training.history import History


def assert_equal_bits(one: History, other: History) -> None:
    """Fail unless two histories hold the same snapshots to the last bit."""
    np.testing.assert_array_equal(one.epoch, other.epoch)
    for name in ("loss", "w", "b"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
