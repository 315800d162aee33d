"""Somebody's way through a lesson: which step is open, what is marked, what was said last.

A plain frozen value, and the moves from one to the next. Steps are counted from 1, and one that is
passed stays passed.
"""

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from tempfit.lesson.step import DEFAULT, Lesson, Step
from tempfit.lesson.toml_file import built_in
from tempfit.training.experiment import Experiment

MAX_EXPERIMENTS: Final = 10  # of one step; each has up to eight runs
MOST_EPOCHS: Final = 100_000  # of one that is trained again


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold what was done in one step: the prediction, and the experiments that `passed` it.

    Those of a step that is not passed are what counts towards it: each has one of the two runs that
    it asks for.
    """

    prediction: float | None = None
    experiments: tuple[Experiment, ...] = ()
    passed: bool = False

    @property
    def again(self) -> tuple[Experiment, ...]:
        """The experiments that are trained again: anything may stand in a link."""
        return tuple(each for each in self.experiments if each.epochs <= MOST_EPOCHS)


def unmarked(lesson: Lesson) -> tuple[Mark, ...]:
    """Return the marks of somebody who begins, one for each step."""
    return (Mark(),) * len(lesson.steps)


@dataclass(frozen=True, slots=True)
class Course:
    """Hold a lesson and how far its viewer has come.

    `step` is the open one, one more than there are for the summary, or None while the lesson is
    closed. `missed` says how far off the last run was, and `revealed` that a room has been shown
    what came of the step.
    """

    lesson: Lesson = field(default_factory=built_in)
    marks: tuple[Mark, ...] = field(default_factory=lambda: unmarked(built_in()))
    step: int | None = None
    missed: str = ""
    revealed: bool = False

    @property
    def open_step(self) -> Step | None:
        """The step that is open; none in the summary."""
        steps = self.lesson.steps
        return steps[self.step - 1] if self.step and self.step <= len(steps) else None

    @property
    def mark(self) -> Mark:
        """What was done in the open step."""
        return self.marks[self.step - 1] if self.step and self.open_step else Mark()

    @property
    def begun(self) -> bool:
        """Whether anything is marked."""
        return self.marks != unmarked(self.lesson)

    @property
    def next(self) -> int:
        """The first step that is not passed, or the summary."""
        return next((n for n, mark in enumerate(self.marks, 1) if not mark.passed), self.last)

    @property
    def last(self) -> int:
        """The number of the summary."""
        return len(self.marks) + 1

    @property
    def beginning(self) -> Experiment:
        """The experiment that the step opens with; of a passed one, the one that passed it."""
        if self.open_step is None:
            return DEFAULT
        return self.mark.experiments[-1] if self.mark.passed else self.open_step.experiment

    @property
    def charts(self) -> tuple[Literal["surface"], ...]:
        """The further charts that the step opens with."""
        return ("surface",) if self.open_step and self.open_step.surface else ()

    @property
    def ended(self) -> bool:
        """Whether the summary is open."""
        return self.step is not None and self.open_step is None

    @property
    def waits(self) -> bool:
        """Whether the open step waits for a prediction, so that nothing may give it away."""
        return self.open_step is not None and self.mark.prediction is None and not self.mark.passed


def of(lesson: Lesson) -> Course:
    """Return the way through a lesson that nobody has begun."""
    return Course(lesson, unmarked(lesson))


def turned(course: Course, step: int) -> Course:
    """Open a step, the nearest one that there is, or the summary; 0 is the next to be passed."""
    step = min(max(step or course.next, 1), course.last)
    return replace(course, step=step, missed="", revealed=False)


def predicted(course: Course, prediction: float) -> Course:
    """Take down what is predicted in the open step, unless something is or it is passed."""
    if not course.waits or not (course.open_step and course.open_step.question.accepts(prediction)):
        return course
    return _marked(course, replace(course.mark, prediction=prediction))


def ticked(
    course: Course, experiments: tuple[Experiment, ...], missed: str = "", *, passed: bool = True
) -> Course:
    """Mark the open step as passed by these experiments, or note what counts towards it.

    `missed` says how far off the last one was.
    """
    if course.open_step is None or course.waits or course.mark.passed:
        return course
    experiments = experiments[-MAX_EXPERIMENTS:]
    mark = Mark(course.mark.prediction, experiments, passed and bool(experiments))
    return replace(_marked(course, mark), missed=missed)


def resumed(course: Course, marks: tuple[Mark, ...]) -> Course:
    """Take up what was marked before, if it goes on from what is marked now.

    What somebody else has marked is not mixed with it.
    """
    pairs = zip(course.marks, marks, strict=True)
    return replace(course, marks=marks) if all(_goes_on(*pair) for pair in pairs) else course


def _goes_on(mark: Mark, later: Mark) -> bool:
    """Return whether a mark of a step may be a later one of the same viewer's."""
    return mark == later if mark.passed else mark.prediction in (None, later.prediction)


def revealed(course: Course) -> Course:
    """Show a room what came of the open step."""
    return replace(course, revealed=True)


def _marked(course: Course, mark: Mark) -> Course:
    place = (course.step or 1) - 1
    return replace(course, marks=(*course.marks[:place], mark, *course.marks[place + 1 :]))
