"""What the frames of a page show, and what training finds."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tempfit import History, fit, thermometer
from tempfit.training.experiment import Experiment


def trained(experiment: Experiment, epoch: int) -> History:
    """Return the snapshot that training for `epoch` epochs ends with."""
    history = fit(thermometer(), experiment.runs(thermometer()), max(epoch, 1))
    return history.part(history.epoch == epoch)


@dataclass(frozen=True)
class Row:
    """What a run's row says: numbers as float32 read back, words as they stand."""

    rate: float
    status: str
    loss: np.float32
    w: np.float32
    b: np.float32

    @classmethod
    def read(cls, data: dict[str, str]) -> "Row":
        with np.errstate(over="ignore"):
            loss, w, b = (np.float32(data[name]) for name in ("loss", "w", "b"))
        return cls(float(data["learningRate"]), data["status"], loss, w, b)


@dataclass(frozen=True)
class Frame:
    """What one animation frame showed."""

    epoch: int
    rows: tuple[Row, ...]
    charts: int


def assert_numbers(rows: Sequence[Row], history: History, place: int) -> None:
    """Check the rows against the snapshot at a place of a history, bit for bit."""
    for name in ("loss", "w", "b"):
        seen = np.array([getattr(row, name) for row in rows])
        np.testing.assert_array_equal(seen, getattr(history, name)[:, place], err_msg=name)


def epochs_of(frames: Sequence[Frame]) -> list[int]:
    """Return the epochs that the frames showed, each for as often as it was newly shown."""
    epochs = [frame.epoch for frame in frames]
    return epochs[:1] + [b for a, b in pairwise(epochs) if a != b]
