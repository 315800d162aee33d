"""Readings laid out for runs that train side by side, the runs on the leading axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.training.experiment import Run

MAX_ROWS: Final = 64
BLOCK_NUMBERS: Final = 2**16  # of the predictions in one go of `losses`: what a cache holds


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Hold what R runs are trained on: tensors with the runs on the leading axis.

    `features` (R, 2, N) is the scaled feature above a row of ones, so that `params @ features`
    is `w·x + b`; `target` is (R, 1, N). More than `MAX_ROWS` readings are laid out as the three
    of their `Summary`, which have the same loss for every line; the ones are their weights.
    """

    runs: tuple[Run, ...]
    features: Tensor
    target: Tensor

    def predict(self, params: Tensor) -> Tensor:
        """Return `w·x + b`, (R, 1, N), for params (R, 1, 2)."""
        return torch.bmm(params, self.features)

    def loss(self, params: Tensor) -> Tensor:
        """Return the mean squared error of each run, (..., R), for params (..., R, 1, 2).

        The prediction is that of `predict` to the bit, but needs no copy of the features for
        each of many epochs.
        """
        x, ones = torch.split(self.features, 1, dim=1)
        w, b = torch.split(params, 1, dim=-1)
        residual: Tensor = w * x + b * ones - self.target
        return residual.square().mean(dim=(-2, -1))

    def losses(self, path: Tensor) -> Tensor:
        """Return the loss of each run at each of E epochs, (E, R), for params (E, R, 1, 2)."""
        block = max(1, BLOCK_NUMBERS // self.target.numel())
        return torch.cat([self.loss(part) for part in torch.split(path, block)])

    def descent(self, epoch: int) -> Tensor:
        """Return -η/N of each run, (R, 1, 1), for the update that follows `epoch`.

        It is what an update adds per unit of the gradient of the *summed* squared errors.
        """
        rates = [run.rate_at(epoch) for run in self.runs]
        rows = self.target.shape[-1]
        return -torch.tensor(rates, dtype=self.target.dtype).reshape(-1, 1, 1) / rows

    def part(self, which: Sequence[int]) -> "Problem":
        """Return the problem of some of the runs."""
        rows = list(which)
        return Problem(tuple(self.runs[i] for i in rows), self.features[rows], self.target[rows])

    @staticmethod
    def join(problems: Sequence["Problem"]) -> "Problem":
        """Return the problem of all the runs of several that have the same number of rows."""
        if len(problems) == 1:
            return problems[0]
        return Problem(
            tuple(run for one in problems for run in one.runs),
            torch.cat([one.features for one in problems]),
            torch.cat([one.target for one in problems]),
        )


def problem(dataset: Dataset, runs: Sequence[Run], dtype: torch.dtype = torch.float32) -> Problem:
    """Lay the readings out for R runs that train side by side.

    Raises ValueError when there are no runs.
    """
    if not runs:
        raise ValueError("runs must hold at least one run")
    reduced = row_count(dataset) < len(dataset)
    exact = torch.float64 if reduced else dtype
    scale = torch.tensor([run.feature_scale for run in runs], dtype=exact).reshape(-1, 1)
    shift = torch.tensor([run.feature_shift for run in runs], dtype=exact).reshape(-1, 1)
    if reduced:
        x, ones, y = dataset.summary.rows
        x = scale * (x + (dataset.summary.x_mean - shift) * ones)
    else:
        x, y = scale * (dataset.x.to(dtype) - shift), dataset.y
        ones = torch.ones_like(x)
    features = torch.stack([x, ones.expand_as(x)], dim=1).to(dtype)
    target = y.to(dtype).expand_as(x).contiguous()[:, None]
    return Problem(tuple(runs), features, target)


def row_count(dataset: Dataset) -> int:
    """Return over how many rows the squared errors are summed: the readings, or three for many."""
    return len(dataset) if len(dataset) <= MAX_ROWS else 3
