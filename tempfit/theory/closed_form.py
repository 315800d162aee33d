"""The trajectory of gradient descent at one learning rate, from its law: nothing trains.

The mean squared error of a line is quadratic in θ = (w, b), so gradient descent has a closed
form. With the Hessian's eigenvalues λᵢ and directions vᵢ, the optimum θ* and cᵢ = vᵢ·(θ₀ - θ*),

    θₖ = θ* + Σᵢ cᵢ (1 - ηλᵢ)ᵏ vᵢ        lossₖ = best loss + ½ Σᵢ λᵢ cᵢ² (1 - ηλᵢ)²ᵏ

All of it in float64. Source: G. Goh, "Why Momentum Really Works", Distill 2017, section 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tempfit.theory.curvature import Curvature, Floats
from tempfit.training.history import History

Ints = NDArray[np.int64]
Booleans = NDArray[np.bool_]

FLOAT32_MAX: Final = float(np.finfo(np.float32).max)
NEVER: Final = 2**50 - 1
VANISHED: Final = -1000.0


@dataclass(eq=False)
class ClosedForm:
    """Hold what decides the trajectories of R runs, the runs on the leading axis.

    Made from the curvature that each run meets, its learning rate (R,) and its params at epoch 0
    (R, 2). A loss above `overflow_loss` is not finite in float32.

    `share` (R, 2) is ηλ, the share of its distance from the optimum that an update covers along
    each direction; beyond 1 it overshoots. `growth` (R, 2) is log|1 - ηλ|, and `offset` (R, 2)
    is c, the start seen from the optimum (R, 2) along the columns of `directions` (R, 2, 2).
    `energy` (R, 2) is the logarithm of ½λc². Logarithms, so that 0 times an overflow is 0 and
    not nan.
    """

    curvatures: Sequence[Curvature]
    rates: Floats
    start: Floats
    overflow_loss: float

    def __post_init__(self) -> None:
        bowls = self.curvatures
        self.eigenvalues: Floats = np.array([bowl.eigenvalues for bowl in bowls])
        self.directions: Floats = np.array([bowl.directions for bowl in bowls])
        self.optimum: Floats = np.array([(bowl.best_w, bowl.best_b) for bowl in bowls])
        self.best_loss: Floats = np.array([bowl.best_loss for bowl in bowls])
        self.converged_loss: Floats = np.array([bowl.converged_loss for bowl in bowls])
        self.share = self.rates[:, None] * self.eigenvalues
        share = self.share
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            self.offset = ((self.start - self.optimum)[:, None] @ self.directions)[:, 0]
            self.energy = np.log(0.5 * self.eigenvalues * self.offset**2)
            growth = np.log1p(np.where(share < 1, -share, share - 2))  # a tiny ηλ counts as well
        self.growth = np.maximum(growth, VANISHED)  # a factor of 0: exp gives 0 from epoch 1 on

    def energies(self, w: NDArray[np.floating], b: NDArray[np.floating]) -> Floats:
        """Return the loss above the best along each direction, (R, 2, K), for params (R, K)."""
        away = np.stack([w, b], axis=1) - self.optimum[:, :, None]
        with np.errstate(over="ignore", invalid="ignore"):
            along = self.directions.swapaxes(1, 2) @ away
            return 0.5 * self.eigenvalues[:, :, None] * along**2

    def at(self, epoch: Ints) -> History:
        """Return the snapshots at K epochs from 0 on; a loss beyond float64 is inf."""
        flips = (self.share > 1)[..., None] & (epoch % 2 == 1)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            size = np.exp(np.log(np.abs(self.offset))[..., None] + self.growth[..., None] * epoch)
            along = np.where(flips, -size, size) * np.sign(self.offset)[..., None]
            params = self.optimum[..., None] + self.directions @ along
        loss = self._loss(self._energies(epoch[:, None, None])).T
        return History(epoch, loss, params[:, 0], params[:, 1])

    @cached_property
    def convergence_epochs(self) -> list[int | None]:
        """The first epoch at which each run's loss is at or below its converged loss.

        The loss is a sum of exponentials in the epoch with positive weights, hence convex: it
        falls until it turns upward, if it does, and then rises for ever. "Converged or rising"
        is false up to some epoch and true from there, which is what bisection needs.
        """
        change = np.expm1(2 * self.growth)

        def converged_or_rising(epoch: Ints) -> Booleans:
            energies = self._energies(epoch[:, None])
            with np.errstate(over="ignore"):
                rising: Booleans = (energies * change).sum(axis=-1) > 0
            return rising | (self._loss(energies) <= self.converged_loss)

        first = self._first(converged_or_rising)
        converged = self._loss(self._energies(first[:, None])) <= self.converged_loss
        return _epochs(np.where(converged, first, NEVER))

    @cached_property
    def overflow_epochs(self) -> list[int | None]:
        """The first epoch at which each run's loss is not finite in float32.

        By bisection: a convex loss that starts below a bound crosses it once.
        """

        def overflowed(epoch: Ints) -> Booleans:
            return self._loss(self._energies(epoch[:, None])) > self.overflow_loss

        start = np.zeros(len(self.share), dtype=np.int64)
        return _epochs(np.where(overflowed(start), start, self._first(overflowed)))

    def _energies(self, epoch: Ints) -> Floats:
        """Return the loss above the best along each direction, (..., R, 2), at epochs (..., 1)."""
        with np.errstate(over="ignore"):
            return np.exp(self.energy + 2 * self.growth * epoch)

    def _loss(self, energies: Floats) -> Floats:
        """Return the loss (..., R) that energies (..., R, 2) amount to."""
        with np.errstate(over="ignore"):
            loss: Floats = self.best_loss + energies.sum(axis=-1)
        return loss

    def _first(self, reached: Callable[[Ints], Booleans]) -> Ints:
        """Return the first epoch (R,) that is `reached`, or NEVER, setting one bit at a time."""
        first = np.zeros(len(self.share), dtype=np.int64)
        for bit in reversed(range(NEVER.bit_length())):
            first += np.where(reached(first + (1 << bit) - 1), 0, 1 << bit)
        return first


def _epochs(first: Ints) -> list[int | None]:
    return [None if epoch == NEVER else epoch for epoch in first.tolist()]
