"""A lesson and its steps, as plain frozen values."""

import math
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from tempfit.data.sources import THERMOMETER, Source
from tempfit.lesson.asked import Check
from tempfit.lesson.text import Text
from tempfit.training.experiment import Experiment

Control = Literal[
    "epochs", "learning_rate", "compare", "feature_scale", "standardize", "start", "go_on"
]
Hidden = Literal["outlook", "limit"]
CONTROLS: Final[tuple[Control, ...]] = get_args(Control)
HIDDEN: Final[tuple[Hidden, ...]] = get_args(Hidden)

MAX_SENTENCES: Final = 3
MAX_ANSWERS: Final = 4
MAX_STEPS: Final = 40
MAX_READINGS: Final = 10_000
DEFAULT: Final = Experiment()


@dataclass(frozen=True, slots=True)
class Columns:
    """Hold readings that are written in the lesson itself."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    x_name: str = "x"
    y_name: str = "y"


Data = Source | Columns


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question: right where `experiment` fulfils `when`, or `right` as it says."""

    text: Text
    right: bool = False
    when: Check | None = None
    experiment: Experiment = DEFAULT


@dataclass(frozen=True, slots=True)
class Choice:
    """A question answered by one of its answers: a prediction is the place of one."""

    text: Text
    answers: tuple[Answer, ...]

    def accepts(self, prediction: float) -> bool:
        """Return whether a prediction is one of the answers."""
        return prediction in range(len(self.answers))


@dataclass(frozen=True, slots=True)
class Slider:
    """A question answered by a number from `low` to `high` in steps of `step`.

    `right` is a number, or the name of a fact of the step's experiment. A prediction no further
    from it than `within` counts as right.
    """

    text: Text
    right: float | str
    low: float = 0.0
    high: float = 100.0
    step: float = 1.0
    within: float = 0.0

    def accepts(self, prediction: float) -> bool:
        """Return whether a prediction is a number within the range."""
        return math.isfinite(prediction) and self.low <= prediction <= self.high


Question = Choice | Slider


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lesson.

    `experiment` is what it starts from, and `solution` one that passes `check`; any other that
    does is as good. `surface` shows the loss surface. `controls` are shown, and what is in `hidden`
    is not until the prediction stands. `explanation` is told after the run. `line` is where the
    step stands in its file.
    """

    title: Text
    text: Text
    question: Question
    explanation: Text
    check: Check
    experiment: Experiment = DEFAULT
    solution: Experiment = DEFAULT
    data: Data = THERMOMETER
    surface: bool = False
    controls: tuple[Control, ...] = ()
    hidden: tuple[Hidden, ...] = HIDDEN
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A title and the steps, which are counted from 1."""

    title: Text
    steps: tuple[Step, ...]

    def step(self, number: int) -> Step:
        """Return the step of a number, or the nearest one."""
        return self.steps[min(max(number, 1), len(self.steps)) - 1]
