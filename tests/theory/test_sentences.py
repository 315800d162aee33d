"""The sentences of a verdict: true of the numbers as they are printed."""

import re

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.numbers import number, rounded_down
from tempfit.theory.curvature import curvature
from tempfit.theory.law import closed_form
from tempfit.theory.status import Status
from tempfit.theory.verdict import outlooks, verdicts
from tempfit.training.experiment import Run, standardization
from tempfit.training.loop import fit
from tests.strategies import datasets
from tests.theory.judging import (
    ONE_READING,
    SAME_X,
    apart_from_the_limit,
    at_limit,
    scales,
    verdict_after,
)

COMPARISON = re.compile(
    r"(\S+) is (?:about 1/(\S+) of|(\S+) % of|(\S+) times|just (above|below)) the limit, "
    r"(\S+?)[:.] "
)
ADVICE = re.compile(r"[Bb]elow ([\d.e-]+\d)")


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
