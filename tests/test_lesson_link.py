"""A link holds all of the progress, and any text is read as far as it goes."""

import re
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from tempfit import thermometer
from tempfit.lesson import progress as moves
from tempfit.lesson.progress import Mark, Progress
from tempfit.lesson_link import OTHER_LESSON, _name, from_text, to_text
from tempfit.training.experiment import Experiment
from tests.lesson.strategies import LESSON, made


def same(one: Mark, other: Mark) -> bool:
    """Return whether two marks say the same; a rate that is compared twice counts once."""
    runs = [[each.runs(thermometer()) for each in mark.experiments] for mark in (one, other)]
    epochs = [[each.epochs for each in mark.experiments] for mark in (one, other)]
    return one.prediction == other.prediction and runs[0] == runs[1] and epochs[0] == epochs[1]


@given(made())
def test_a_link_holds_the_progress(progress: Progress) -> None:
    text = to_text(progress, LESSON)
    back, notes = from_text(text, LESSON)
    assert notes == []
    assert len(back.marks) == len(progress.marks)
    assert all(map(same, back.marks, progress.marks))
    assert to_text(back, LESSON) == text


@given(made())
def test_a_link_leaves_the_text_as_it_is(progress: Progress) -> None:
    assert re.fullmatch(r"[A-Za-z0-9._~-]*", to_text(progress, LESSON))


def test_the_whole_lesson_is_a_short_link() -> None:
    progress = moves.begin(LESSON)
    for number, step in enumerate(LESSON.steps, 1):
        progress = moves.predict(progress, LESSON, number, 1)
        progress = moves.tick(progress, number, (step.solution,))
    assert len(to_text(progress, LESSON)) < 200
    assert progress.next is None
    assert progress.passed == tuple(range(1, 11))


@given(st.text() | st.text("0123456789.eE_~-RSWCKHx,nai").map(lambda t: f"{_name(LESSON)}~{t}"))
@example(f"{_name(LESSON)}~" + "~" * 10_000)
@example(f"{_name(LESSON)}~1_RnanE-5S1e999Kx_KxxxxH5x")
@example(f"{_name(LESSON)}~inf~-1~99~0.5~nan~1e400")
def test_a_hostile_text_is_read_as_far_as_it_goes(text: str) -> None:
    progress, _ = from_text(text, LESSON)
    assert len(progress.marks) == len(LESSON.steps)
    for mark, step in zip(progress.marks, LESSON.steps, strict=True):
        assert mark.prediction is None or step.question.accepts(mark.prediction)
        assert all(each.runs(thermometer()) for each in mark.experiments)
    assert from_text(to_text(progress, LESSON), LESSON) == (progress, [])


def test_the_text_of_another_lesson_is_not_taken_for_this_one() -> None:
    other = replace(LESSON, steps=LESSON.steps[:3])
    text = to_text(moves.tick(moves.begin(other), 1, (Experiment(),)), other)
    assert from_text(text, LESSON) == (moves.begin(LESSON), [OTHER_LESSON])
    assert from_text("", LESSON) == (moves.begin(LESSON), [])
