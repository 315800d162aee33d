"""Which epochs are recorded: enough for whole curves, and never more than a page can take."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tempfit.training.experiment import EPOCHS, Run

MAX_SNAPSHOTS: Final = 600


def recorded_epochs(epochs: int, runs: Sequence[Run] = ()) -> NDArray[np.int64]:
    """Return the epochs that a training records: at most `MAX_SNAPSHOTS`, from 0 to `epochs`.

    Every early epoch, then geometrically spaced, and always the last. The epochs at which the
    learning rate of a run changes come on top.
    """
    changes = [epoch for run in runs for epoch, _ in run.changes if epoch < epochs]
    spaced = _spaced(epochs, MAX_SNAPSHOTS)
    return np.union1d(spaced, changes) if changes else spaced


@lru_cache(maxsize=64)
def _spaced(epochs: int, most: int) -> NDArray[np.int64]:
    """Return the epochs that are recorded of any run, `most` of them at most; read-only.

    The growth factor is the smallest that keeps to the number, found by bisection.
    """
    EPOCHS.check(epochs)
    if epochs < most:
        return _read_only(np.arange(epochs + 1))
    low, high = 1.0, 2.0
    for _ in range(40):
        middle = (low + high) / 2
        fits = _geometric(epochs, middle, most) is not None
        low, high = (low, middle) if fits else (middle, high)
    chosen = _geometric(epochs, high, most)
    assert chosen is not None, "a doubling spacing always fits"
    return _read_only(np.array(chosen))


def _read_only(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the array, which nobody can change from now on: it is shared by all who ask."""
    values.flags.writeable = False
    return values


def _geometric(epochs: int, growth: float, most: int) -> list[int] | None:
    """Return epochs spaced by at least 1 and by the growth factor, or None if too many."""
    chosen = [0]
    while chosen[-1] < epochs:
        if len(chosen) == most:
            return None
        chosen.append(min(max(chosen[-1] + 1, int(chosen[-1] * growth)), epochs))
    return chosen
