"""What the stage in the browser is given."""

from typing import TypedDict

from tempfit.ui.wire.shapes import Axes, Bowl, Colour, Packed


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


class StageData(TypedDict):
    """What the stage is given. `sentences` say what became of the runs, once one is certain.

    `back` is the view that presenting leads back to. `withheld` names what is not shown or not
    possible now: "training", "outlook", "going-on", "options".
    """

    assets: str
    experiment: str
    setup: Setup | None
    answer: Answer | None
    edit: EditAnswer | None
    view: str
    back: str
    withheld: list[str]
    trained: int
    perSecond: float
    sentences: list[str] | None
