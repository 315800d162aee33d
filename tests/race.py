"""A race that is recorded with gaps, and in which a run overflows: whole, and epoch by epoch."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from tempfit import History, fit, thermometer
from tempfit.training import batching, recording
from tempfit.training.experiment import Experiment

# A race in which the fourth run overflows, after a third of the epochs.
RACE = Experiment(epochs=200, compare=(1e-3, 3e-2, 5e-2))
SNAPSHOTS = 60  # so few that epochs lie between them
UNHURRIED = 1e9


@cache
def whole(experiment: Experiment) -> History:
    return fit(thermometer(), experiment.runs(thermometer()), experiment.epochs)


@cache
def every_epoch(experiment: Experiment) -> History:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recording, "MAX_SNAPSHOTS", experiment.epochs + 1)
        return fit(thermometer(), experiment.runs(thermometer()), experiment.epochs)


@pytest.fixture(autouse=True, scope="module")
def small_and_unhurried() -> Iterator[None]:
    """Record few snapshots, and let training take its time: a busy computer trains as far."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batching.everyone, "_seconds", UNHURRIED)
        patch.setattr(recording, "MAX_SNAPSHOTS", SNAPSHOTS)
        yield


def assert_same(one: History, other: History) -> None:
    for name in ("epoch", "loss", "w", "b"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
