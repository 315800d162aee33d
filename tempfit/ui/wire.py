"""What the browser and the server say to each other: every message and every payload.

A message from the browser is a frozen dataclass. `read` makes it of whatever arrived, or returns
None: a browser may send anything. A payload to the browser is a TypedDict, under the names that
the JavaScript uses. `assets/types.js` holds the same shapes for the browser's type checker, and a
test compares the two.
"""

import base64
import math
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypedDict, TypeVar, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

MAX_WHOLE: Final = 2**53  # the largest whole number that JavaScript counts to exactly
MAX_NUMBER: Final = float(np.finfo(np.float32).max)
MAX_TEXT: Final = 200  # characters

M = TypeVar("M")


# From the browser.


@dataclass(frozen=True, slots=True)
class Pull:
    """Ask for snapshots of an experiment after one epoch, up to another one.

    `exact` is an epoch that the page wants a snapshot of even if it is not a recorded one;
    `restart` throws away what was trained; `equipped` says that the page has the setup.
    """

    number: int
    experiment: str
    after: int
    until: int
    exact: int | None = None
    restart: bool = False
    equipped: bool = False


@dataclass(frozen=True, slots=True)
class GoOn:
    """Go on from an epoch at another learning rate, or without one for twice as long."""

    number: int
    experiment: str
    epoch: int
    rate: float | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Change one reading on the chart: `index` is moved or removed, (x, y) is its new place."""

    number: int
    experiment: str
    kind: Literal["add", "move", "remove"]
    index: int = 0
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Show:
    """Show the stage in one of the views."""

    number: int
    view: Literal["lab", "present"]


@dataclass(frozen=True, slots=True)
class MapPull:
    """Ask for more training of a map, or, to cancel it, for its start."""

    number: int
    name: str
    cancel: bool = False


@dataclass(frozen=True, slots=True)
class MapChoice:
    """Set the learning rate and the feature scale to a place on the map."""

    number: int
    rate: float
    scale: float


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


# To the browser.

Packed = str  # base64 of little-endian binary


class PartData(TypedDict):
    """What every part of the page is given: where its files are, and the viewer's language."""

    assets: str
    language: str


class PreloadData(PartData):
    """Where the browser finds what it is to load before anything is shown."""

    plotly: str


class Colour(TypedDict):
    """A colour on a light and on a dark page."""

    light: str
    dark: str


class Params(TypedDict):
    """A value for w, one for b, and the loss there."""

    w: float
    b: float
    loss: float


class Bowl(TypedDict):
    """The loss over (w, b): its least, and how it rises along its two directions."""

    best: Params
    eigenvalues: list[float]
    directions: list[list[float]]


class Axes(TypedDict):
    """The titles and ranges of a chart's axes."""

    xTitle: str
    yTitle: str
    xRange: tuple[float, float]
    yRange: tuple[float, float]


class FitAxes(Axes):
    """The axes of the fitted line, and the title of its chart."""

    title: str


class LossAxes(Axes):
    """The axes of the loss, and those of the loss above the best."""

    aboveTitle: str
    aboveRange: tuple[float, float]


class Surface(Axes, Bowl):
    """The loss surface, over the data's own slope and intercept if `original`."""

    original: bool
    levels: list[float]


class Snapshots(TypedDict):
    """K snapshots of R runs, each array packed: epoch (K,), the others (R, K)."""

    epoch: Packed
    loss: Packed
    w: Packed
    b: Packed
    status: Packed


class RunSetup(Bowl, Colour):
    """One run of the stage, before it trains.

    `settings` says in words what else than its rate differs from the other runs; `changes` are the
    epochs at which its rate changes. `expected` is the status that the law has it end with, and
    `expectedEpoch` the one at which it converges or overflows, where it does.
    """

    slot: int
    dashed: bool
    rate: float
    scale: float
    shift: float
    changes: list[int]
    settings: str
    outlook: str
    expected: str
    expectedEpoch: int | None
    convergedLoss: float
    script: str | None


class Setup(TypedDict):
    """An experiment before it trains: its runs, the axes, and the forecast (R, K)."""

    plotly: str
    epochs: int
    recorded: Packed
    start: Snapshots
    statuses: list[str]
    editable: bool
    x: Packed
    y: Packed
    unit: str
    fit: FitAxes
    loss: LossAxes
    surface: Surface
    forecast: Packed
    forecastAbove: Packed
    runs: list[RunSetup]


class Answer(TypedDict):
    """The answer to a pull: the snapshots that the page lacks."""

    number: int
    snapshots: Snapshots


class EditAnswer(TypedDict):
    """What came of an edit: nothing to say, or why it was refused."""

    number: int
    said: str | None


class StageData(PartData):
    """What the stage is given. `sentences` say what became of the runs, once one is certain."""

    experiment: str
    setup: Setup | None
    answer: Answer | None
    edit: EditAnswer | None
    view: str
    trained: int
    perSecond: float
    sentences: list[str] | None


class Limit(TypedDict):
    """The largest stable learning rate at each of the feature scales."""

    scales: list[float]
    rates: list[float]


class MapRun(Colour):
    """A run of the experiment as a point of the map."""

    rate: float
    scale: float


class MapSetup(TypedDict):
    """A map before it is trained: its axes, the limit, and the runs of the experiment."""

    name: str
    plotly: str
    epochs: int
    rates: list[float]
    scales: list[float]
    limit: Limit
    best: float
    unit: str
    statuses: list[str]
    runs: list[MapRun]


class MapData(PartData):
    """What the map is given: how far it has come, and the cells (S, C) when it is done.

    `answered` is the number of the last pull.
    """

    setup: MapSetup
    answered: int
    epoch: int
    loss: Packed | None
    status: Packed | None


class GlassData(PartData):
    """What the choice of an epoch is given: the epoch wanted, and the one reached.

    `answered` is the number of the last look.
    """

    experiment: str
    epochs: int
    recorded: Packed
    following: bool
    answered: int
    wanted: int
    reached: int


class GraphNode(TypedDict):
    """A node of the recorded graph, as the page writes it."""

    name: str
    code: str
    shape: str
    value: str
    arriving: str
    inputs: list[int]
    constants: list[str]
    leaf: bool


class GraphData(PartData):
    """The graph that autograd recorded, the loss first."""

    colour: Colour
    nodes: list[GraphNode]


Plotly = dict[str, Any]  # a part of a figure, in Plotly's own terms


class PanelData(TypedDict):
    """One chart of the section on autograd; colours in it are names, "@run" and others."""

    title: str
    label: str
    x: Plotly
    y: Plotly
    traces: list[Plotly]
    notes: list[Plotly]


class ChartsData(PartData):
    """Charts side by side, each `height` pixels high."""

    plotly: str
    colour: Colour
    height: int
    panels: list[PanelData]


class RaceRun(TypedDict):
    """One of two runs that were trained to the end: its snapshots at every epoch."""

    name: str
    loss: list[float | None]
    w: list[float | None]
    b: list[float | None]


class RaceData(PartData):
    """Two runs from the same start, for the browser to play side by side."""

    plotly: str
    name: str
    colour: Colour
    x: list[float]
    y: list[float]
    scale: float
    shift: float
    fit: Axes
    loss: Axes
    runs: list[RaceRun]


def packed(values: NDArray[Any], kind: Literal["<i4", "<f4", "u1"]) -> Packed:
    """Return the numbers as base64 text of little-endian binary, the last axis running fastest."""
    return base64.b64encode(np.ascontiguousarray(values, dtype=kind).tobytes()).decode("ascii")
