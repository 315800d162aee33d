"""What somebody typed, in a link or on the page, read as numbers and runs.

Anything may be typed. Reading never fails: what cannot be used is replaced by the nearest accepted
value, or by the default where there is none, and a sentence says so. A text is repeated in a
sentence only if it is a short plain word, so nobody's link can put markup or addresses on the page.
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

from tempfit.limits import Limits, OutOfRangeError
from tempfit.numbers import exact, number, parse
from tempfit.training.experiment import LEARNING_RATE, Run
from tempfit.words import later, say

Parameters = Mapping[str, Sequence[str]]

IN_LINK: Final = later("In the link, {name}: {said}")
NAMES: Final = {
    "epochs": later("the number of epochs"),
    "learning_rate": later("the learning rate"),
    "feature_scale": later("the feature scale"),
    "feature_shift": later("the feature shift"),
    "start": later("w or b at the start"),
    "readings": later("the number of readings"),
    "slope": later("the slope"),
    "noise": later("the noise"),
    "outlier": later("the outlier"),
    "seed": later("the seed"),
}
MAX_SENTENCES: Final = 8
MAX_CHANGES: Final = 20
# Letters, or what begins as a number: neither www.example.org nor __bold__ is either.
_PLAIN: Final = re.compile(r"[A-Za-z-]{1,20}|[+-]?[0-9.][0-9.e+-]{0,19}")


def learning_rates(
    texts: Sequence[str], main: float, room: int, typed_as: str
) -> tuple[tuple[float, ...], list[str]]:
    """Return up to `room` distinct further learning rates that texts spell, and what is wrong.

    `typed_as` begins the sentences: it is what the texts were typed as.
    """
    reader = Reader({typed_as: texts}, later("{name}: {said}"))
    return reader.rates(typed_as, main, room), reader.sentences


class Reader:
    """Read typed values out of URL parameters, collecting a sentence for each correction."""

    def __init__(self, parameters: Parameters, form: str = IN_LINK) -> None:
        self._parameters = parameters
        self._form = form
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
            said = later("{text} cannot be used; {default} is.")
            self._say(name, said, text=echoed(text), default=exact(default))
            return default
        return value

    def flag(self, name: str) -> bool:
        """Return whether the parameter says yes."""
        text = self.last(name)
        if text is None:
            return False
        if text not in {"0", "1", "false", "true"}:
            said = later("{text} is neither 0 nor 1; 0 is used.")
            self._say(name, said, text=echoed(text))
        return text in {"1", "true"}

    def rates(self, name: str, main: float, room: int) -> tuple[float, ...]:
        """Return the distinct further learning rates, as many as there is room for."""
        rates: list[float] = []
        for text in self._parameters.get(name, ()):
            rate = self._accepted(name, text, LEARNING_RATE)
            if rate is None:
                said = later("{text} is no learning rate; it is left out.")
                self._say(name, said, text=echoed(text))
            elif rate != main and rate not in rates:
                rates.append(rate)
        if len(rates) > room:
            said = later("{count} rates are too many; the first {room} are used.")
            self._say(name, said, count=len(rates), room=room)
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
                said = later("{text} is no run; it is left out.")
                self._say(name, said, text=echoed(text))
        distinct = tuple(dict.fromkeys(runs))
        if len(distinct) > room:
            said = later("there is room for {room} kept runs only; the others are left out.")
            self._say(name, said, room=room)
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
                said = later("{text} is no change of the rate; it is left out.")
                self._say(name, said, text=echoed(text))
            else:
                changes[int(epoch)] = rate
        return tuple(sorted(changes.items()))

    def _accepted(self, name: str, text: str, limits: Limits) -> float | None:
        """Return the accepted value nearest to the text, or None if it is no usable number."""
        value = parse(text)
        if value is None or (limits.low > 0 and value <= 0 and not limits.whole):
            return None
        nearest = limits.nearest(value)
        if limits.whole:
            nearest = float(round(nearest))
        if nearest != value:
            said = later("{text} is not accepted; the nearest accepted value, {nearest}, is used.")
            self._say(name, said, text=echoed(text), nearest=exact(nearest))
        return nearest

    def _say(self, name: str, message: str, **values: object) -> None:
        if len(self.sentences) == MAX_SENTENCES - 1:
            message = later("what follows cannot be used.")
        sentence = say(self._form, name=name, said=say(message, **values))
        if len(self.sentences) < MAX_SENTENCES and sentence not in self.sentences:
            self.sentences.append(sentence)


def refused(error: ValueError) -> str:
    """Say to the viewer why a value that was typed is not used."""
    if not isinstance(error, OutOfRangeError):
        return say("Not changed: {why}.", why=error)
    low, high, value = (number(v, 7) for v in (error.limits.low, error.limits.high, error.value))
    said = later("{value} is not used: {name} may be from {low} to {high}.")
    name = say(NAMES[error.limits.field])
    return say(said, value=value, name=name, low=low, high=high)


def echoed(text: str) -> str:
    """Return the text if it is a short plain word, and words for it otherwise."""
    return text if _PLAIN.fullmatch(text) else say("what stands there")
