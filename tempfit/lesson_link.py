"""The progress in a lesson as a text for a link, and back.

With it another machine trains the same experiments again.
"""

import hashlib
import re
from typing import Final

from tempfit import link
from tempfit.lesson.course import Course
from tempfit.lesson.progress import MAX_EXPERIMENTS, Mark, Progress, begin, joined
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


def to_text(progress: Progress, lesson: Lesson) -> str:
    """Return the progress as a text for a link, in characters that a link leaves as they are.

    There is none where nothing is done.
    """
    if progress == begin(lesson):
        return ""
    return "~".join([_name(lesson), *map(_mark_text, progress.marks)])


def from_text(text: str, lesson: Lesson) -> tuple[Progress, list[str]]:
    """Return the progress that a text holds, as near as can be, and what is to be said of it.

    Anything may stand in a link: what cannot be read counts as not done.
    """
    name, *texts = text[:MAX_TEXT].split("~")
    if name != _name(lesson):
        return begin(lesson), [say(OTHER_LESSON)] if text else []
    texts += [""] * len(lesson.steps)
    marks = (_mark(each, step.question) for each, step in zip(texts, lesson.steps, strict=False))
    return Progress(tuple(marks)), []


def read_into(course: Course, text: str | None) -> tuple[Course, list[str]]:
    """Return a closed lesson with what is marked in it and in a text, and what is to be said."""
    linked, said = from_text(text or "", course.lesson)
    return Course(course.lesson, joined(course.progress, linked)), said


def _name(lesson: Lesson) -> str:
    """Return a short name that tells one lesson from another."""
    told = f"{len(lesson.steps)} {lesson.title.within(DEFAULT_LANGUAGE)}"
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
