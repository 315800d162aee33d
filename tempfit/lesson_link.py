"""The progress in a lesson as a text for a link, and back.

With it another machine trains the same experiments again.
"""

import hashlib
import re
from typing import Final

from tempfit import link
from tempfit.lesson.course import MAX_EXPERIMENTS, Course, Mark, resumed
from tempfit.lesson.step import Choice, Lesson, Question
from tempfit.lesson.text import DEFAULT_LANGUAGE
from tempfit.numbers import exact, parse
from tempfit.training.experiment import Experiment
from tempfit.words import later, say

MAX_TEXT: Final = 8000  # characters

OTHER_LESSON: Final = later("The link was made in another lesson: here this one begins.")

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


def to_text(course: Course) -> str:
    """Return the progress as a text for a link, in characters that a link leaves as they are.

    There is none where nothing is done.
    """
    marks = map(_mark_text, course.marks)
    return "~".join([name_of(course.lesson), *marks]) if course.begun else ""


def from_text(text: str, lesson: Lesson) -> tuple[Mark, ...] | None:
    """Return the marks that a text holds, as near as can be; None if it is of another lesson.

    Anything may stand in a link: what cannot be read counts as not done.
    """
    name, *texts = text[:MAX_TEXT].split("~")
    if name != name_of(lesson):
        return None
    texts += [""] * len(lesson.steps)
    pairs = zip(texts, lesson.steps, strict=False)
    return tuple(_mark(each, step.question) for each, step in pairs)


def read_into(course: Course, text: str | None) -> tuple[Course, list[str]]:
    """Return a closed course with what is marked in it or in a text, and what is to be said.

    Where both have marks those of the text count, unless the viewer has gone on from there.
    """
    marks = from_text(text, course.lesson) if text else course.marks
    if marks is None:
        return Course(course.lesson, course.marks), [say(OTHER_LESSON)]
    return resumed(Course(course.lesson, marks), course.marks), []


def name_of(lesson: Lesson) -> str:
    """Return a short name that tells one lesson from another."""
    told = f"{len(lesson.steps)} {lesson.title.within(DEFAULT_LANGUAGE)}"
    return hashlib.sha256(told.encode()).hexdigest()[:6]


def _mark_text(mark: Mark) -> str:
    """Return a mark as a text: one that is not passed, but has experiments, begins with a T."""
    tried = "T" if mark.experiments and not mark.passed else ""
    prediction = "" if mark.prediction is None else exact(mark.prediction)
    return "_".join([tried + prediction, *map(_experiment_text, mark.experiments)])


def _mark(text: str, question: Question) -> Mark:
    written, *texts = text.split("_")
    number = parse(written.removeprefix("T"))
    prediction = number if number is not None and question.accepts(number) else None
    if prediction is not None and isinstance(question, Choice):
        prediction = int(prediction)
    passed = bool(texts) and not written.startswith("T")
    return Mark(prediction, tuple(map(_experiment, texts[:MAX_EXPERIMENTS])), passed)


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
