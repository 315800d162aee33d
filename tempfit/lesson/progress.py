"""How far somebody has come in a lesson: predictions, and the experiments that passed the steps.

A plain frozen value. The moves are pure, and a step that is passed stays passed. Steps are counted
from 1.
"""

from dataclasses import dataclass, replace
from typing import Final

from tempfit.lesson.step import Lesson
from tempfit.training.experiment import Experiment

MAX_EXPERIMENTS: Final = 4  # of one step; two runs in a relation come from two at most


@dataclass(frozen=True, slots=True)
class Mark:
    """Hold what was done in one step: the prediction, and the experiments that passed it."""

    prediction: float | None = None
    experiments: tuple[Experiment, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether the step is passed."""
        return bool(self.experiments)


@dataclass(frozen=True, slots=True)
class Progress:
    """Hold a mark for each step of a lesson."""

    marks: tuple[Mark, ...]

    def of(self, number: int) -> Mark:
        """Return the mark of a step; of a step that there is not, an empty one."""
        return self.marks[number - 1] if 0 < number <= len(self.marks) else Mark()

    @property
    def passed(self) -> tuple[int, ...]:
        """The steps that are passed."""
        return tuple(number for number, mark in enumerate(self.marks, 1) if mark.passed)

    @property
    def next(self) -> int | None:
        """The first step that is not passed, or None when all are."""
        return next((n for n, mark in enumerate(self.marks, 1) if not mark.passed), None)


def begin(lesson: Lesson) -> Progress:
    """Return the progress of somebody who begins."""
    return Progress((Mark(),) * len(lesson.steps))


def predict(progress: Progress, lesson: Lesson, number: int, prediction: float) -> Progress:
    """Take a prediction down. One that stands already stays, and so does a passed step's."""
    mark = progress.of(number)
    known = 0 < number <= len(progress.marks)
    if not known or mark.prediction is not None or mark.passed:
        return progress
    if not lesson.step(number).question.accepts(prediction):
        return progress
    return _marked(progress, number, replace(mark, prediction=prediction))


def tick(progress: Progress, number: int, experiments: tuple[Experiment, ...]) -> Progress:
    """Mark a step as passed by these experiments; those that passed it first stay."""
    mark = progress.of(number)
    if mark.passed or not experiments or not 0 < number <= len(progress.marks):
        return progress
    return _marked(progress, number, replace(mark, experiments=experiments[:MAX_EXPERIMENTS]))


def joined(progress: Progress, other: Progress) -> Progress:
    """Return the progress, and where nothing is marked what is marked in another of the lesson."""
    pairs = zip(progress.marks, other.marks, strict=True)
    return Progress(
        tuple(
            Mark(
                theirs.prediction if own.prediction is None else own.prediction,
                own.experiments or theirs.experiments,
            )
            for own, theirs in pairs
        )
    )


def _marked(progress: Progress, number: int, mark: Mark) -> Progress:
    marks = progress.marks
    return Progress((*marks[: number - 1], mark, *marks[number:]))
