"""The verdicts: their inequalities, their steadiness, and sentences that are true as printed."""

import re
from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np
import pytest
import torch
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.numbers import number, rounded_down
from tempfit.theory.curvature import curvature
from tempfit.theory.law import closed_form, forecast
from tempfit.theory.sentences import quality
from tempfit.theory.status import STATUSES, Status, statuses
from tempfit.theory.verdict import Verdict, outlooks, verdicts
from tempfit.training.experiment import Run, standardization
from tempfit.training.history import History
from tempfit.training.loop import fit
from tempfit.training.recording import recorded_epochs
from tests.strategies import datasets, eighths, runs

ONE_READING = Dataset(torch.tensor([3.0]), torch.tensor([5.0]))
SAME_X = Dataset(torch.tensor([3.0, 3.0, 3.0]), torch.tensor([5.0, 6.0, 10.0]))
RACE = [Run(rate) for rate in (1e-2, 1e-3, 3e-2, 3.6e-2, 1e-4, 1.0)]
scales = st.sampled_from([0.1, 0.5, 1.0])
# Multiples of the limit, and how far from it they are still told from it.
apart_from_the_limit = st.one_of(st.floats(0.01, 0.999999), st.floats(1.000002, 30))

COMPARISON = re.compile(
    r"(\S+) is (?:about 1/(\S+) of|(\S+) % of|(\S+) times|just (above|below)) the limit, "
    r"(\S+?)[:.] "
)
ADVICE = re.compile(r"[Bb]elow ([\d.e-]+\d)")


def verdict_after(dataset: Dataset, run: Run, epochs: int) -> Verdict:
    return verdicts(dataset, fit(dataset, [run], epochs), [run])[0]


def at_limit(dataset: Dataset, scale: float, multiple: float, height: float = 10.0) -> Run:
    """Return a run at a multiple of the limit, that starts `height` up the steep side."""
    bowl = curvature(dataset, scale)
    w, b = np.array([bowl.best_w, bowl.best_b]) + height * bowl.directions[:, 1]
    return Run(multiple * bowl.max_stable_learning_rate, scale, start=(float(w), float(b)))


def with_loss(loss: list[float]) -> History:
    row = np.array([loss])
    return History(np.arange(len(loss)), row, np.ones_like(row), np.ones_like(row))


# The status.


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


# The outlook.


def foreseen(dataset: Dataset, together: list[Run], epochs: int) -> int:
    """Hold the outlook against what training in float32 does; return how many runs were compared.

    Two statuses meet at some rates, where rounding decides: runs for which one part in a hundred
    of the rate changes the outlook prove nothing, and are left out.
    """
    less, more = (
        [replace(run, learning_rate=factor * run.learning_rate) for run in together]
        for factor in (0.99, 1.01)
    )
    expected = outlooks(closed_form(dataset, together), epochs)
    around = zip(
        outlooks(closed_form(dataset, less), epochs),
        outlooks(closed_form(dataset, more), epochs),
        strict=True,
    )
    outcomes = verdicts(dataset, fit(dataset, together, epochs), together)
    recorded = recorded_epochs(epochs)
    compared = 0
    for outlook, outcome, (one, other) in zip(expected, outcomes, around, strict=True):
        if one.status is outlook.status is other.status:
            assert outcome.status is outlook.status, (outlook.sentence, outcome.sentence)
            if outlook.epoch is not None and outcome.epoch is not None:
                late = max(recorded[recorded >= outlook.epoch - 1][0] - outlook.epoch, 0)
                assert abs(outcome.epoch - outlook.epoch) <= 1 + late + 0.01 * outlook.epoch
            compared += 1
    return compared


@pytest.mark.parametrize("epochs", [5, 60, 700])
@pytest.mark.parametrize("scale", [0.03, 0.1, 1.0])
def test_the_outlook_on_the_thermometer_is_what_training_does(scale: float, epochs: int) -> None:
    together = [Run(float(rate), scale) for rate in np.geomspace(1e-6, 50, 40)]
    assert foreseen(thermometer(), together, epochs) >= 35


@settings(max_examples=15)
@given(
    datasets(),
    scales,
    st.tuples(eighths, eighths),
    st.lists(st.floats(0.01, 3), min_size=8, max_size=8),
)
def test_the_outlook_on_any_readings_is_what_training_does(
    dataset: Dataset, scale: float, start: tuple[float, float], multiples: list[float]
) -> None:
    assume(dataset.y.abs().max() > 0)  # a best loss of exactly 0 is reached by rounding alone
    bowl = curvature(dataset, scale)
    limit = bowl.max_stable_learning_rate
    together = [Run(multiple * limit, scale, start=start) for multiple in multiples]
    # So is what becomes of a start on the optimum beyond the limit.
    assume(forecast(dataset, together, [0]).loss[0, 0] > bowl.converged_loss)
    event(f"{foreseen(dataset, together, 200)} of 8 compared")


def test_outlooks_on_runs_together_are_those_on_each_alone() -> None:
    assert outlooks(closed_form(thermometer(), RACE), 5000) == [
        outlook for run in RACE for outlook in outlooks(closed_form(thermometer(), [run]), 5000)
    ]


# The sentence.


@given(
    st.one_of(st.just(thermometer()), datasets()),
    st.one_of(scales, st.floats(0.01, 2)),
    apart_from_the_limit,
)
@example(thermometer(), 0.1, 0.999998)
@example(thermometer(), 0.1, 1.000002)
@example(thermometer(), 1.0, 0.999)
@example(thermometer(), 1.0, 1.001)
def test_what_a_sentence_says_of_the_limit_is_true_of_the_numbers_as_printed(
    dataset: Dataset, scale: float, multiple: float
) -> None:
    run = at_limit(dataset, scale, multiple)
    limit = curvature(dataset, scale).max_stable_learning_rate
    history = fit(dataset, [run], 20)
    for said in (
        verdicts(dataset, history, [run])[0],
        outlooks(closed_form(dataset, [run]), 20)[0],
    ):
        for rate, share, percent, times, just, bound in COMPARISON.findall(said.sentence):
            assert (float(rate) > float(bound)) == (multiple > 1)
            assert float(rate) == pytest.approx(run.learning_rate, rel=6e-3)
            assert 0.99 * limit < float(bound) <= limit * (1 + 1e-6)
            assert bool(times) == (multiple >= 1.01)
            assert float(times or multiple) == pytest.approx(multiple, rel=6e-3)
            assert float(percent or 100 * multiple) == pytest.approx(100 * multiple, rel=0.06)
            assert 1 / float(share or 1 / multiple) == pytest.approx(multiple, rel=0.06)
            assert not just or (just == "above") == (multiple > 1)
            assert bool(just) == (0.99 < multiple < 1.01)
        for advised in ADVICE.findall(said.sentence):
            assert 0.98 * limit < float(advised) <= limit * (1 + 1e-6)
        assert (": each step overshoots further" in said.sentence) == (multiple > 1)


def test_the_sentences_of_the_last_test_are_found_at_all() -> None:
    said = outlooks(
        closed_form(thermometer(), [Run(1e-2, feature_scale=1.0), Run(0.0329), Run(1e-9)]), 50
    )
    found = [COMPARISON.findall(outlook.sentence) for outlook in said]
    assert found[0] == [("0.01", "", "", "29.4", "", "0.000339")]
    assert found[1] == [("0.0329", "", "", "", "below", "0.03297")]
    assert found[2] == [("1e-9", "3.3e7", "", "", "", "0.0329")]
    assert ADVICE.findall(said[0].sentence) == ["0.000339"]


@given(st.floats(0.05, 90))
def test_a_smaller_feature_scale_is_advised_where_one_helps(rate: float) -> None:
    (said,) = outlooks(closed_form(thermometer(), [Run(rate)]), 50)
    helps = curvature(thermometer(), 1e-6).max_stable_learning_rate > rate
    assert (", or a smaller feature scale." in said.sentence) == helps


def test_a_stalled_run_is_told_of_its_ravine() -> None:
    outcome = verdict_after(thermometer(), Run(1e-4, feature_scale=1.0), 100)
    assert "extremely narrow: steps that are safe across it are far too small" in outcome.sentence
    assert "Try to standardize the feature, or a smaller feature scale." in outcome.sentence


def test_a_run_is_told_of_its_valley_where_no_rate_would_do_and_of_its_rate_where_it_would() -> (
    None
):
    (timid,) = outlooks(closed_form(thermometer(), [Run(1e-3)]), 5000)
    assert "0.001 is about 1/33 of the limit, 0.0329. It needs" in timid.sentence
    assert "valley" not in timid.sentence
    better, (both,) = Run(0.0164), outlooks(closed_form(thermometer(), [Run(1e-3)]), 500)
    assert verdict_after(thermometer(), better, 5000).status is Status.CONVERGED
    assert verdict_after(thermometer(), better, 500).status is not Status.CONVERGED
    assert "The valley is narrow" in both.sentence
    assert "larger rate" in both.sentence


def test_a_run_that_twice_the_epochs_bring_home_is_told_so() -> None:
    run = Run(1e-2)
    (short, long) = (outlooks(closed_form(thermometer(), [run]), n)[0] for n in (1200, 900))
    assert "Double the epochs: it needs about 2,010." in short.sentence
    assert verdict_after(thermometer(), run, 2400).status is Status.CONVERGED
    assert "Double" not in long.sentence


def test_before_the_first_step_nothing_is_said_of_descending() -> None:
    history = fit(thermometer(), [Run(1e-2, changes=((5, 0.02),))], 8)
    for until, opening in ((0, "Not trained yet: "), (5, "No step at the new rate yet: ")):
        run = Run(1e-2, changes=((5, 0.02),))
        (said,) = verdicts(thermometer(), history.part(history.epoch <= until), [run])
        assert said.sentence.startswith(opening)
        assert "escending" not in said.sentence


def test_a_run_at_a_tiny_learning_rate_is_told_to_take_a_larger_one() -> None:
    scale, shift = standardization(thermometer())
    outcome = verdict_after(thermometer(), Run(1e-6, scale, shift), 100)
    assert outcome.status is Status.STALLED
    assert "1e-6 is about 1/1e6 of the limit, 1." in outcome.sentence
    assert outcome.sentence.endswith("Try a larger rate, below 1.")


def test_a_run_that_rounding_holds_back_is_told_so() -> None:
    x = torch.arange(5.0) + 10_000
    run = Run(1e-9, feature_scale=1.0, start=(0.0, 0.0))
    outcome = verdict_after(Dataset(x, 1e-3 * x), run, 400)
    assert outcome.status is Status.STALLED
    assert "so small that float32 rounds them away" in outcome.sentence


@pytest.mark.parametrize(
    ("run", "epochs", "at"),
    [(Run(3e-2), 2000, "by"), (Run(2e-2), 2000, "by"), (Run(0.07, feature_scale=0.05), 550, "at")],
)
def test_a_converged_run_is_said_to_be_near_the_best_loss_from_its_epoch_on(
    run: Run, epochs: int, at: str
) -> None:
    history = fit(thermometer(), [run], epochs)
    (outcome,) = verdicts(thermometer(), history, [run])
    bound = 1.01 * curvature(thermometer()).best_loss
    near = history.epoch[history.loss[0] <= bound]
    assert outcome.epoch == near[0] > 0
    assert outcome.sentence.startswith(f"Converged {at} epoch {outcome.epoch:,}: loss ")


def test_an_oscillating_run_is_told_from_where_on_no_step_overshoots() -> None:
    outcome = verdict_after(thermometer(), Run(3e-2), 8)
    half = curvature(thermometer()).max_stable_learning_rate / 2
    assert outcome.status is Status.OSCILLATING
    assert outcome.sentence.endswith(f"At {rounded_down(half)} or below no step overshoots.")


@pytest.mark.parametrize(
    ("dataset", "given_"), [(ONE_READING, "one reading only"), (SAME_X, "all x equal")]
)
@pytest.mark.parametrize("rate", [1e-9, 1e-2, 0.15, 5.0])
def test_several_optima_are_named_as_such(dataset: Dataset, given_: str, rate: float) -> None:
    run = Run(rate, feature_scale=1.0)
    for said in (verdict_after(dataset, run, 100), outlooks(closed_form(dataset, [run]), 100)[0]):
        assert said.sentence.endswith(f"With {given_}, many lines fit equally well.")
        assert "steeper" not in said.sentence


@pytest.mark.parametrize(
    ("name", "unit"),
    [("T (°C)", " °C²."), ("v [km/h]", " (km/h)²."), ("Mass", "."), ("Tip (US$)", " US$².")],
)
def test_a_loss_is_given_in_the_square_of_the_unit_of_y(name: str, unit: str) -> None:
    readings = thermometer()
    dataset = Dataset(readings.x, readings.y, y_name=name)
    outcome = verdict_after(dataset, Run(1e-2), 10)
    assert f"best possible is 2.93{unit}" in outcome.sentence


@given(datasets())
def test_a_run_is_said_to_come_within_one_percent_where_that_is_the_bound(dataset: Dataset) -> None:
    bowl = curvature(dataset)
    assume(bowl.best_loss > 1e-3 * dataset.y.double().var(correction=0).item())
    (outlook,) = outlooks(
        closed_form(dataset, [Run(0.4 * bowl.max_stable_learning_rate)]), 1_000_000
    )
    assert "within 1 % of the best possible loss" in outlook.sentence


def test_the_best_loss_of_a_perfect_fit_is_called_zero() -> None:
    dataset = Dataset(torch.tensor([1.0, 2.0, 4.0]), torch.tensor([3.1, 5.1, 9.1]))
    outcome = verdict_after(dataset, Run(0.05, feature_scale=1.0), 2000)
    assert outcome.status is Status.CONVERGED
    assert outcome.sentence.endswith("best possible is 0.")


def test_squared_errors_beyond_float32_are_not_blamed_on_the_learning_rate() -> None:
    dataset = Dataset(torch.tensor([1.0, 2.0]), torch.tensor([1e20, 3e20]))
    for said in (
        verdict_after(dataset, Run(1e-2), 5),
        outlooks(closed_form(dataset, [Run(1e-2)]), 5)[0],
    ):
        assert said.status is Status.OVERFLOWED
        assert said.epoch == 1
        assert "larger than float32 can hold" in said.sentence


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.01, "0.01"),
        (0.00033994, "0.00034"),
        (33598.9, "33,600"),
        (9.0901e34, "9.09e34"),
        (1e-9, "1e-9"),
        (0, "0"),
        (246, "246"),
        (np.inf, "∞"),
        (2.9276, "2.93"),
    ],
)
def test_numbers_have_three_digits(value: float, text: str) -> None:
    assert number(value) == text


@given(st.floats(1e-20, 1.0))
def test_a_limit_is_rounded_down_but_for_float32_rounding(limit: float) -> None:
    printed = float(rounded_down(limit))
    assert 0.99 * limit < printed <= limit * (1 + 1e-6)


# How good a line is.


@given(datasets(), st.floats(0, 1e6))
def test_a_line_s_quality_is_its_rmse_and_the_share_of_the_spread(
    dataset: Dataset, loss: float
) -> None:
    said = quality(dataset, loss)
    variance = dataset.y.double().var(correction=0).item()
    assert f"about {number(loss**0.5)} (RMSE" in said
    assert ("the mean of y alone does better" in said) == (0 < variance < loss)
    if variance:
        assert f"(R² = {number(1 - loss / variance)})" in said


def test_of_a_loss_without_a_number_no_quality_is_told() -> None:
    assert quality(thermometer(), np.inf) == quality(thermometer(), np.nan) == ""
    assert "about 1.71 °C (RMSE" in quality(thermometer(), 2.9276)
    assert "explains 96.2 % of the spread of y (R² = 0.962)" in quality(thermometer(), 2.9276)
