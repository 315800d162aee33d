"""How the numbers of a batch lie in memory: run after run, or reading after reading.

For few runs an epoch is fastest as one small matrix product a run. For thousands it is two to
three times as fast to have the same reading of all runs side by side: the processor multiplies and
adds eight or sixteen neighbours at once.

A run's numbers are the same to the bit in both. Its prediction is a rounded product and a
rounded sum. Its gradient adds rounded products, one reading after the other: so does torch's
`bmm`, and so does its `sum` for up to `MAX_ROWS` rows, which it adds as one block, in columns that
come in whole groups of `GROUP`.
"""

from typing import Final, Protocol

import torch
from torch import Tensor

from tempfit.training.problem import Problem

MANY_NUMBERS: Final = 4096  # runs × rows from which on the second layout is the faster one
GROUP: Final = 64  # runs: four of the processor's widest vectors of float32


class Layout(Protocol):
    """Predict the targets of R runs from their params, which lie as `lay` lays them."""

    target: Tensor

    def lay(self, numbers: Tensor) -> Tensor:
        """Return a copy of k numbers of each run, (k, R), as they lie here."""

    def by_run(self, laid: Tensor) -> Tensor:
        """Return a view of numbers that lie here as (k, R)."""

    def predict(self, params: Tensor) -> Tensor:
        """Return `w·x + b` for every reading of every run, in the shape of `target`."""


class RunAfterRun:
    """Hold features (R, 2, N), above a row of ones, and targets (R, 1, N)."""

    def __init__(self, problem: Problem) -> None:
        feature = problem.feature.T
        self._features = torch.stack([feature, torch.ones_like(feature)], dim=1)
        self.target = self.lay(problem.target)

    def lay(self, numbers: Tensor) -> Tensor:
        """Lay (k, R) as (R, 1, k)."""
        return numbers.T[:, None].clone(memory_format=torch.contiguous_format)

    def by_run(self, laid: Tensor) -> Tensor:
        """View (R, 1, k) as (k, R)."""
        return laid[:, 0].T

    def predict(self, params: Tensor) -> Tensor:
        """Predict (R, 1, N) from params (R, 1, 2)."""
        return torch.bmm(params, self._features)


class ReadingAfterReading:
    """Hold features and targets, (N, P).

    The last of the R runs is repeated to fill its group: P is a multiple of `GROUP`.
    """

    def __init__(self, problem: Problem) -> None:
        self._runs = len(problem.runs)
        self._feature = self.lay(problem.feature)
        self.target = self.lay(problem.target)

    def lay(self, numbers: Tensor) -> Tensor:
        """Lay (k, R) as (k, P)."""
        repeated = numbers[:, -1:].expand(-1, -self._runs % GROUP)
        return torch.cat([numbers, repeated], dim=1)

    def by_run(self, laid: Tensor) -> Tensor:
        """View (k, P) as (k, R)."""
        return laid[:, : self._runs]

    def predict(self, params: Tensor) -> Tensor:
        """Predict (N, P) from params (2, P)."""
        w, b = params.unbind()
        return w * self._feature + b


def layout(problem: Problem) -> Layout:
    """Return the layout in which an epoch of a problem takes less time."""
    many = problem.target.numel() >= MANY_NUMBERS
    return ReadingAfterReading(problem) if many else RunAfterRun(problem)
