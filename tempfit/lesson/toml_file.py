"""Read a lesson from a TOML file: docs/lessons.md explains the format.

Nothing in a file is executed. All that is wrong in it is said at once, each with its line and
with what would be right.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final, cast

from tempfit.data.sources import THERMOMETER
from tempfit.lesson.conditions import CHECK_FACTS, CONTROLS, FACTS, HIDDEN, Check, Control, Hidden
from tempfit.lesson.step import MAX_SENTENCES, MAX_STEPS, Choice, Data, Lesson, Step
from tempfit.lesson.text import Text, facts_named, sentence_count
from tempfit.lesson.toml_lines import Lines
from tempfit.lesson.toml_parts import check, data, experiment, question
from tempfit.lesson.toml_table import LessonError, Problem, Table, nearest
from tempfit.numbers import count
from tempfit.training.experiment import Experiment
from tempfit.words import later, say

MAX_FILE: Final = 1_000_000  # characters
BUILT_IN: Final = Path(__file__).with_name("lesson.toml")

_PLACE: Final = re.compile(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)")


@cache
def built_in() -> Lesson:
    """Return the lesson that the page comes with."""
    return read_lesson(BUILT_IN.read_text(encoding="utf-8"))


def read_lesson(text: str) -> Lesson:
    """Return the lesson that a TOML text holds. Raises LessonError with all that is wrong."""
    if len(text) > MAX_FILE:
        said = say("the file is longer than {count} characters.", count=count(MAX_FILE))
        raise LessonError([Problem(1, said)])
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LessonError([_no_toml(str(error), text)]) from error
    except (ValueError, RecursionError) as error:  # a number or a nesting beyond all bounds
        raise LessonError([Problem(1, say("the file cannot be read as TOML."))]) from error
    table = Table(values, (), Lines.of(text), [])
    lesson = _lesson(table)
    if table.problems:
        raise LessonError(table.problems)
    return lesson


def _no_toml(said: str, text: str) -> Problem:
    found = _PLACE.fullmatch(said)
    what, line = (found[1], found[2]) if found else (said, None)
    last = text.rstrip("\n").count("\n") + 1
    why = say("this is no TOML: {what}.", what=f"{what[:1].lower()}{what[1:]}")
    return Problem(int(line) if line else last, why)


def _lesson(table: Table) -> Lesson:
    title = table.text("title", "My lesson")
    readings = data(table, THERMOMETER)
    tables = table.tables("step")
    table.close()
    if not 1 <= len(tables) <= MAX_STEPS:
        said = later("there must be 1 to {most} steps, each below [[step]], not {count}.")
        said = say(said, most=MAX_STEPS, count=len(tables))
        table.say("step" if tables else None, said)
    return Lesson(title, tuple(_step(each, readings) for each in tables[:MAX_STEPS]))


def _step(table: Table, readings: Data) -> Step:
    title = table.text("title", "The edge")
    text = table.text("text", "What one sees, and what to do.")
    explanation = table.text("explanation", "Why it is so, in three sentences at most.")
    start = experiment(table.table("experiment"), Experiment())
    asked = question(table, start)
    if not table.has("check"):
        example = '{ status = "converged" }'
        table.say(None, say("check is missing; write check = {example}.", example=example))
    goal = check(table.table("check")) if "check" in table.values else Check((("w_rose", True),))
    solution = experiment(table.table("solution"), start)
    readings = data(table, readings)
    controls = table.words("controls", CONTROLS)
    hidden = table.words("hidden", HIDDEN) if table.has("hidden") else HIDDEN
    table.close()
    texts = {"title": title, "text": text, "question": asked.text, "explanation": explanation}
    for key, each in texts.items():
        _facts(table, key, each, goal)
    if isinstance(asked, Choice):
        for answer in asked.answers:
            _facts(table, "answers", answer.text, goal)
    _brief(table, explanation)
    return Step(
        title,
        text,
        asked,
        explanation,
        goal,
        start,
        solution,
        readings,
        cast(tuple[Control, ...], controls),
        cast(tuple[Hidden, ...], hidden),
        table.lines.at(table.path),
    )


def _facts(table: Table, key: str, text: Text, goal: Check) -> None:
    """Complain about the facts in a text that there are none of."""
    given = {name for name, _ in goal.conditions} | {"rates_within"}
    known = [*FACTS, *(name for name in CHECK_FACTS if name in given)]
    for _, words in text.languages:
        for name in facts_named(words):
            if name not in known:
                said = later("there is no fact {name}; {nearest}.")
                shown = f"{{{name[:30]}}}"
                table.say(key, say(said, name=shown, nearest=nearest(name, known)))


def _brief(table: Table, explanation: Text) -> None:
    for _, words in explanation.languages:
        sentences = sentence_count(words)
        if sentences > MAX_SENTENCES:
            said = later("the explanation has {count} sentences; {most} are the most.")
            table.say("explanation", say(said, count=sentences, most=MAX_SENTENCES))
