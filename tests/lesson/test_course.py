"""The way through a lesson: what is passed stays passed, and a prediction that stands stays."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.lesson import course as courses
from tempfit.lesson.course import MAX_EXPERIMENTS, Course, Mark
from tempfit.lesson.step import Choice, Lesson
from tempfit.training.experiment import Experiment
from tests.lesson.strategies import LESSON, experiments, made


def at(step: int) -> Course:
    return courses.turned(courses.of(LESSON), step)


def passed(course: Course) -> list[int]:
    return [number for number, mark in enumerate(course.marks, 1) if mark.passed]


@given(made(), st.integers(1, 10), experiments())
def test_what_is_passed_stays_passed_by_what_passed_it(
    course: Course, number: int, experiment: Experiment
) -> None:
    course = courses.turned(course, number)
    before = course.mark
    course = courses.predicted(course, 0)
    after = courses.ticked(course, (experiment,))
    assert {*passed(course)} | {number} == {*passed(after)}
    if before.passed:
        assert after == course
    assert courses.ticked(after, ()) == after
    assert courses.ticked(after, (experiment,), passed=False) == after


@given(made(), st.integers(1, 10))
def test_a_prediction_that_stands_stays(course: Course, number: int) -> None:
    after = courses.predicted(courses.turned(course, number), 0)
    assert courses.predicted(after, 1) == after
    assert passed(after) == passed(course)


def test_without_a_prediction_nothing_passes() -> None:
    assert courses.ticked(at(3), (Experiment(),)) == at(3)


def test_a_passed_step_is_not_predicted_afterwards() -> None:
    mark = Mark(None, (Experiment(),), passed=True)
    done = replace(at(3), marks=(Mark(), Mark(), mark, *[Mark()] * 7))
    assert not done.waits
    assert courses.predicted(done, 2) == done


@pytest.mark.parametrize("prediction", [-1, 3, 0.5, float("nan"), float("inf")])
def test_what_is_no_answer_is_no_prediction(prediction: float) -> None:
    question = LESSON.step(3).question
    assert isinstance(question, Choice)
    assert courses.predicted(at(3), prediction) == at(3)


@pytest.mark.parametrize("course", [at(11), courses.of(LESSON)])
def test_where_no_step_is_open_nothing_is_marked(course: Course) -> None:
    assert courses.predicted(course, 0) == course
    assert courses.ticked(course, (Experiment(),)) == course
    assert course.mark == Mark()


def test_a_lesson_finds_the_nearest_step() -> None:
    steps = Lesson(LESSON.title, LESSON.steps).step
    assert (steps(-3), steps(99)) == (LESSON.steps[0], LESSON.steps[-1])
    assert (at(-3).step, at(99).step) == (1, 11)
    assert at(0).step == 1


def test_a_step_that_is_passed_twice_keeps_the_first_experiments() -> None:
    done = courses.ticked(courses.predicted(at(3), 0), (Experiment(),))
    assert courses.ticked(done, (Experiment(epochs=7),)) == done


def test_what_counts_towards_a_step_is_noted_and_does_not_pass_it() -> None:
    tried = tuple(Experiment(epochs=epochs) for epochs in range(1, MAX_EXPERIMENTS + 5))
    course = courses.ticked(courses.predicted(at(7), 0), tried, "Not yet.", passed=False)
    assert course.mark.experiments == tried[-MAX_EXPERIMENTS:]
    assert (course.mark.passed, course.missed) == (False, "Not yet.")
    assert course.beginning == LESSON.step(7).experiment


@given(made(), made())
def test_what_was_marked_before_is_taken_up_where_it_goes_on_from_what_is_marked(
    course: Course, later: Course
) -> None:
    assert courses.resumed(courses.of(LESSON), later.marks).marks == later.marks
    assert courses.resumed(course, course.marks) == course
    gone_on = courses.predicted(courses.turned(course, 0), 0)
    assert courses.resumed(course, gone_on.marks).marks == gone_on.marks


def test_what_somebody_else_marked_is_not_mixed_with_it() -> None:
    mine, yours = courses.predicted(at(3), 1), courses.predicted(at(3), 2)
    assert courses.resumed(mine, yours.marks) == mine
    done = courses.ticked(yours, (Experiment(),))
    assert courses.resumed(done, yours.marks) == done
