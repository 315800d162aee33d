"""A link holds all of the progress, and any text is read as far as it goes."""

import re
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from tempfit import thermometer
from tempfit.lesson import course as courses
from tempfit.lesson.course import Course, Mark
from tempfit.lesson_link import OTHER_LESSON, from_text, name_of, read_into, to_text
from tempfit.training.experiment import Experiment
from tests.lesson.strategies import LESSON, made


def same(one: Mark, other: Mark) -> bool:
    """Return whether two marks say the same; a rate that is compared twice counts once."""
    runs = [[each.runs(thermometer()) for each in mark.experiments] for mark in (one, other)]
    epochs = [[each.epochs for each in mark.experiments] for mark in (one, other)]
    done = [(mark.prediction, mark.passed) for mark in (one, other)]
    return done[0] == done[1] and runs[0] == runs[1] and epochs[0] == epochs[1]


@given(made())
def test_a_link_holds_the_progress(course: Course) -> None:
    text = to_text(course)
    back, notes = read_into(courses.of(LESSON), text)
    assert notes == []
    assert len(back.marks) == len(course.marks)
    assert all(map(same, back.marks, course.marks))
    assert to_text(back) == text


@given(made())
def test_a_link_leaves_the_text_as_it_is(course: Course) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._~-]*", to_text(course))


def test_the_whole_lesson_is_a_short_link() -> None:
    course = courses.of(LESSON)
    for number, step in enumerate(LESSON.steps, 1):
        course = courses.predicted(courses.turned(course, number), 1)
        course = courses.ticked(course, (step.solution,))
    assert len(to_text(course)) < 200
    assert course.next == course.last == 11


@given(st.text() | st.text("0123456789.eE_~-RSWCKHx,nai").map(lambda t: f"{name_of(LESSON)}~{t}"))
@example(f"{name_of(LESSON)}~" + "~" * 10_000)
@example(f"{name_of(LESSON)}~1_RnanE-5S1e999Kx_KxxxxH5x")
@example(f"{name_of(LESSON)}~inf~-1~99~0.5~nan~1e400")
def test_a_hostile_text_is_read_as_far_as_it_goes(text: str) -> None:
    course, _ = read_into(courses.of(LESSON), text)
    assert len(course.marks) == len(LESSON.steps)
    for mark, step in zip(course.marks, LESSON.steps, strict=True):
        assert mark.prediction is None or step.question.accepts(mark.prediction)
        assert all(each.runs(thermometer()) for each in mark.experiments)
    assert read_into(courses.of(LESSON), to_text(course)) == (course, [])


def test_the_text_of_another_lesson_is_not_taken_for_this_one() -> None:
    other = courses.turned(courses.of(replace(LESSON, steps=LESSON.steps[:3])), 1)
    text = to_text(courses.ticked(courses.predicted(other, 1), (Experiment(),)))
    assert text
    assert from_text(text, LESSON) is None
    assert read_into(courses.of(LESSON), text) == (courses.of(LESSON), [OTHER_LESSON])
    assert read_into(courses.of(LESSON), "") == (courses.of(LESSON), [])


@given(made(), made())
def test_what_is_marked_stays_where_it_goes_on_from_the_link(course: Course, other: Course) -> None:
    own, linked = to_text(course), to_text(other)
    assert read_into(course, None)[0].marks == course.marks
    assert to_text(read_into(course, own)[0]) == own
    assert to_text(read_into(course, linked)[0]) in (own, linked)
