"""The messages from the browser, each a frozen dataclass.

`read` makes one of whatever arrived, or returns None: a browser may send anything.
"""

import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

import numpy as np

MAX_WHOLE: Final = 2**53  # the largest whole number that JavaScript counts to exactly
MAX_NUMBER: Final = float(np.finfo(np.float32).max)
MAX_TEXT: Final = 8000  # characters

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Pull:
    """Ask for snapshots of an experiment after one epoch, up to another one.

    `exact` is an epoch that the page wants a snapshot of even if it is not a recorded one;
    `restart` throws away what was trained.
    """

    number: int
    experiment: str
    after: int
    until: int
    exact: int | None = None
    restart: bool = False


@dataclass(frozen=True, slots=True)
class GoOn:
    """Go on from an epoch at another learning rate, or without one for twice as long."""

    number: int
    experiment: str
    epoch: int
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Change one reading on the chart: `index` is moved or removed, (x, y) is its new place.

    What is done in one gesture has one number. Or undo the last gesture, or do it again.
    """

    number: int
    experiment: str
    kind: Literal["add", "move", "remove", "undo", "redo"]
    index: int = 0
    x: float = 0.0
    y: float = 0.0
    gesture: int = 0


@dataclass(frozen=True, slots=True)
class Show:
    """Show the stage in one of the views, with the further charts that are wanted."""

    number: int
    view: Literal["lab", "lesson", "present"]
    surface: bool = False
    map: bool = False


@dataclass(frozen=True, slots=True)
class OfStep:
    """Open a step of the lesson, one after the last the summary; or show what came of a step.

    `anew` forgets what was done in the lesson.
    """

    number: int
    step: int
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Resume:
    """Take up the progress in the lesson that the browser has kept, as a link has it."""

    number: int
    progress: str


@dataclass(frozen=True, slots=True)
class Predict:
    """Answer the question of a step, by the place of an answer or by a number."""

    number: int
    step: int
    prediction: float


@dataclass(frozen=True, slots=True)
class Rest:
    """Say that the stage has come to rest at an epoch."""

    number: int
    experiment: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Choose:
    """Set the learning rate and the feature scale to a place on the map."""

    number: int
    rate: float
    scale: float


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep a run, as it begins, while the settings change; or, not `kept`, let go of it."""

    number: int
    rate: float
    scale: float
    shift: float
    w: float
    b: float
    kept: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """Put an epoch under the glass, chosen by hand or, `following`, shown by the stage.

    An epoch that is far away is asked for until it is reached.
    """

    number: int
    experiment: str
    epoch: int
    following: bool


def read(kind: type[M], message: object) -> M | None:
    """Return the message of a kind that a browser sent, or None if it is none."""
    if not isinstance(message, Mapping):
        return None
    types = get_type_hints(kind)
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type]
        value = _value(field, types[field.name], message)
        if value is MISSING:
            return None
        values[field.name] = value
    return kind(**values)


def _value(field: Field[object], kind: Any, message: Mapping[object, object]) -> object:
    """Return the value of a field, its default where nothing is said, or MISSING."""
    value = message.get(field.name)
    if value is None and field.default is not MISSING:
        return field.default
    return _accepted(kind, value)


def _accepted(kind: Any, value: object) -> object:
    """Return a value of a type, or MISSING where it is of another or out of range."""
    if get_origin(kind) is UnionType:
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
    if get_origin(kind) is Literal:
        return value if isinstance(value, str) and value in get_args(kind) else MISSING
    if kind is bool or isinstance(value, bool):
        return value if kind is bool and isinstance(value, bool) else MISSING
    if kind is str:
        return value if isinstance(value, str) and len(value) <= MAX_TEXT else MISSING
    if not isinstance(value, int if kind is int else (int, float)):
        return MISSING
    # Compared as it stands: a whole number may be too large for a float.
    if abs(value) > (MAX_WHOLE if kind is int else MAX_NUMBER) or not math.isfinite(value):
        return MISSING
    return kind(value)
