"""The built-in lesson: each step is tried by real training, on the way in the book and off it."""

from typing import Any

import numpy as np
import pytest

from tempfit import curvature, fit, thermometer
from tempfit.lesson import truth
from tempfit.lesson.checks import checked
from tempfit.lesson.ran import foreseen
from tempfit.lesson.step import Choice, Slider, Step
from tempfit.lesson.text import UNKNOWN, sentence_count
from tempfit.lesson.toml_file import built_in
from tempfit.training.experiment import Experiment, Run
from tests.lesson.training import trained

BEST = curvature(thermometer())
HALF = curvature(thermometer(), 0.05).max_stable_learning_rate  # the edge at half the scale
NUMBERS = range(1, 11)


def start(above: float) -> tuple[float, float]:
    """Return a start whose loss is so far above the best: b alone is off, and ∂²loss/∂b² is 2."""
    return BEST.best_w, BEST.best_b + float(np.copysign(np.sqrt(abs(above)), above))


def step(number: int) -> Step:
    return built_in().step(number)


ROOM = 10 - BEST.best_loss  # what step 1 leaves above the best loss

OTHER_ROUTES: list[tuple[int, dict[str, Any]]] = [
    (1, {"start": start(0.99 * ROOM)}),
    (1, {"start": start(-0.99 * ROOM)}),
    (2, {"epochs": 500, "learning_rate": 0.02}),
    (3, {"learning_rate": 0.02}),
    (3, {"learning_rate": 0.001}),
    (4, {"learning_rate": 2e-4, "epochs": 200}),
    (5, {"feature_scale": 0.05}),
    (5, {"epochs": 2007}),
    (6, {"learning_rate": 0.0288}),
    (6, {"learning_rate": 0.0328}),
    (6, {"learning_rate": 0.0288, "epochs": 5000}),
    (6, {"learning_rate": 0.001, "compare": (0.031,)}),
    (7, {"learning_rate": 0.0331, "compare": (0.01, 0.0329)}),
    (7, {"feature_scale": 0.05, "learning_rate": 0.997 * HALF, "compare": (1.004 * HALF,)}),
    (8, {"learning_rate": 0.03}),
    (9, {"feature_scale": 0.02, "learning_rate": 0.4}),
    (9, {"feature_scale": 0.018, "learning_rate": 0.45, "epochs": 1000}),
    (10, {"changes": ((100, 0.03),)}),
    (10, {"changes": ((20, 0.035), (60, 0.02))}),
]

NEAR_MISSES: list[tuple[int, dict[str, Any], str]] = [
    (1, {"start": start(1.01 * ROOM)}, "0.071 too high"),
    (1, {"start": start(-1.01 * ROOM)}, "0.071 too high"),
    (3, {"epochs": 9}, "Asked for is a run that overflows."),
    (3, {"epochs": 5}, "it takes about 5 more epochs."),
    (3, {"learning_rate": 3.3e-4}, "Asked for is a run that overflows."),
    (4, {"epochs": 49}, "Asked for is a run that stalls."),
    (4, {"learning_rate": 3.5e-4}, "Asked for is a run that stalls."),
    (5, {"epochs": 2006}, "Asked for is a run that converges."),
    (5, {"epochs": 1507}, "it takes about 500 more epochs."),
    (5, {"feature_scale": 0.2}, "Asked for is a run that converges."),
    (6, {"learning_rate": 0.0286}, "too late."),
    (6, {"learning_rate": 0.0329}, "too late."),
    (6, {"learning_rate": 0.0331}, "Asked for is a run that converges by epoch 700."),
    (7, {"learning_rate": 0.0329, "compare": (0.0333,)}, "are 1.22 % apart"),
    (7, {"learning_rate": 0.0329, "compare": (0.0328,)}, "Asked for as well is a run that exp"),
    (7, {"learning_rate": 0.0331, "compare": (0.0332,)}, "Asked for as well is a run that conv"),
    (8, {"learning_rate": 0.0331}, "Asked for is a run that converges."),
    (8, {"learning_rate": 0.016, "epochs": 5000}, "On its way it was never oscillating."),
    (9, {"feature_scale": 0.018, "learning_rate": 0.4, "epochs": 200}, "too late."),
    (9, {"feature_scale": 0.018, "learning_rate": 0.53}, "converges by epoch 100."),
    (9, {"standardize": True, "learning_rate": 0.5}, "without a standardized feature."),
    (10, {}, "Asked for is a run that converges."),
    (10, {"changes": ((50, 0.034),)}, "Asked for is a run that converges."),
    (10, {"learning_rate": 0.01}, "Its rate never changed"),
    (10, {"learning_rate": 0.01, "changes": ((50, 0.02),)}, "it was descending, not diverging"),
]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_textbook_route_passes(number: int) -> None:
    tried = step(number).solution
    result = checked(step(number).check, trained(step(number), tried))
    assert result.passed
    assert result.experiments == (tried,)
    assert result.sentence == ""


@pytest.mark.parametrize(("number", "settings"), OTHER_ROUTES)
def test_another_route_passes(number: int, settings: dict[str, Any]) -> None:
    assert checked(step(number).check, trained(step(number), **settings)).passed


@pytest.mark.parametrize(("number", "settings", "missed"), NEAR_MISSES)
def test_a_near_miss_gets_the_sentence_of_the_run_and_how_far_off_it_was(
    number: int, settings: dict[str, Any], missed: str
) -> None:
    ran = trained(step(number), **settings)
    result = checked(step(number).check, ran)
    assert not result.passed
    assert (result.experiments == ()) is (step(number).check.pair is None)
    assert result.sentence == f"{result.verdict} {result.missed}".strip()
    assert missed in result.missed
    told = "" if number == 1 else ran.verdicts[result.run].event  # step 1 is about the start
    assert result.verdict == told


def test_step_2_is_passed_by_the_first_epoch_and_not_before() -> None:
    assert checked(step(2).check, trained(step(2), until=1)).passed
    assert checked(step(2).check, trained(step(2), until=0)).missed == "1 epoch to go."


def test_a_run_that_overflowed_before_its_rate_changed_is_not_rescued() -> None:
    overflow = foreseen(thermometer(), step(10).experiment).overflow_epoch(0)
    assert overflow is not None
    ran = trained(step(10), changes=((overflow + 10, 0.01),))
    assert not checked(step(10).check, ran).passed


def test_the_edge_may_be_found_in_one_training_after_the_other() -> None:
    one = trained(step(7), learning_rate=0.0329)
    assert not checked(step(7).check, one).passed
    far = trained(step(7), learning_rate=0.05, earlier=one.endings)
    assert "52 % apart" in checked(step(7).check, far).missed
    other = trained(step(7), learning_rate=0.0331, earlier=(*one.endings, *far.endings))
    result = checked(step(7).check, other)
    assert result.passed
    assert set(result.experiments) == {one.experiment, other.experiment}


def test_two_scales_have_two_edges() -> None:
    raw = trained(step(7), feature_scale=1.0, learning_rate=0.0331)
    scaled = trained(step(7), learning_rate=0.0329, earlier=raw.endings)
    result = checked(step(7).check, scaled)
    assert not result.passed
    assert "on the same feature" in result.missed


@pytest.mark.parametrize("number", NUMBERS)
def test_one_prediction_is_right_and_what_is_trained_agrees(number: int) -> None:
    question = step(number).question
    if isinstance(question, Slider):
        ran = trained(step(number), start=(BEST.best_w, BEST.best_b))
        assert truth.right_number(step(number)) == pytest.approx(ran.history.loss[0, 0], rel=1e-6)
        return
    right = [truth.right(step(number), place) for place in range(len(question.answers))]
    assert sum(right) == 1
    for answer, said in zip(question.answers, right, strict=True):
        if answer.when is not None:
            ran = trained(step(number), answer.experiment)
            assert checked(answer.when, ran).passed is said


@pytest.mark.parametrize("number", NUMBERS)
def test_a_wrong_answer_stays_wrong_whatever_is_trained(number: int) -> None:
    question = step(number).question
    places = range(len(question.answers)) if isinstance(question, Choice) else (0, 5, 20)
    wrong = [place for place in places if not truth.right(step(number), place)]
    assert wrong
    assert all(
        truth.answer_text(step(number), place) != truth.right_text(step(number)) for place in wrong
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_every_fact_in_a_text_is_known_and_the_explanation_is_short(number: int) -> None:
    it = step(number)
    ran = trained(it, it.solution)
    told = [
        truth.stated(it, it.text),
        truth.stated(it, it.question.text),
        truth.explained(it, ran, checked(it.check, ran)),
    ]
    assert all(UNKNOWN not in text and "{" not in text and "nan" not in text for text in told)
    assert sentence_count(told[2]) <= 3


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_is_typed_into_a_text(number: int) -> None:
    it = step(number)
    answers = it.question.answers if isinstance(it.question, Choice) else ()
    texts = [it.title, it.text, it.question.text, it.explanation, *(one.text for one in answers)]
    allowed = {1: {"0"}, 7: {"2"}}  # epoch 0 and a loss of 0; the 2 of 2/λ
    for text in texts:
        typed = {
            word.strip(".,:;?$") for word in text.within().split() if any(map(str.isdigit, word))
        }
        assert typed <= allowed.get(number, set())


def test_the_lesson_is_sound() -> None:
    assert truth.doubts(built_in()) == []
    assert len(built_in().steps) == len(NUMBERS)


# What the texts say in words.


def test_there_are_eleven_readings() -> None:
    assert "Eleven readings" in step(1).text.within()
    assert len(thermometer()) == 11


def test_w_and_b_rise_at_first_and_b_comes_down_later() -> None:
    history = fit(thermometer(), [Run(0.01)], 500)
    assert history.w[0, 1] > history.w[0, 0]
    assert history.b[0, 1] > history.b[0, 0]
    assert history.b[0, -1] < history.b[0, 0]
    assert BEST.best_b < history.b[0, -1]


def test_just_below_the_edge_w_jumps_past_a_point_at_every_step() -> None:
    history = trained(step(8)).history
    moves = np.sign(np.diff(history.w[0, :50]))
    assert (moves[1:] == -moves[:-1]).all()


def test_a_standardized_feature_converges_in_one_epoch_at_one_half() -> None:
    assert "at a rate of one half" in step(9).explanation.within()
    ran = trained(step(9), Experiment(epochs=100, learning_rate=0.5, standardize=True))
    assert ran.converged_epoch(0) == 1


def test_the_rates_that_pass_step_6_are_those_whose_loss_is_low_enough_at_epoch_700() -> None:
    rates = np.arange(280, 336) / 1e4
    low_enough = fit(thermometer(), [Run(rate) for rate in rates], 700).loss[:, -1]
    passed = []
    for some in np.split(rates, 7):  # at most eight runs make an experiment
        ran = trained(step(6), learning_rate=some[0], compare=tuple(some[1:].tolist()))
        passed += [ran.converged_epoch(n, near=700) or np.inf for n in range(len(some))]
    assert (np.array(passed) <= 700).tolist() == (low_enough <= BEST.converged_loss).tolist()
    assert {0.0288, 0.03, 0.0328} <= {*rates[np.array(passed) <= 700].tolist()}
