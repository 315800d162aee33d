"""A link is an experiment: the experiment as URL parameters, and back.

Reading a link never fails: the module `typed` replaces what cannot be used, and says so.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from tempfit.data.sources import INGREDIENTS, OWN, THERMOMETER, TITLES, Recipe, Source
from tempfit.limits import Limits
from tempfit.numbers import exact
from tempfit.training.experiment import (
    EPOCHS,
    FEATURE_SCALE,
    LEARNING_RATE,
    MAX_RUNS,
    START,
    Experiment,
    Run,
)
from tempfit.typed import Parameters, Reader, echoed
from tempfit.words import LANGUAGES, Language, later, say

View = Literal["lab", "lesson", "present"]
Chart = Literal["surface", "map"]

DEFAULT: Final = Experiment()
LAB: Final[View] = "lab"
LESSON: Final[View] = "lesson"
PRESENT: Final[View] = "present"
VIEWS: Final[Mapping[str, View]] = {LAB: LAB, LESSON: LESSON, PRESENT: PRESENT}
STEP: Final = Limits("lesson", 1, 1000)
CHARTS: Final[tuple[Chart, ...]] = ("surface", "map")  # beside the fitted line and the loss
PRIVATE: Final = "private"


def to_parameters(experiment: Experiment, source: Source = THERMOMETER) -> dict[str, list[str]]:
    """Return the URL parameters of an experiment; what equals the default is left out.

    The viewer's own readings are called "private", and nothing else is said of them. The defaults
    are the thermometer's settings; with other data all settings are written out.
    """
    unsaid = _parameters(DEFAULT)
    if source.name != THERMOMETER.name:
        return {
            "data": [PRIVATE if source.name == OWN.name else source.name],
            **_recipe(source),
            **settings(experiment),
        }
    return {name: texts for name, texts in settings(experiment).items() if texts != unsaid[name]}


def _parameters(experiment: Experiment) -> dict[str, list[str]]:
    w, b = experiment.start
    return {
        "epochs": [str(experiment.epochs)],
        "lr": [exact(experiment.learning_rate)],
        "compare": [exact(rate) for rate in experiment.learning_rates[1:]],
        "scale": [exact(experiment.feature_scale)],
        "standardize": ["1"] if experiment.standardize else [],
        "w": [exact(w)],
        "b": [exact(b)],
        "keep": [_kept_text(run) for run in experiment.kept],
        "change": [f"{epoch},{exact(rate)}" for epoch, rate in experiment.changes],
    }


def _kept_text(run: Run) -> str:
    numbers = (run.learning_rate, run.feature_scale, run.feature_shift, *run.start)
    return ",".join(exact(number) for number in numbers)


def from_parameters(parameters: Parameters) -> tuple[Experiment, list[str]]:
    """Return the nearest sensible experiment to the parameters, and a sentence per change."""
    reader = Reader(parameters)
    epochs = round(reader.number("epochs", EPOCHS, DEFAULT.epochs))
    rate = reader.number("lr", LEARNING_RATE, DEFAULT.learning_rate)
    scale = reader.number("scale", FEATURE_SCALE, DEFAULT.feature_scale)
    start = (
        reader.number("w", START, DEFAULT.start[0]),
        reader.number("b", START, DEFAULT.start[1]),
    )
    compare = reader.rates("compare", rate, MAX_RUNS - 1)
    standardize = reader.flag("standardize")
    kept = reader.kept("keep", MAX_RUNS - 1 - len(compare))
    changes = reader.changes("change", epochs)
    experiment = Experiment(epochs, rate, compare, scale, standardize, start, kept, changes)
    return experiment, reader.sentences


def source_of(parameters: Parameters) -> tuple[Source, list[str]]:
    """Return where the readings of a link are from, and a sentence per change.

    Private readings are given as `OWN`: whether they are at hand is not for the link to know.
    """
    reader = Reader(parameters)
    name = reader.last("data")
    if name is None or name == THERMOMETER.name:
        return THERMOMETER, []
    if name == PRIVATE:
        return OWN, []
    if name == OWN.name or name not in TITLES:
        said = later("In the link, data: {name} names none; the thermometer is used.")
        return THERMOMETER, [say(said, name=echoed(name))]
    if name != "generated":
        return Source(name), []
    recipe = Recipe()
    for limits in INGREDIENTS:
        value = reader.number(limits.field, limits, getattr(recipe, limits.field))
        found = {limits.field: round(value) if limits.whole else value}
        recipe = replace(recipe, **found)  # type: ignore[arg-type]
    return Source(name, recipe), reader.sentences


def view_of(parameters: Parameters) -> tuple[View, int | None, list[str]]:
    """Return the view of a link, its step of the lesson, and a sentence for what cannot be used.

    The step is None outside the lesson, and 0 where the link does not say which.
    """
    reader = Reader(parameters)
    name = reader.last("view") or LAB
    unknown = later("In the link, view: {name} is none of lab, lesson and present; lab is used.")
    said = [] if name in VIEWS else [say(unknown, name=echoed(name))]
    view = VIEWS.get(name, LAB)
    if reader.last("lesson") is None:
        return view, 0 if view == LESSON else None, said
    step = round(reader.number("lesson", STEP, 1))
    return LESSON if view == LAB else view, step, [*said, *reader.sentences]


def settings(experiment: Experiment) -> dict[str, list[str]]:
    """Return all settings of an experiment as parameters, also those that are the default's."""
    return {name: texts for name, texts in _parameters(experiment).items() if texts}


def charts_of(parameters: Parameters) -> tuple[Chart, ...]:
    """Return the further charts that a link asks for; of other names nothing is said."""
    return tuple(chart for chart in CHARTS if chart in parameters.get("charts", ()))


def language_of(parameters: Parameters) -> tuple[Language | None, list[str]]:
    """Return the language that a link asks for, if any, and a sentence where it is none of ours."""
    name = Reader(parameters).last("lang")
    known = next((language for language in LANGUAGES if language == name), None)
    if name is None or known:
        return known, []
    said = later("In the link, lang: {name} is neither en nor zh; it is left out.")
    return None, [say(said, name=echoed(name))]


def says_settings(parameters: Parameters) -> bool:
    """Return whether a link says how to train, and not only on which data."""
    return any(name in parameters for name in _parameters(DEFAULT))


def _recipe(source: Source) -> dict[str, list[str]]:
    """Return the parameters of generated readings, what equals the default left out."""
    if source.name != "generated":
        return {}
    values = {limits: getattr(source.recipe, limits.field) for limits in INGREDIENTS}
    return {
        limits.field: [str(value) if limits.whole else exact(value)]
        for limits, value in values.items()
        if value != getattr(Recipe(), limits.field)
    }
