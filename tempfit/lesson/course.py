"""Somebody's way through a lesson: which step is open, what is marked, what was said last.

A plain frozen value, and the moves from one to the next.
"""

from dataclasses import dataclass, field, replace

from tempfit.lesson import progress as marks
from tempfit.lesson.progress import Mark, Progress
from tempfit.lesson.step import DEFAULT, Lesson, Step
from tempfit.lesson.toml_file import built_in
from tempfit.training.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Course:
    """Hold a lesson and how far its viewer has come.

    `step` is the open one, counted from 1, one more than there are for the summary, or None while
    the lesson is closed. `missed` says how far off the last run was, and `revealed` that a room has
    been shown what came of the step.
    """

    lesson: Lesson = field(default_factory=built_in)
    progress: Progress = field(default_factory=lambda: marks.begin(built_in()))
    step: int | None = None
    missed: str = ""
    revealed: bool = False

    @property
    def task(self) -> Step | None:
        """The step that is open; none in the summary."""
        steps = self.lesson.steps
        return steps[self.step - 1] if self.step and self.step <= len(steps) else None

    @property
    def mark(self) -> Mark:
        """What was done in the open step."""
        return self.progress.of(self.step or 0)

    @property
    def beginning(self) -> Experiment:
        """The experiment that the step opens with; of a passed one, the one that passed it."""
        if self.task is None:
            return DEFAULT
        return self.mark.experiments[-1] if self.mark.passed else self.task.experiment

    @property
    def ended(self) -> bool:
        """Whether the summary is open."""
        return self.step is not None and self.task is None

    @property
    def waits(self) -> bool:
        """Whether the open step waits for a prediction, so that nothing may give it away."""
        return self.task is not None and self.mark.prediction is None and not self.mark.passed


def of(lesson: Lesson) -> Course:
    """Return the way through a lesson that nobody has begun."""
    return Course(lesson, marks.begin(lesson))


def turned(course: Course, step: int) -> Course:
    """Open a step, the nearest one that there is, or the summary; 0 is the next to be passed."""
    last = len(course.lesson.steps) + 1
    step = min(max(step or course.progress.next or last, 1), last)
    return replace(course, step=step, missed="", revealed=False)


def predicted(course: Course, prediction: float) -> Course:
    """Take down what is predicted in the open step."""
    made = marks.predict(course.progress, course.lesson, course.step or 0, prediction)
    return replace(course, progress=made)


def ticked(course: Course, experiments: tuple[Experiment, ...], missed: str = "") -> Course:
    """Mark the open step as passed by these experiments, or say how far off the last one was."""
    if course.task is None or course.waits:
        return course
    made = marks.tick(course.progress, course.step or 0, experiments)
    return replace(course, progress=made, missed=missed)


def revealed(course: Course) -> Course:
    """Show a room what came of the open step."""
    return replace(course, revealed=True)
