"""The statuses: their inequalities, and their steadiness."""

from itertools import groupby, pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.theory.curvature import curvature
from tempfit.theory.law import closed_form, forecast
from tempfit.theory.status import STATUSES, Status, statuses
from tempfit.theory.verdict import outlooks, verdicts
from tempfit.training.experiment import Run
from tempfit.training.history import History
from tempfit.training.loop import fit
from tests.strategies import datasets, runs
from tests.theory.judging import RACE, apart_from_the_limit, at_limit, scales, verdict_after


def with_loss(loss: list[float]) -> History:
    row = np.array([loss])
    return History(np.arange(len(loss)), row, np.ones_like(row), np.ones_like(row))


@pytest.mark.parametrize(
    ("scale", "rate", "epochs", "status"),
    [
        (0.1, 1e-2, 0, Status.DESCENDING),
        (0.1, 1e-2, 100, Status.DESCENDING),
        (0.1, 1e-2, 5000, Status.CONVERGED),
        (0.1, 3e-2, 10, Status.OSCILLATING),
        (0.1, 3e-2, 5000, Status.CONVERGED),
        (0.1, 3.6e-2, 100, Status.DIVERGING),
        (0.1, 3.6e-2, 5000, Status.OVERFLOWED),
        (1.0, 1e-2, 9, Status.DIVERGING),
        (1.0, 1e-2, 100, Status.OVERFLOWED),
        (1.0, 1e-4, 100, Status.STALLED),
    ],
)
def test_the_reference_experiments_have_the_status_that_the_book_gives_them(
    scale: float, rate: float, epochs: int, status: Status
) -> None:
    run = Run(rate, scale)
    history = fit(thermometer(), [run], max(epochs, 1))
    until = history.part(history.epoch <= epochs)
    assert verdicts(thermometer(), until, [run])[0].status is status


def test_the_unscaled_reference_run_overflowed_at_epoch_eleven_as_foreseen() -> None:
    run = Run(1e-2, feature_scale=1.0)
    outcome, (outlook,) = (
        verdict_after(thermometer(), run, 100),
        outlooks(closed_form(thermometer(), [run]), 100),
    )
    assert outcome.epoch == outlook.epoch == 11
    assert outcome.sentence.startswith("Overflowed at epoch 11: ")
    assert "0.01 is 29.4 times the limit, 0.000339: each step overshoots" in outcome.sentence
    assert outlook.sentence.startswith("Will overflow about epoch 11: ")
    assert "0.01 is 29.4 times the limit, 0.000339: each step overshoots" in outlook.sentence


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=1, max_size=8))
@example([1.0, np.nan, np.inf, -np.inf, 2.0])
def test_a_run_has_overflowed_exactly_where_its_loss_is_not_finite(loss: list[float]) -> None:
    codes = statuses(closed_form(thermometer(), [Run(1e-2)]), with_loss(loss))[0]
    overflowed = [STATUSES[code] is Status.OVERFLOWED for code in codes]
    assert overflowed == [not np.isfinite(value) for value in loss]


def test_params_without_a_number_do_not_pass_for_converged_or_stalled() -> None:
    history = with_loss([1e9] * 200)
    history.w[:], history.b[:] = np.nan, np.inf
    codes = statuses(closed_form(thermometer(), [Run(1e-2)]), history)[0]
    assert {STATUSES[code] for code in codes} == {Status.DESCENDING}


@given(datasets(), runs(), st.integers(1, 40))
def test_a_status_is_decided_from_the_snapshots_up_to_it(
    dataset: Dataset, run: Run, seen: int
) -> None:
    history = fit(dataset, [run], 80)
    whole = statuses(closed_form(dataset, [run]), history)
    part = statuses(closed_form(dataset, [run]), history.part(slice(seen)))
    np.testing.assert_array_equal(whole[:, :seen], part)


def test_runs_together_have_the_statuses_that_they_have_alone() -> None:
    history = fit(thermometer(), RACE, 500)
    together = statuses(closed_form(thermometer(), RACE), history)
    assert together.shape == history.loss.shape
    for i, run in enumerate(RACE):
        alone = History(history.epoch, history.loss[[i]], history.w[[i]], history.b[[i]])
        np.testing.assert_array_equal(
            together[i], statuses(closed_form(thermometer(), [run]), alone)[0]
        )


@settings(max_examples=10)
@given(datasets(), scales, st.lists(st.floats(0.01, 1), min_size=8, max_size=8))
def test_no_run_up_to_the_limit_is_ever_called_diverging(
    dataset: Dataset, scale: float, multiples: list[float]
) -> None:
    together = [at_limit(dataset, scale, multiple) for multiple in [*multiples, 1.0]]
    codes = statuses(closed_form(dataset, together), fit(dataset, together, 300))
    assert Status.DIVERGING not in {STATUSES[code] for code in codes.flat}


@settings(max_examples=10)
@given(datasets(), scales, st.lists(st.floats(1.01, 5), min_size=8, max_size=8))
def test_a_long_run_above_the_limit_ends_diverging_or_overflowed(
    dataset: Dataset, scale: float, multiples: list[float]
) -> None:
    together = [at_limit(dataset, scale, multiple) for multiple in multiples]
    outcomes = verdicts(dataset, fit(dataset, together, 300), together)
    assert {outcome.status for outcome in outcomes} <= {Status.DIVERGING, Status.OVERFLOWED}


@settings(max_examples=15)
@given(datasets(), scales)
def test_a_run_at_the_limit_ends_oscillating(dataset: Dataset, scale: float) -> None:
    run = at_limit(dataset, scale, 1.0)
    assume(forecast(dataset, [run], [0]).loss[0, 0] > 2 * curvature(dataset, scale).converged_loss)
    outcome = verdict_after(dataset, run, 200)
    assert outcome.status is Status.OSCILLATING
    assert "is at the limit: each step overshoots by as much as the last." in outcome.sentence


@settings(max_examples=6)
@given(datasets(), scales, st.lists(apart_from_the_limit, min_size=8, max_size=8))
@example(thermometer(), 0.1, [0.01, 0.1, 0.3, 0.6, 0.9, 0.99, 0.9999, 1.0001, 1.01, 1.1, 10])
@example(thermometer(), 1.0, [0.01, 0.1, 0.3, 0.6, 0.9, 0.99, 0.9999, 1.0001, 1.01, 1.1, 10])
def test_statuses_do_not_flicker(dataset: Dataset, scale: float, multiples: list[float]) -> None:
    together = [at_limit(dataset, scale, multiple, height=3.0) for multiple in multiples]
    codes = statuses(closed_form(dataset, together), fit(dataset, together, 700))
    for multiple, row in zip(multiples, codes, strict=True):
        passed = [STATUSES[code] for code, _ in groupby(row)]
        assert len(passed) <= 5
        for before, after in pairwise(passed):
            assert before is not Status.OVERFLOWED
            assert before is not Status.DIVERGING or after is Status.OVERFLOWED
            assert before is not Status.CONVERGED or multiple > 1
