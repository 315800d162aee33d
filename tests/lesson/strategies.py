"""Hypothesis strategies: experiments, and the progress of somebody in the built-in lesson."""

from hypothesis import strategies as st

from tempfit.lesson import course as courses
from tempfit.lesson.course import Course
from tempfit.lesson.step import Slider
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
def made(draw: st.DrawFn) -> Course:
    """Draw the way of somebody who predicts, tries and passes, in any order."""
    course = courses.of(LESSON)
    for number in draw(st.lists(st.integers(0, 11), max_size=15)):
        course = courses.turned(course, number)
        question = LESSON.step(number).question
        if isinstance(question, Slider):
            prediction = draw(st.floats(question.low, question.high))
        else:
            prediction = draw(st.integers(0, len(question.answers) - 1))
        course = courses.predicted(course, prediction)
        if draw(st.booleans()):
            tried = tuple(draw(st.lists(experiments(), max_size=2)))
            course = courses.ticked(course, tried, passed=draw(st.booleans()))
    return course
