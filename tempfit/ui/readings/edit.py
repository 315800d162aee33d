"""An edit of one reading, as the chart tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

from tempfit.data.pair import FLOAT32_MAX

MAX_NUMBER: Final = 2**53


@dataclass(frozen=True, slots=True)
class Edit:
    """Say what is to be done: `kind` is "add", "move" or "remove".

    `index` is the reading that is moved or removed, (x, y) its new place or that of a new one.
    """

    number: int
    experiment: str
    kind: str
    index: int
    x: float
    y: float

    @classmethod
    def read(cls, message: object) -> "Edit | None":
        """Read what a browser sent, which may be anything; return None if it is no edit."""
        if not isinstance(message, Mapping):
            return None
        number, index = (_whole(message.get(name, 0)) for name in ("number", "index"))
        x, y = (_finite(message.get(name, 0)) for name in ("x", "y"))
        kind, experiment = message.get("kind"), message.get("experiment")
        if kind not in ("add", "move", "remove") or not isinstance(experiment, str):
            return None
        if number is None or index is None or x is None or y is None:
            return None
        return cls(number, experiment, str(kind), index, x, y)

    def of(self, x: list[float], y: list[float]) -> tuple[list[float], list[float]]:
        """Return readings with this edit; an index that is none of theirs changes nothing."""
        x, y = list(x), list(y)
        if self.kind == "add":
            x.append(self.x)
            y.append(self.y)
        elif self.index < len(x) and self.kind == "move":
            x[self.index], y[self.index] = self.x, self.y
        elif self.index < len(x):
            del x[self.index], y[self.index]
        return x, y


def _whole(value: object) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_NUMBER
    return value if whole and isinstance(value, int) else None


def _finite(value: object) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if isfinite(value) and abs(value) <= FLOAT32_MAX else None
