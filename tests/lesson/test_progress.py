"""Progress: what is passed stays passed, and a prediction that stands stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.lesson import progress as moves
from tempfit.lesson.progress import Mark, Progress
from tempfit.lesson.step import Choice, Lesson
from tempfit.training.experiment import Experiment
from tests.lesson.strategies import LESSON, experiments, made


@given(made(), st.integers(1, 10), experiments())
def test_what_is_passed_stays_passed_by_what_passed_it(
    progress: Progress, number: int, experiment: Experiment
) -> None:
    after = moves.tick(progress, number, (experiment,))
    assert {*progress.passed} | {number} == {*after.passed}
    if progress.of(number).passed:
        assert after == progress
    assert moves.tick(after, number, ()) == after


@given(made(), st.integers(1, 10))
def test_a_prediction_that_stands_stays(progress: Progress, number: int) -> None:
    after = moves.predict(progress, LESSON, number, 0)
    assert moves.predict(after, LESSON, number, 1) == after
    assert after.passed == progress.passed


def test_a_passed_step_is_not_predicted_afterwards() -> None:
    passed = moves.tick(moves.begin(LESSON), 3, (Experiment(),))
    assert moves.predict(passed, LESSON, 3, 2) == passed


@pytest.mark.parametrize("prediction", [-1, 3, 0.5, float("nan"), float("inf")])
def test_what_is_no_answer_is_no_prediction(prediction: float) -> None:
    question = LESSON.step(3).question
    assert isinstance(question, Choice)
    assert moves.predict(moves.begin(LESSON), LESSON, 3, prediction) == moves.begin(LESSON)


@pytest.mark.parametrize("number", [0, -1, 11])
def test_a_step_that_there_is_not_is_left_alone(number: int) -> None:
    begun = moves.begin(LESSON)
    assert moves.predict(begun, LESSON, number, 0) == begun
    assert moves.tick(begun, number, (Experiment(),)) == begun
    assert begun.of(number) == Mark()


def test_a_lesson_finds_the_nearest_step() -> None:
    steps = Lesson(LESSON.title, LESSON.steps).step
    assert (steps(-3), steps(99)) == (LESSON.steps[0], LESSON.steps[-1])
    assert moves.begin(LESSON).next == 1


def test_a_step_that_is_passed_twice_keeps_the_first_experiments() -> None:
    passed = moves.tick(moves.begin(LESSON), 3, (Experiment(),))
    assert moves.tick(passed, 3, (Experiment(epochs=7),)) == passed
