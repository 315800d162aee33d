"""What a trial runs on, and what comes of it."""

from dataclasses import dataclass, field
from statistics import median
from typing import Final

import torch
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.epoch.anatomy import Params, feature, record
from tempfit.epoch.trial_code import Path
from tempfit.training.experiment import Run

MIN_EPOCHS: Final = 6
MANY_READINGS: Final = 60_000
COMPARED: Final = 10


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """What a trial runs on: the feature and target (N,) of a run, its start and its rate."""

    x: Tensor
    y: Tensor
    start: tuple[float, float]
    rate: float

    @classmethod
    def of(cls, dataset: Dataset, run: Run) -> "Inputs":
        """Return the inputs that a run on a dataset gives a trial."""
        return cls(feature(dataset, run), dataset.y, run.start, run.learning_rate)

    def affordable(self, epochs: int) -> int:
        """Return how many of these epochs there is time for: many readings make them slow."""
        return max(MIN_EPOCHS, int(epochs * min(1.0, MANY_READINGS / len(self.x))))

    @property
    def finite(self) -> bool:
        """Whether float32 can hold the loss and its gradient at the start."""
        forward = record(self.x, self.y, Params(*self.start))
        (gradient,) = torch.autograd.grad(forward.loss, forward.params)
        return bool(torch.isfinite(forward.loss) and torch.isfinite(gradient).all())


@dataclass(frozen=True, slots=True)
class Growth:
    """How a loop went: for each epoch the nodes of its graph and its time, in seconds."""

    nodes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def compared(self) -> int:
        """How many epochs at either end are compared: no epoch belongs to both."""
        return max(1, min(COMPARED, len(self.seconds) // 2))

    @property
    def slowdown(self) -> float:
        """How many times as long the last epochs took as the first, by their medians."""
        first, last = self.seconds[: self.compared], self.seconds[-self.compared :]
        return median(last) / median(first)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a trial: its code by title, what it means, and what it returned.

    `message` is what torch said to an error that was provoked. `paths` and `growths` are those
    of two loops by name. `standardized` holds the scale and the shift that these loops applied to
    the run's feature, if they did.
    """

    code: dict[str, str]
    sentences: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = ()
    message: str = ""
    paths: dict[str, Path] = field(default_factory=dict)
    growths: dict[str, Growth] = field(default_factory=dict)
    standardized: tuple[float, float] | None = None
