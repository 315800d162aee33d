"""Read the parts of a step from its table: the experiment, the check, the question, the data."""

import struct
from typing import Final, cast

from tempfit.data.sources import EXAMPLES, THERMOMETER, Source
from tempfit.lesson.conditions import (
    AT_EPOCH,
    CONDITIONS,
    FACTS,
    SHARE,
    STATUS_WORDS,
    WHICH,
    Check,
    Value,
    Which,
)
from tempfit.lesson.step import (
    MAX_ANSWERS,
    MAX_READINGS,
    Answer,
    Choice,
    Columns,
    Data,
    Question,
    Slider,
)
from tempfit.lesson.toml_table import Table
from tempfit.limits import Limits
from tempfit.numbers import count
from tempfit.training.experiment import (
    EPOCHS,
    FEATURE_SCALE,
    LEARNING_RATE,
    START,
    Experiment,
)
from tempfit.words import later, say

READING: Final = Limits("reading", -3.4e38, 3.4e38)
ANY_NUMBER: Final = Limits("number", -1e38, 1e38)
SPACING: Final = Limits("step", 1e-12, 1e38)
MAX_NAME: Final = 80  # characters
PAIR: Final = '["converged", "exploded"]'
SOURCES: Final = (THERMOMETER.name, *EXAMPLES, "generated")


def experiment(table: Table, base: Experiment) -> Experiment:
    """Return an experiment: what the table says, and the rest as in `base`."""
    epochs = int(table.number("epochs", EPOCHS, base.epochs))
    rate = table.number("learning_rate", LEARNING_RATE, base.learning_rate)
    scale = table.number("feature_scale", FEATURE_SCALE, base.feature_scale)
    compare = table.numbers("compare", LEARNING_RATE) if table.has("compare") else base.compare
    standardize = table.flag("standardize") if table.has("standardize") else base.standardize
    start = table.numbers("start", START) if table.has("start") else base.start
    changes = _changes(table) if table.has("changes") else base.changes
    table.close()
    if len(start) != 2:
        table.say("start", say("start must be two numbers, as in start = [1, 0]."))
        start = base.start
    try:
        return Experiment(
            epochs, rate, compare, scale, standardize, (start[0], start[1]), (), changes
        )
    except ValueError as error:
        table.say(None, f"{error}.")
        return base


def _changes(table: Table) -> tuple[tuple[int, float], ...]:
    """Return the changes of the learning rate, pairs of an epoch and the rate from there on."""
    given = table.values["changes"]
    if not isinstance(given, list) or not all(isinstance(e, list) and len(e) == 2 for e in given):
        table.say("changes", say("changes must be pairs, as in changes = [[50, 0.01]]."))
        return ()
    return tuple(
        (
            int(table.number_of("changes", epoch, EPOCHS)),
            table.number_of("changes", rate, LEARNING_RATE),
        )
        for epoch, rate in given
    )


def check(table: Table) -> Check:
    """Return what has to have run; a check that nothing can be made of asks for epoch 1."""
    conditions = [
        (name, _value(table, name, kind)) for name, kind in CONDITIONS.items() if table.has(name)
    ]
    which = table.word("run", WHICH, "any")
    at_epoch = table.number("at_epoch", AT_EPOCH, 0) if table.has("at_epoch") else None
    pair = _pair(table) if table.has("pair") else None
    share = table.number("rates_within", SHARE, 0) if table.has("rates_within") else None
    table.close()
    if share is not None and pair is None:
        said = later("rates_within needs pair = {example} beside it.")
        table.say("rates_within", say(said, example=PAIR))
    if not conditions and pair is None:
        said = later("nothing is asked for; write {example}, for example.")
        table.say(None, say(said, example='status = "converged"'))
        conditions = [("epoch_reached", 1)]
    at = None if at_epoch is None else int(at_epoch)
    return Check(tuple(conditions), cast(Which, which), at, pair, share)


def _value(table: Table, name: str, kind: tuple[str, ...] | Limits | type[bool]) -> Value:
    """Return the value of a condition, of the kind that belongs to it."""
    given = table.values[name]
    if isinstance(kind, Limits):
        return table.number_of(name, given, kind)
    if isinstance(kind, tuple):
        return table.word_of(name, given, kind)
    return table.flag_of(name, given)


def _pair(table: Table) -> tuple[str, str] | None:
    given = table.values["pair"]
    if not isinstance(given, list) or len(given) != 2:
        said = later("pair must be two statuses, as in pair = {example}.")
        table.say("pair", say(said, example=PAIR))
        return None
    one, other = (table.word_of("pair", each, STATUS_WORDS) for each in given)
    return one, other


def question(table: Table, base: Experiment) -> Question:
    """Return the question of a step with its answers, or with a slider."""
    text = table.text("question", "Predict first: …?")
    by_answers, by_slider = table.has("answers"), table.has("slider")
    if by_answers == by_slider:
        said = later("a question needs answers = [ … ] or slider = {table}, one of the two.")
        table.say(None, say(said, table="{ … }"))
    if by_slider and not by_answers:
        low, high, step, right, within = _slider(table.table("slider"))
        return Slider(text, low, high, step, right, within)
    answers = tuple(_answer(each, base) for each in table.tables("answers"))
    if by_answers and not 2 <= len(answers) <= MAX_ANSWERS:
        said = later("there must be 2 to {most} answers, not {count}.")
        table.say("answers", say(said, most=MAX_ANSWERS, count=len(answers)))
    if by_answers and not any(answer.right or answer.when for answer in answers):
        said = later("no answer is right; give one of them when = {table} or right = true.")
        table.say("answers", say(said, table="{ … }"))
    return Choice(text, answers)


def _answer(table: Table, base: Experiment) -> Answer:
    text = table.text("text", "It converges.")
    right = table.flag("right")
    when = check(table.table("when")) if table.has("when") else None
    tried = experiment(table.table("with"), base)
    table.close()
    if right and when is not None:
        table.say("right", say("right and when say the same; leave one of them out."))
    return Answer(text, right, when, tried)


def _slider(table: Table) -> tuple[float, float, float, float | str, float]:
    low = table.number("low", ANY_NUMBER, 0)
    high = table.number("high", ANY_NUMBER, 100)
    step = table.number("step", SPACING, 1)
    within = table.number("within", Limits("within", 0, 1e38), 0)
    if not table.has("right"):
        said = later("right is missing; write {example}, or a number.")
        table.say(None, say(said, example='right = "overflow_epoch"'))
    given = table.values.get("right", 0)
    right: float | str = (
        table.word_of("right", given, FACTS)
        if isinstance(given, str)
        else table.number_of("right", given, ANY_NUMBER)
    )
    table.close()
    if not low < high:
        table.say("high", say("high must be more than low, {low}.", low=f"{low:g}"))
    return low, high, step, right, within


def data(table: Table, default: Data) -> Data:
    """Return the readings of a lesson or a step: by their name, or its own two columns."""
    if not table.has("data"):
        return default
    if not isinstance(table.values["data"], dict):
        return Source(table.word("data", SOURCES, THERMOMETER.name))
    columns = table.table("data")
    x, y = columns.numbers("x", READING), columns.numbers("y", READING)
    x_name, y_name = _name(columns, "x"), _name(columns, "y")
    columns.close()
    if len(x) != len(y):
        said = later("x has {x} readings and y has {y}; write as many of each.")
        columns.say(None, say(said, x=len(x), y=len(y)))
    elif not 2 <= len(x) <= MAX_READINGS:
        said = later("there must be 2 to {most} readings, not {count}.")
        columns.say(None, say(said, most=count(MAX_READINGS), count=len(x)))
    elif len({struct.pack("f", each) for each in x}) < 2:
        columns.say("x", say("all x are the same; a line needs two different ones."))
    return Columns(x, y, x_name, y_name)


def _name(table: Table, column: str) -> str:
    """Return the name of a column, its letter where it has none."""
    name = table.text(f"{column}_name").within() or column
    if len(name) > MAX_NAME:
        said = say("a name has at most {count} characters.", count=MAX_NAME)
        table.say(f"{column}_name", said)
    return name
