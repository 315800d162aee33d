"""Progress: what is passed stays passed, and a link holds all of it."""

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tempfit import thermometer
from tempfit.lesson import progress as moves
from tempfit.lesson.progress import OTHER_LESSON, Mark, Progress, from_text, to_text
from tempfit.lesson.step import Choice, Lesson, Slider
from tempfit.lesson.toml_file import built_in
from tempfit.limits import Limits
from tempfit.training.experiment import (
    EPOCHS,
    FEATURE_SCALE,
    LEARNING_RATE,
    MAX_RUNS,
    START,
    Experiment,
    Run,
)

LESSON = built_in()


def within(limits: Limits) -> st.SearchStrategy[float]:
    return st.floats(limits.low, limits.high)


rates = within(LEARNING_RATE) | st.sampled_from([0.001, 0.01, 0.02])
starts = st.tuples(within(START), within(START))
kept = st.builds(Run, rates, within(FEATURE_SCALE), st.floats(-100, 100), starts)


@st.composite
def experiments(draw: st.DrawFn) -> Experiment:
    epochs = draw(st.integers(1, int(EPOCHS.high)))
    moments = draw(st.sets(st.integers(1, epochs - 1), max_size=3)) if epochs > 1 else set()
    return Experiment(
        epochs,
        draw(rates),
        tuple(draw(st.lists(rates, max_size=3))),
        draw(within(FEATURE_SCALE)),
        draw(st.booleans()),
        draw(starts),
        tuple(draw(st.lists(kept, max_size=MAX_RUNS - 4, unique=True))),
        tuple((moment, draw(rates)) for moment in sorted(moments)),
    )


@st.composite
def made(draw: st.DrawFn) -> Progress:
    """Draw the progress of somebody who predicts and passes, in any order."""
    progress = moves.begin(LESSON)
    for number in draw(st.lists(st.integers(0, 11), max_size=15)):
        question = LESSON.step(number).question
        if isinstance(question, Slider):
            prediction = draw(st.floats(question.low, question.high))
        else:
            prediction = draw(st.integers(0, len(question.answers) - 1))
        progress = moves.predict(progress, LESSON, number, prediction)
        if draw(st.booleans()):
            passing = tuple(draw(st.lists(experiments(), max_size=2)))
            progress = moves.tick(progress, number, passing)
    return progress


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


@given(
    st.text() | st.text("0123456789.eE_~-RSWCKHx,nai").map(lambda t: f"{moves._name(LESSON)}~{t}")
)
@example(f"{moves._name(LESSON)}~" + "~" * 10_000)
@example(f"{moves._name(LESSON)}~1_RnanE-5S1e999Kx_KxxxxH5x")
@example(f"{moves._name(LESSON)}~inf~-1~99~0.5~nan~1e400")
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
