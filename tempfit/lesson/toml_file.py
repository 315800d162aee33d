"""Read a lesson from a TOML file: docs/lessons.md explains the format.

Nothing in a file is executed. All that is wrong in it is said at once, each with its line and
with what would be right.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from tempfit.data.sources import THERMOMETER
from tempfit.lesson.facts import CHECK_FACTS, FACTS
from tempfit.lesson.step import CONTROLS, HIDDEN, MAX_SENTENCES, MAX_STEPS, Choice, Lesson, Step
from tempfit.lesson.text import facts_named, sentence_count
from tempfit.lesson.toml_parts import ANSWER, EXPERIMENT, SLIDER, check, data, experiment, question
from tempfit.lesson.toml_places import places
from tempfit.lesson.toml_reading import Fields, Mistake, Place, nearest, text
from tempfit.numbers import count
from tempfit.training.experiment import Experiment
from tempfit.words import later, say

MAX_FILE: Final = 1_000_000  # characters
BUILT_IN: Final = Path(__file__).with_name("lesson.toml")

TWO_BRACKETS: Final = later("a step begins with [[step]], in two brackets.")
_ONE_BRACKET: Final = re.compile(r"^\s*\[\s*step\s*\]", re.MULTILINE)
_PLACE: Final = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)")


class LessonError(ValueError):
    """A file is no lesson. `mistakes` says why, by line."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        self.mistakes = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


@cache
def built_in() -> Lesson:
    """Return the lesson that the page comes with."""
    return read_lesson(BUILT_IN.read_text(encoding="utf-8"))


def read_lesson(content: str) -> Lesson:
    """Return the lesson that a TOML text holds. Raises LessonError with all that is wrong."""
    if len(content) > MAX_FILE:
        said = say("the file is longer than {count} characters.", count=count(MAX_FILE))
        raise LessonError([Mistake(1, said)])
    content = content.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        values = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise LessonError([_no_toml(str(error), content)]) from error
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all bounds
        raise LessonError([Mistake(1, say("the file cannot be read as TOML."))]) from error
    return _lesson(Place(places(content), []), values)


def _no_toml(said: str, content: str) -> Mistake:
    """Say on which line a text is no TOML, or that a step's header has one bracket too few."""
    if header := _ONE_BRACKET.search(content):
        return Mistake(content.count("\n", 0, header.end()) + 1, say(TWO_BRACKETS))
    found = _PLACE.fullmatch(said)
    what, line = (found[1], found[2]) if found else (said, None)
    last = content.rstrip("\n").count("\n") + 1
    why = say("this is no TOML: {what}.", what=f"{what[:1].lower()}{what[1:]}")
    return Mistake(int(line) if line else last, why)


_STEP: Final = Fields(
    {
        "title": text,
        "text": text,
        "question": text,
        "answers": [ANSWER],
        "slider": SLIDER,
        "explanation": text,
        "experiment": EXPERIMENT,
        "solution": EXPERIMENT,
        "check": check,
        "data": data,
        "surface": bool,
        "controls": [CONTROLS],
        "hidden": [HIDDEN],
    },
    ["title", "text", "question", "explanation", "check"],
)


def _step(place: Place, given: object) -> Step | None:
    """Read a step; one in which something is of a wrong kind is not looked at any further."""
    wrong = len(place.mistakes)
    found = place.read(_STEP, given)
    if len(place.mistakes) > wrong:
        return None
    base = experiment(place.of("experiment"), found.pop("experiment", {}), Experiment())
    step = Step(
        question=question(place, found, base),
        experiment=base,
        solution=experiment(place.of("solution"), found.pop("solution", {}), base),
        line=place.line,
        **found,
    )
    _hold_to_facts(place, step)
    for _, words in step.explanation.languages:
        if (sentences := sentence_count(words)) > MAX_SENTENCES:
            said = later("the explanation has {count} sentences; {most} are the most.")
            place.of("explanation").say(said, count=sentences, most=MAX_SENTENCES)
    return step


def _hold_to_facts(place: Place, step: Step) -> None:
    """Complain about the facts in a step's texts that there are none of."""
    asked = {name for name, _ in step.check.conditions} | {"rates_within"}
    known = [*FACTS, *(name for name in CHECK_FACTS if name in asked)]
    texts = [(key, getattr(step, key)) for key in ("title", "text", "explanation")]
    texts.append(("question", step.question.text))
    if isinstance(step.question, Choice):
        texts += [("answers", answer.text) for answer in step.question.answers]
    for key, each in texts:
        for name in (name for _, words in each.languages for name in facts_named(words)):
            if name not in known:
                said = later("there is no fact {name}; {nearest}.")
                place.of(key).say(said, name=f"{{{name[:30]}}}", nearest=nearest(name, known))


_LESSON: Final = Fields({"title": text, "data": data, "step": [_step]}, ["title"])


def _lesson(place: Place, values: dict[str, Any]) -> Lesson:
    if not isinstance(values.get("step", []), list):
        place.of("step").say(TWO_BRACKETS)
        raise LessonError(place.mistakes)
    found = place.read(_LESSON, values)
    steps = found.get("step", ())
    if not 1 <= len(steps) <= MAX_STEPS:
        said = later("there must be 1 to {most} steps, each below [[step]], not {count}.")
        place.of("step").say(said, most=MAX_STEPS, count=len(steps))
    if place.mistakes:
        raise LessonError(place.mistakes)
    readings = found.get("data", THERMOMETER)
    pairs = zip(steps, values["step"], strict=True)
    made = (step if "data" in given else replace(step, data=readings) for step, given in pairs)
    return Lesson(found["title"], tuple(made))
