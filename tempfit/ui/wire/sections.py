"""What the browser is given for the map, for the sections on autograd, and to load beforehand."""

from typing import Any, TypedDict

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


Plotly = dict[str, Any]  # a part of a figure, in Plotly's own terms


class ChartData(TypedDict):
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
