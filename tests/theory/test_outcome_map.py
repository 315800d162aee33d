"""The map: each cell is a training like any other, and theory says where they change."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit import Dataset, Run, fit, forecast, thermometer, verdicts
from tempfit.theory.outcome_map import Grid, OutcomeMap, grid_around, limit_curve, map_epochs
from tempfit.theory.status import Status
from tempfit.training.experiment import FEATURE_SCALE, LEARNING_RATE
from tests.strategies import datasets, runs

EPOCHS = 400
START = (1.0, 0.0)
STATUSES = list(Status)
GROWING = {Status.DIVERGING, Status.OVERFLOWED}


def swept(grid: Grid, epochs: int = EPOCHS) -> OutcomeMap:
    sweep = OutcomeMap(thermometer(), grid, 0.0, START, epochs)
    while not sweep.done:
        sweep.advance(epochs)
    return sweep


@pytest.fixture(scope="module")
def sweep() -> OutcomeMap:
    return swept(grid_around(thermometer(), Run(1e-2), cells=16))


def test_every_cell_is_trained_as_fit_trains_its_run(sweep: OutcomeMap) -> None:
    grid = sweep.grid
    for row, column in [(0, 0), (5, 7), (15, 3), (8, 15)]:
        run = Run(float(grid.rates[column]), float(grid.scales[row]))
        alone = fit(thermometer(), [run], EPOCHS).loss[0, -1]
        np.testing.assert_allclose(sweep.loss()[row, column], alone, rtol=1e-4)


def test_the_cells_that_do_not_grow_have_the_loss_of_the_closed_form(sweep: OutcomeMap) -> None:
    runs = sweep.grid.runs(0.0, START)
    law = forecast(thermometer(), runs, [EPOCHS]).loss[:, 0].reshape(sweep.loss().shape)
    tame = ~np.isin(sweep.status(), [STATUSES.index(status) for status in GROWING])
    assert tame.sum() > 50
    np.testing.assert_allclose(sweep.loss()[tame], law[tame], rtol=2e-3)


def test_what_grows_lies_beyond_the_limit_that_theory_draws(sweep: OutcomeMap) -> None:
    limits = limit_curve(thermometer(), sweep.grid.scales, 0.0)
    beyond = sweep.grid.rates / limits[:, None]
    grows = np.isin(sweep.status(), [STATUSES.index(status) for status in GROWING])
    assert not grows[beyond < 0.99].any()
    assert grows[beyond > 1.1].all()


def test_the_status_of_a_cell_is_that_of_the_run_on_the_page(sweep: OutcomeMap) -> None:
    for row, column in [(0, 0), (10, 2), (8, 15), (3, 12)]:
        run = Run(float(sweep.grid.rates[column]), float(sweep.grid.scales[row]))
        (verdict,) = verdicts(thermometer(), fit(thermometer(), [run], EPOCHS), [run])
        assert STATUSES[sweep.status()[row, column]] == verdict.status


@given(st.lists(st.integers(1, 200), min_size=1, max_size=5))
def test_a_map_filled_in_pieces_is_the_map_filled_at_once(pieces: list[int]) -> None:
    grid = Grid(np.array([1e-3, 1e-2, 0.1]), np.array([0.05, 0.2]))
    whole, sweep = swept(grid), OutcomeMap(thermometer(), grid, 0.0, START, EPOCHS)
    while not sweep.done:
        sweep.advance(pieces[sweep.epoch % len(pieces)])
    np.testing.assert_array_equal(sweep.history().loss, whole.history().loss)


def test_a_map_that_is_restarted_comes_to_the_same() -> None:
    sweep = swept(Grid(np.array([1e-2]), np.array([0.1])), 10)
    before = sweep.loss()
    sweep.restart()
    assert sweep.epoch == 0
    while not sweep.done:
        sweep.advance(10)
    np.testing.assert_array_equal(sweep.loss(), before)


@given(datasets(), runs())
def test_the_grid_rises_within_the_limits_and_holds_the_run(dataset: Dataset, run: Run) -> None:
    grid = grid_around(dataset, run, cells=8)
    for values, value, limits in (
        (grid.rates, run.learning_rate, LEARNING_RATE),
        (grid.scales, run.feature_scale, FEATURE_SCALE),
    ):
        assert np.all(np.diff(values) > 0)
        assert limits.low <= values[0] <= value <= values[-1] <= limits.high


@given(st.integers(1, 1_000_000))
def test_the_epochs_recorded_are_few_and_hold_the_half_of_the_last(epochs: int) -> None:
    recorded = map_epochs(epochs)
    assert recorded[0] == 0
    assert recorded[-1] == epochs
    assert epochs // 2 in recorded
    assert len(recorded) <= 21
