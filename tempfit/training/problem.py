"""Readings laid out for runs that train side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.training.experiment import Run

MAX_ROWS: Final = 16  # as many as torch sums one after the other; see `layout`
BLOCK_NUMBERS: Final = 2**18  # of the predictions in one go of `losses`: what a cache holds


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Hold what R runs are trained on: tensors with the runs on the last axis.

    `feature` and `target` are (N, R). More than `MAX_ROWS` readings are laid out as the three of
    their `Summary`, which have the same loss for every line. `rates` (R,) are the learning rates
    before any change.
    """

    runs: tuple[Run, ...]
    rates: Tensor
    feature: Tensor
    target: Tensor

    def losses(self, path: Tensor, places: Tensor | None = None) -> Tensor:
        """Return the mean squared error of each run at K places of a path, or at all, (K, R).

        `path` (E, 2, R) holds the params at each of E epochs. The readings are added one after the
        other, so that a run has the same loss to the bit wherever it stands in a batch.
        """
        block = max(1, BLOCK_NUMBERS // self.target.numel())
        chosen = torch.arange(len(path)) if places is None else places
        return torch.cat([self._losses(path[part]) for part in torch.split(chosen, block)])

    def _losses(self, path: Tensor) -> Tensor:
        w, b = path.unbind(1)
        residual = (w * self.feature[:, None]).add_(b).sub_(self.target[:, None])
        first, *others = residual.square_().unbind()
        return sum(others, first) / len(self.target)

    def descent(self, epoch: int) -> Tensor:
        """Return -η/N of each run, (1, R), for the update that follows `epoch`.

        It is what an update adds per unit of the gradient of the *summed* squared errors.
        """
        rates = self.rates.clone()
        for place, run in enumerate(self.runs):
            if run.changes:
                rates[place] = run.rate_at(epoch)
        return -rates[None] / len(self.target)

    def part(self, which: Sequence[int]) -> "Problem":
        """Return the problem of some of the runs."""
        rows = list(which)
        runs = tuple(self.runs[i] for i in rows)
        return Problem(runs, self.rates[rows], self.feature[:, rows], self.target[:, rows])

    @staticmethod
    def join(problems: Sequence["Problem"]) -> "Problem":
        """Return the problem of all the runs of several that have the same number of rows."""
        if len(problems) == 1:
            return problems[0]
        return Problem(
            tuple(run for one in problems for run in one.runs),
            torch.cat([one.rates for one in problems]),
            torch.cat([one.feature for one in problems], dim=-1),
            torch.cat([one.target for one in problems], dim=-1),
        )


def problem(dataset: Dataset, runs: Sequence[Run], dtype: torch.dtype = torch.float32) -> Problem:
    """Lay the readings out for R runs that train side by side.

    Raises ValueError when there are no runs.
    """
    if not runs:
        raise ValueError("runs must hold at least one run")
    reduced = row_count(dataset) < len(dataset)
    exact = torch.float64 if reduced else dtype
    known, origin = (dataset.summary, dataset.summary.x_mean) if reduced else (dataset, 0.0)
    scale = torch.tensor([run.feature_scale for run in runs], dtype=exact)
    shift = torch.tensor([run.feature_shift for run in runs], dtype=exact)
    feature = (scale * (known.x.to(exact)[:, None] + (origin - shift))).to(dtype)
    target = known.y.to(dtype)[:, None].expand_as(feature).contiguous()
    rates = torch.tensor([run.learning_rate for run in runs], dtype=dtype)
    return Problem(tuple(runs), rates, feature, target)


def row_count(dataset: Dataset) -> int:
    """Return over how many rows the squared errors are summed: the readings, or three for many."""
    return len(dataset) if len(dataset) <= MAX_ROWS else 3
