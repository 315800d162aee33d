"""The parts of a step in a file: the experiment, the check, the question, the data."""

import struct
from dataclasses import replace
from typing import Any, Final

from tempfit.data.sources import EXAMPLES, THERMOMETER, Source
from tempfit.lesson import step
from tempfit.lesson.asked import STATUS_WORDS, WHICH, Check
from tempfit.lesson.conditions import CONDITIONS
from tempfit.lesson.facts import FACTS
from tempfit.lesson.step import Answer, Choice, Columns, Data, Question, Slider
from tempfit.lesson.toml_reading import AT_EPOCH, Fields, Place, text
from tempfit.limits import Limits
from tempfit.numbers import count
from tempfit.training.experiment import EPOCHS, FEATURE_SCALE, LEARNING_RATE, START, Experiment
from tempfit.words import later

READING: Final = Limits("reading", -3.4e38, 3.4e38)
ANY_NUMBER: Final = Limits("number", -1e38, 1e38)
MAX_NAME: Final = 80  # characters
SOURCES: Final = (THERMOMETER.name, *EXAMPLES, "generated")

EXPERIMENT: Final = Fields(
    {
        "epochs": EPOCHS,
        "learning_rate": LEARNING_RATE,
        "compare": [LEARNING_RATE],
        "feature_scale": FEATURE_SCALE,
        "standardize": bool,
        "start": [START, START],
        "changes": [[EPOCHS, LEARNING_RATE]],
    }
)


def experiment(place: Place, settings: dict[str, Any], base: Experiment) -> Experiment:
    """Return an experiment: what the file says, and the rest as in `base`."""
    try:
        return replace(base, **settings)
    except ValueError as error:
        place.say(later("{why}."), why=error)
        return base


_CHECK: Final = Fields(
    {name: kind for name, (kind, _) in CONDITIONS.items()}
    | {
        "run": WHICH,
        "at_epoch": AT_EPOCH,
        "pair": [STATUS_WORDS, STATUS_WORDS],
        "rates_within": Limits("share", 1e-6, 10),
    }
)


def check(place: Place, given: object) -> Check:
    """Read what has to have run."""
    wrong = len(place.mistakes)
    found = place.read(_CHECK, given)
    conditions = tuple((name, found.pop(name)) for name in CONDITIONS if name in found)
    if "rates_within" in found and "pair" not in found:
        said = later("rates_within needs {pair} beside it.")
        place.of("rates_within").say(said, pair='pair = ["converged", "exploded"]')
    if not conditions and "pair" not in found and len(place.mistakes) == wrong:
        place.say(later("nothing is asked for; write {key} = {example}, for example."))
    return Check(conditions, **found)


def _right(place: Place, given: object) -> Any:
    """Read the number that is right on a slider, or the name of a fact."""
    return place.read(tuple(FACTS) if isinstance(given, str) else ANY_NUMBER, given)


ANSWER: Final = Fields({"text": text, "right": bool, "when": check, "with": EXPERIMENT}, ["text"])
SLIDER: Final = Fields(
    {
        "low": ANY_NUMBER,
        "high": ANY_NUMBER,
        "step": Limits("step", 1e-12, 1e38),
        "within": Limits("within", 0, 1e38),
        "right": _right,
    },
    ["right"],
)


def question(place: Place, found: dict[str, Any], base: Experiment) -> Question:
    """Return the question of a step with its answers, or with a slider, taken out of `found`."""
    asked, answers, slider = (found.pop(key, None) for key in ("question", "answers", "slider"))
    if (answers is None) == (slider is None):
        said = later("a question needs answers = [ … ] or slider = {table}, one of the two.")
        place.say(said, table="{ … }")
    if slider is not None:
        return _slider(place.of("slider"), Slider(asked, **slider))
    made = (_answer(place.of("answers", n), each, base) for n, each in enumerate(answers or ()))
    choice = Choice(asked, tuple(made))
    if answers is not None:
        _hold_to_one_right(place.of("answers"), choice)
    return choice


def _slider(place: Place, slider: Slider) -> Slider:
    if not slider.low < slider.high:
        place.of("high").say(later("high must be more than low, {low}."), low=f"{slider.low:g}")
    return slider


def _answer(place: Place, found: dict[str, Any], base: Experiment) -> Answer:
    if found.get("right") and "when" in found:
        place.of("right").say(later("right and when say the same; leave one of them out."))
    tried = experiment(place.of("with"), found.pop("with", {}), base)
    return Answer(experiment=tried, **found)


def _hold_to_one_right(place: Place, choice: Choice) -> None:
    if not 2 <= len(choice.answers) <= step.MAX_ANSWERS:
        said = later("there must be 2 to {most} answers, not {count}.")
        place.say(said, most=step.MAX_ANSWERS, count=len(choice.answers))
    if not any(answer.right or answer.when for answer in choice.answers):
        said = later("no answer is right; give one of them when = {table} or right = true.")
        place.say(said, table="{ … }")


def _name(place: Place, given: object) -> str:
    """Read the name of a column."""
    name = text(place, given).within()
    if len(name) > MAX_NAME:
        place.say(later("a name has at most {count} characters."), count=MAX_NAME)
    return name


_COLUMNS: Final = Fields(
    {"x": [READING], "y": [READING], "x_name": _name, "y_name": _name}, ["x", "y"]
)


def data(place: Place, given: object) -> Data:
    """Read the readings of a lesson or a step: a name, or two columns."""
    if not isinstance(given, dict):
        return Source(str(given)) if place.read(SOURCES, given) in SOURCES else THERMOMETER
    wrong, columns = (
        len(place.mistakes),
        Columns(**{"x": (), "y": ()} | place.read(_COLUMNS, given)),
    )
    if len(place.mistakes) > wrong:
        return columns
    x, y = columns.x, columns.y
    if len(x) != len(y):
        said = later("x has {x} readings and y has {y}; write as many of each.")
        place.say(said, x=len(x), y=len(y))
    elif not 2 <= len(x) <= step.MAX_READINGS:
        said = later("there must be 2 to {most} readings, not {count}.")
        place.say(said, most=count(step.MAX_READINGS), count=len(x))
    elif len({struct.pack("f", each) for each in x}) < 2:
        place.of("x").say(later("all x are the same; a line needs two different ones."))
    return columns
