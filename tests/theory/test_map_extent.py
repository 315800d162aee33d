"""The map: it holds the run and the limit, and theory says what becomes of every cell."""

import numpy as np
import pytest
from hypothesis import given

from tempfit import Dataset, History, Run, curvature, fit, forecast, thermometer
from tempfit.theory.map_extent import extent
from tempfit.training.experiment import FEATURE_SCALE, LEARNING_RATE
from tests.strategies import datasets, runs
from tests.theory.grid import grid

EPOCHS = 400
GRID = grid(16)


@pytest.fixture(scope="module")
def trained() -> History:
    return fit(thermometer(), GRID, EPOCHS)


def beyond() -> np.ndarray:
    """Return how each cell's rate stands to the limit at its scale."""
    limits = {run.feature_scale: curvature(thermometer(), run.feature_scale) for run in GRID}
    return np.array(
        [run.learning_rate / limits[run.feature_scale].max_stable_learning_rate for run in GRID]
    )


def test_the_cells_below_the_limit_train_to_the_loss_of_the_closed_form(trained: History) -> None:
    law = forecast(thermometer(), GRID, [EPOCHS]).loss[:, 0]
    tame = beyond() < 0.99
    assert tame.sum() > 50
    np.testing.assert_allclose(trained.loss[tame, -1], law[tame], rtol=2e-3)


def test_the_cells_beyond_the_limit_grow_when_they_train(trained: History) -> None:
    wild = beyond() > 1.1
    assert wild.sum() > 50
    least = np.fmin.reduce(trained.loss[wild], axis=1)
    assert not (trained.loss[wild, -1] <= least).any()


@given(datasets(), runs())
def test_the_map_lies_within_the_limits_and_holds_the_run(dataset: Dataset, run: Run) -> None:
    rates, scales = extent(dataset, run)
    for (low, high), value, limits in (
        (rates, run.learning_rate, LEARNING_RATE),
        (scales, run.feature_scale, FEATURE_SCALE),
    ):
        assert low < high
        assert limits.low <= low <= value <= high <= limits.high
