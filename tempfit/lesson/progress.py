"""How far somebody has come in a lesson: predictions, and the experiments that passed the steps.

A plain frozen value. The moves are pure, and a step that is passed stays passed. As a text it fits
into a link, with which another machine trains the same experiments again. Steps are counted
from 1.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Final

from tempfit import link
from tempfit.lesson.step import Choice, Lesson, Question
from tempfit.numbers import exact, parse
from tempfit.training.experiment import Experiment

MAX_EXPERIMENTS: Final = 4  # of one step; two runs in a relation come from two at most
MAX_TEXT: Final = 8000  # characters

OTHER_LESSON: Final = "The link was made in another lesson: here this one begins."

# An experiment is written as its settings, a letter each: "R0.03S1" has rate 0.03 and scale 1.
# What a link leaves alone (RFC 3986, "unreserved") is enough for all of it.
_LETTERS: Final = {
    "E": "epochs",
    "R": "lr",
    "C": "compare",
    "S": "scale",
    "Z": "standardize",
    "W": "w",
    "B": "b",
    "K": "keep",
    "H": "change",
}
_SETTING: Final = re.compile(r"([A-Z])([^A-Z]*)")


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


def _marked(progress: Progress, number: int, mark: Mark) -> Progress:
    marks = progress.marks
    return Progress((*marks[: number - 1], mark, *marks[number:]))


def to_text(progress: Progress, lesson: Lesson) -> str:
    """Return the progress as a text for a link, in characters that a link leaves as they are."""
    return "~".join([_name(lesson), *map(_mark_text, progress.marks)])


def from_text(text: str, lesson: Lesson) -> tuple[Progress, list[str]]:
    """Return the progress that a text holds, as near as can be, and what is to be said of it.

    Anything may stand in a link: what cannot be read counts as not done.
    """
    name, *texts = text[:MAX_TEXT].split("~")
    if name != _name(lesson):
        return begin(lesson), [OTHER_LESSON] if text else []
    texts += [""] * len(lesson.steps)
    marks = (_mark(each, step.question) for each, step in zip(texts, lesson.steps, strict=False))
    return Progress(tuple(marks)), []


def _name(lesson: Lesson) -> str:
    """Return a short name that tells one lesson from another."""
    told = f"{len(lesson.steps)} {lesson.title.within()}"
    return hashlib.sha256(told.encode()).hexdigest()[:6]


def _mark_text(mark: Mark) -> str:
    prediction = "" if mark.prediction is None else exact(mark.prediction)
    return "_".join([prediction, *map(_experiment_text, mark.experiments)])


def _mark(text: str, question: Question) -> Mark:
    written, *texts = text.split("_")
    number = parse(written)
    prediction = number if number is not None and question.accepts(number) else None
    if prediction is not None and isinstance(question, Choice):
        prediction = int(prediction)
    return Mark(prediction, tuple(_experiment(each) for each in texts[:MAX_EXPERIMENTS]))


def _experiment_text(experiment: Experiment) -> str:
    parameters = link.to_parameters(experiment)
    settings = (
        f"{letter}{value.replace(',', 'x')}"
        for letter, name in _LETTERS.items()
        for value in parameters.get(name, [])
    )
    return "".join(settings)


def _experiment(text: str) -> Experiment:
    parameters: dict[str, list[str]] = {}
    for letter, value in _SETTING.findall(text):
        if letter in _LETTERS:
            parameters.setdefault(_LETTERS[letter], []).append(value.replace("x", ","))
    return link.from_parameters(parameters)[0]
