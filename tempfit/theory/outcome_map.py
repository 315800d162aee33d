"""The map of all learning rates: thousands of runs over a grid, trained in one batch.

One run a cell, the learning rate across and the feature scale up, all from the same start.
Training is the same autograd loop as everywhere; what is recorded are a few snapshots, enough
to tell each cell's status.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.theory.curvature import curvatures
from tempfit.theory.law import closed_form
from tempfit.theory.status import statuses
from tempfit.training.experiment import FEATURE_SCALE, LEARNING_RATE, Run
from tempfit.training.history import History
from tempfit.training.loop import STRIDE_EPOCHS, descend
from tempfit.training.problem import problem

CELLS: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The learning rates (C,) across and the feature scales (S,) up, both ascending."""

    rates: NDArray[np.float64]
    scales: NDArray[np.float64]

    def runs(self, shift: float, start: tuple[float, float]) -> list[Run]:
        """Return one run a cell, the learning rate running fastest."""
        return [
            Run(float(rate), float(scale), shift, start)
            for scale in self.scales
            for rate in self.rates
        ]


def grid_around(dataset: Dataset, run: Run, cells: int = CELLS) -> Grid:
    """Return a grid that shows the limit rise and level off, with `run` inside.

    The scale goes from where the feature hardly counts (a root mean square of 0.05, the limit
    near its largest, 1) to the raw feature or a root mean square of 20, whichever is more; the
    rate from a hundredth of the least limit on that way to ten times the largest.
    """
    x = dataset.x.double() - run.feature_shift
    spread = float(x.square().mean().sqrt()) or 1.0
    low, high = 0.05 / spread, max(1.0, 20 / spread)
    low, high = min(low, run.feature_scale), max(high, run.feature_scale)
    scales = _spaced(FEATURE_SCALE.nearest(low), FEATURE_SCALE.nearest(high), cells)
    limits = limit_curve(dataset, scales, run.feature_shift)
    low, high = min(limits.min() / 100, run.learning_rate), max(10.0, run.learning_rate)
    rates = _spaced(LEARNING_RATE.nearest(float(low)), LEARNING_RATE.nearest(high), cells)
    return Grid(rates, scales)


def _spaced(low: float, high: float, count: int) -> NDArray[np.float64]:
    """Return `count` values from low to high, geometrically spaced and never beyond either."""
    return np.clip(np.geomspace(low, high, count), low, high)


def limit_curve(dataset: Dataset, scales: NDArray[np.float64], shift: float) -> NDArray[np.float64]:
    """Return the largest stable learning rate at each of the feature scales."""
    bowls = curvatures(dataset, [Run(1.0, float(scale), shift) for scale in scales])
    return np.array([bowl.max_stable_learning_rate for bowl in bowls])


def map_epochs(epochs: int) -> list[int]:
    """Return the epochs recorded: 0, then by halves up to `epochs`, as telling a stall needs."""
    halves = {epochs >> shift for shift in range(epochs.bit_length())}
    return sorted({0, *halves})


class OutcomeMap:
    """Train every cell of a grid, as far at a time as is asked for."""

    def __init__(
        self, dataset: Dataset, grid: Grid, shift: float, start: tuple[float, float], epochs: int
    ) -> None:
        self.grid = grid
        self.epochs = epochs
        self.shift = shift
        self._dataset = dataset
        self._problem = problem(dataset, grid.runs(shift, start))
        self._descent = self._problem.descent(0)
        self._due = map_epochs(epochs)
        self.restart()

    def restart(self) -> None:
        """Go back to the start."""
        self.epoch = 0
        self._params = torch.tensor([run.start for run in self._problem.runs])[:, None]
        self._recorded: list[History] = []
        self._record()

    @property
    def done(self) -> bool:
        """Whether every run has been trained to the end."""
        return self.epoch == self.epochs

    def advance(self, epochs: int) -> None:
        """Train up to `epochs` further epochs, stopping at the next one that is recorded."""
        end = min(self.epoch + epochs, *(due for due in self._due if due > self.epoch))
        while self.epoch < end:
            epochs = min(end - self.epoch, STRIDE_EPOCHS)
            path = self._params.expand(epochs + 1, -1, -1, -1).clone()
            descend(self._problem, path, self._descent)
            self._params = path[-1].clone()
            self.epoch += epochs
        self._record()

    def _record(self) -> None:
        if self.epoch in self._due:
            w, b = self._params[:, 0].unbind(1)
            loss = self._problem.loss(self._params)
            columns = (values[:, None].numpy() for values in (loss, w, b))
            self._recorded.append(History(np.array([self.epoch]), *columns))

    def history(self) -> History:
        """Return what was recorded, one run a cell."""
        return History.join(self._recorded)

    def loss(self) -> NDArray[np.float32]:
        """Return the loss of each cell at the last snapshot, (S, C)."""
        return self.history().loss[:, -1].reshape(len(self.grid.scales), -1)

    def status(self) -> NDArray[np.uint8]:
        """Return the status of each cell at the last snapshot, (S, C), as `statuses` codes it."""
        codes = statuses(closed_form(self._dataset, self._problem.runs), self.history())
        return codes[:, -1].reshape(len(self.grid.scales), -1)
