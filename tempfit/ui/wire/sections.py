"""What the browser is given to load beforehand, and for the section on autograd."""

from typing import Literal, TypedDict

from tempfit.ui.wire.shapes import Axes, Colour, Packed, PartData


class PreloadData(PartData):
    """Where the browser finds what it is to load before anything is shown."""

    plotly: str


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


Tone = Literal["run", "accent", "text", "faint"]  # a colour, of the run or of the page's theme
Kind = Literal["line", "dashed", "dotted", "arrow", "dots", "rings", "crosses", "bars", "words"]


class TraceStyle(TypedDict, total=False):
    """How a trace is drawn, its size in pixels, and what is said of each of its points.

    `name` stands at the end of a line. `text` is each point's: "words" show it, and what is said
    of a point may hold it.
    """

    size: float
    opacity: float
    hover: str
    name: str
    text: list[str]


class Trace(TraceStyle):
    """What is drawn at some points or through them; one that is not finite is left out."""

    kind: Kind
    tone: Tone
    x: list[float | None]
    y: list[float | None]


class ChartAxis(TypedDict):
    """An axis: a `range` of None is that of the traces, and `every` the distance of its ticks."""

    title: str
    range: tuple[float, float] | None
    every: float | None
    log: bool


class Note(TypedDict):
    """What stands in the upper right corner of a chart."""

    text: str
    tone: Tone


class ChartData(TypedDict):
    """One chart of the section on autograd, or of the lesson's summary."""

    title: str
    label: str
    x: ChartAxis
    y: ChartAxis
    traces: list[Trace]
    notes: list[Note]


class ChartsData(PartData):
    """Charts side by side, each `height` pixels high."""

    plotly: str
    colour: Colour
    height: int
    charts: list[ChartData]


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
