"""A link is an experiment: the experiment as URL parameters, and back.

Anything may stand in a URL. Reading one never fails: what cannot be used is replaced by the
nearest accepted value, or by the default where there is none, and a sentence says so. A value
is repeated in a sentence only if it is a short plain word, so a link cannot put its own text,
markup or addresses on the page.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from tempfit.data.sources import (
    NOISE,
    OUTLIER,
    OWN,
    READINGS,
    SEED,
    SLOPE,
    THERMOMETER,
    TITLES,
    Recipe,
    Source,
)
from tempfit.limits import Limits
from tempfit.numbers import exact, parse
from tempfit.training.experiment import (
    EPOCHS,
    FEATURE_SCALE,
    LEARNING_RATE,
    MAX_RUNS,
    START,
    Experiment,
    Run,
)
from tempfit.words import LANGUAGES, Language

View = Literal["lab", "present"]
Parameters = Mapping[str, Sequence[str]]

DEFAULT: Final = Experiment()
LAB: Final[View] = "lab"
PRESENT: Final[View] = "present"
VIEWS: Final[Mapping[str, View]] = {LAB: LAB, PRESENT: PRESENT}
PRIVATE: Final = "private"
WHOLE: Final = (EPOCHS, READINGS, SEED)
MAX_SENTENCES: Final = 8
MAX_CHANGES: Final = 20
# Letters, or what begins as a number: neither www.example.org nor __bold__ is either.
_PLAIN: Final = re.compile(r"[A-Za-z-]{1,20}|[+-]?[0-9.][0-9.e+-]{0,19}")


def to_parameters(experiment: Experiment, source: Source = THERMOMETER) -> dict[str, list[str]]:
    """Return the URL parameters of an experiment; what equals the default is left out.

    Readings of one's own are named as private and nothing else is said of them. Where the data
    are not the thermometer, whose settings the defaults are, the settings are never left out.
    """
    unsaid = _parameters(DEFAULT)
    if source.name != THERMOMETER.name:
        return {
            "data": [PRIVATE if source.name == OWN.name else source.name],
            **_recipe(source),
            **{name: texts for name, texts in _parameters(experiment).items() if texts},
        }
    return {
        name: texts
        for name, texts in _parameters(experiment).items()
        if texts and texts != unsaid[name]
    }


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
    reader = _Reader(parameters)
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
    reader = _Reader(parameters)
    name = reader.last("data")
    if name is None or name == THERMOMETER.name:
        return THERMOMETER, []
    if name == PRIVATE:
        return OWN, []
    if name == OWN.name or name not in TITLES:
        return THERMOMETER, [
            f"In the link, data: {_quoted(name)} names none; the thermometer is used."
        ]
    default = Recipe()
    recipe = Recipe(
        round(reader.number("readings", READINGS, default.readings)),
        reader.number("slope", SLOPE, default.slope),
        reader.number("noise", NOISE, default.noise),
        reader.number("outlier", OUTLIER, default.outlier),
        round(reader.number("seed", SEED, default.seed)),
    )
    return Source(name, recipe if name == "generated" else default), reader.sentences


def view_of(parameters: Parameters) -> tuple[View, list[str]]:
    """Return the view that a link asks for, and a sentence where there is none of that name."""
    name = _Reader(parameters).last("view") or LAB
    if name in VIEWS:
        return VIEWS[name], []
    return LAB, [f"In the link, view: {_quoted(name)} is neither lab nor present; lab is used."]


def language_of(parameters: Parameters) -> tuple[Language | None, list[str]]:
    """Return the language that a link asks for, if any, and a sentence where it is none of ours."""
    name = _Reader(parameters).last("lang")
    known = next((language for language in LANGUAGES if language == name), None)
    if name is None or known:
        return known, []
    return None, [f"In the link, lang: {_quoted(name)} is neither en nor zh; it is left out."]


def says_settings(parameters: Parameters) -> bool:
    """Return whether a link says how to train, and not only on which data."""
    return any(name in parameters for name in _parameters(DEFAULT))


def _recipe(source: Source) -> dict[str, list[str]]:
    """Return the parameters of generated readings, what equals the default left out."""
    names = ("readings", "slope", "noise", "outlier", "seed")
    pairs = ((name, getattr(source.recipe, name), getattr(Recipe(), name)) for name in names)
    if source.name != "generated":
        return {}
    return {
        name: [str(value) if isinstance(value, int) else exact(value)]
        for name, value, default in pairs
        if value != default
    }


def learning_rates(
    texts: Sequence[str], main: float, room: int, typed_as: str
) -> tuple[tuple[float, ...], list[str]]:
    """Return up to `room` distinct further learning rates that texts spell, and what is wrong.

    `typed_as` begins the sentences: it is what the texts were typed as.
    """
    reader = _Reader({typed_as: texts}, "")
    return reader.rates(typed_as, main, room), reader.sentences


class _Reader:
    """Read typed values out of URL parameters, collecting a sentence for each correction."""

    def __init__(self, parameters: Parameters, opening: str = "In the link, ") -> None:
        self._parameters = parameters
        self._opening = opening
        self.sentences: list[str] = []

    def last(self, name: str) -> str | None:
        """Return the last value given for a name, as browsers and servers do."""
        values = self._parameters.get(name, ())
        return values[-1] if values else None

    def number(self, name: str, limits: Limits, default: float) -> float:
        """Return the accepted number nearest to the parameter, or the default without one."""
        text = self.last(name)
        if text is None:
            return default
        value = self._accepted(name, text, limits)
        if value is None:
            self._say(name, f"{_quoted(text)} cannot be used; {exact(default)} is.")
            return default
        return value

    def flag(self, name: str) -> bool:
        """Return whether the parameter says yes."""
        text = self.last(name) or "0"
        if text not in {"0", "1", "false", "true"}:
            self._say(name, f"{_quoted(text)} is neither 0 nor 1; 0 is used.")
        return text in {"1", "true"}

    def rates(self, name: str, main: float, room: int) -> tuple[float, ...]:
        """Return the distinct further learning rates, as many as there is room for."""
        rates: list[float] = []
        for text in self._parameters.get(name, ()):
            rate = self._accepted(name, text, LEARNING_RATE)
            if rate is None:
                self._say(name, f"{_quoted(text)} is no learning rate; it is left out.")
            elif rate != main and rate not in rates:
                rates.append(rate)
        if len(rates) > room:
            self._say(name, f"{len(rates)} rates are too many; the first {room} are used.")
        return tuple(rates[:room])

    def kept(self, name: str, room: int) -> tuple[Run, ...]:
        """Return the distinct kept runs, as many as there is room for."""
        runs: list[Run] = []
        for text in self._parameters.get(name, ()):
            numbers = [parse(part) for part in text[:200].split(",")]
            try:
                rate, scale, shift, w, b = (math.nan if n is None else n for n in numbers)
                runs.append(Run(rate, scale, shift, (w, b)))
            except ValueError:
                self._say(name, f"{_quoted(text)} is no run; it is left out.")
        distinct = tuple(dict.fromkeys(runs))
        if len(distinct) > room:
            self._say(name, f"there is room for {room} kept runs only; the others are left out.")
        return distinct[: max(room, 0)]

    def changes(self, name: str, epochs: int) -> tuple[tuple[int, float], ...]:
        """Return the changes of the learning rate, (epoch, rate), by epoch."""
        changes: dict[int, float] = {}
        for text in self._parameters.get(name, ()):
            epoch, _, rate = (parse(part) for part in text[:200].partition(","))
            if (
                epoch is None
                or rate is None
                or not (0 < epoch < epochs and epoch == int(epoch))
                or LEARNING_RATE.nearest(rate) != rate
                or len(changes) == MAX_CHANGES
            ):
                self._say(name, f"{_quoted(text)} is no change of the rate; it is left out.")
            else:
                changes[int(epoch)] = rate
        return tuple(sorted(changes.items()))

    def _accepted(self, name: str, text: str, limits: Limits) -> float | None:
        """Return the accepted value nearest to the text, or None if it is no usable number."""
        value = parse(text)
        if value is None or (limits.low > 0 and value <= 0 and limits not in WHOLE):
            return None
        nearest = limits.nearest(value)
        if limits in WHOLE:
            nearest = float(round(nearest))
        if nearest != value:
            said = f"{_quoted(text)} is not accepted; the nearest accepted value, {exact(nearest)}"
            self._say(name, f"{said}, is used.")
        return nearest

    def _say(self, name: str, what: str) -> None:
        sentence = f"{self._opening}{name}: {what}"
        if len(self.sentences) == MAX_SENTENCES - 1:
            sentence = f"{self._opening}{name}: what follows cannot be used."
        if len(self.sentences) < MAX_SENTENCES and sentence not in self.sentences:
            self.sentences.append(sentence)


def _quoted(text: str) -> str:
    """Return the text if it is a short plain word, and words for it otherwise."""
    return text if _PLAIN.fullmatch(text) else "what stands there"
