"""What the stage in the browser is given."""

from typing import TypedDict

from tempfit.ui.wire.shapes import Axes, Bowl, Colour, Packed, PartData


class FitAxes(Axes):
    """The axes of the fitted line, and the title of its chart."""

    title: str


class LossAxes(Axes):
    """The axes of the loss, and those of the loss above the best."""

    aboveTitle: str
    aboveRange: tuple[float, float]


class Surface(Axes, Bowl):
    """The loss surface over (w, b) of one feature: `runs` are the places of those that have it.

    `feature` says which it is, where there are several.
    """

    feature: str
    runs: list[int]
    levels: list[float]


class MapSetup(Bowl):
    """The map of all rates and scales: its ranges, and the bowl of the readings as they are.

    A loss above `overflowLoss` is not finite in float32.
    """

    rates: tuple[float, float]
    scales: tuple[float, float]
    hessian: list[list[float]]
    convergedLoss: float
    overflowLoss: float


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
    `expectedEpoch` the one at which it converges or overflows, where it does. Its `script` begins
    with the `scriptHead` of the setup.
    """

    slot: int
    dashed: bool
    rate: float
    scale: float
    shift: float
    start: tuple[float, float]
    changes: list[int]
    settings: str
    outlook: str
    expected: str
    expectedEpoch: int | None
    script: str
    scriptName: str


class Setup(TypedDict):
    """An experiment before it trains: its runs, the axes, and the forecast (R, K).

    `name` is what its files are called, `title` what its data are; `variance` is that of y.
    """

    plotly: str
    name: str
    title: str
    epochs: int
    recorded: Packed
    start: Snapshots
    statuses: list[str]
    editable: bool
    x: Packed
    y: Packed
    unit: str
    variance: float
    fit: FitAxes
    loss: LossAxes
    surfaces: list[Surface]
    map: MapSetup
    forecast: Packed
    forecastAbove: Packed
    scriptHead: str
    runs: list[RunSetup]


class PullAnswer(TypedDict):
    """The answer to a pull: the snapshots that the page lacks."""

    number: int
    snapshots: Snapshots


class EditAnswer(TypedDict):
    """What came of an edit: nothing to say, or why it was refused."""

    number: int
    said: str | None


class EditState(TypedDict):
    """What can be done with the edits, and whether they took the readings off the link."""

    undo: bool
    redo: bool
    private: bool


class StageData(PartData):
    """What the stage is given.

    `surface` and `map` say which further charts are on it, `kept` which runs stay while the
    settings change. `back` is the view that presenting leads back to. `withheld` names what is not
    shown or not possible now: "training", "outlook", "going-on", "options".
    """

    experiment: str
    setup: Setup
    edit: EditAnswer | None
    editState: EditState
    view: str
    back: str
    withheld: list[str]
    surface: bool
    map: bool
    kept: list[bool]


class TrainingData(PartData):
    """How far the training of an experiment has come, and the answer to the last pull.

    `sentences` say what became of the runs, once one is certain.
    """

    experiment: str
    answer: PullAnswer | None
    trained: int
    perSecond: float
    sentences: list[str] | None
