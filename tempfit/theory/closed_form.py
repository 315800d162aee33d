"""What the law says before anything trains: curvature, stability limit, optimum, trajectory.

The mean squared error of a line is quadratic in θ = (w, b), so gradient descent has a closed
form. With the Hessian's eigenvalues λᵢ and directions vᵢ, the optimum θ* and cᵢ = vᵢ·(θ₀ - θ*),

    θₖ = θ* + Σᵢ cᵢ (1 - ηλᵢ)ᵏ vᵢ        lossₖ = best loss + ½ Σᵢ λᵢ cᵢ² (1 - ηλᵢ)²ᵏ

All of it in float64. Source: G. Goh, "Why Momentum Really Works", Distill 2017, section 1.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.training.experiment import FEATURE_SHIFT, Run
from tempfit.training.loop import History, Problem, problem, row_count

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Booleans = NDArray[np.bool_]

AT_LIMIT: Final = 1e-6  # nearer to the limit than this, float32 cannot tell a rate from it
CONVERGED_WITHIN: Final = 0.01
PERFECT_FIT: Final = 1e-6
FLOAT32_MAX: Final = float(np.finfo(np.float32).max)
NEVER: Final = 2**50 - 1
VANISHED: Final = -1000.0


@dataclass(frozen=True, slots=True, eq=False)
class Curvature:
    """Describe the bowl that the loss is over (w, b) of the scaled feature, in float64.

    `hessian` (2, 2) and `eigenvalues` (2,), ascending, are in y units squared per unit of (w, b)
    squared; `directions[:, i]` is the unit vector in (w, b) that belongs to `eigenvalues[i]`.
    `best_w`, `best_b` is the optimum, of several the one nearest to (0, 0), and `best_loss` the
    loss there; at or below `converged_loss` a run counts as converged. Losses are in the squared
    unit of y.
    """

    hessian: Floats
    eigenvalues: Floats
    directions: Floats
    best_w: float
    best_b: float
    best_loss: float
    converged_loss: float

    @property
    def max_stable_learning_rate(self) -> float:
        """The learning rate 2/λmax, below which the loss never rises; at most 1, as λmax ≥ 2."""
        return float(2 / self.eigenvalues[1])

    @property
    def condition_number(self) -> float:
        """How much more the loss curves across its valley than along it, λmax/λmin, or inf."""
        return float(self.eigenvalues[1] / self.eigenvalues[0]) if self.unique_optimum else np.inf

    @property
    def unique_optimum(self) -> bool:
        """Whether one line alone fits best; not so where all x are equal."""
        return bool(self.eigenvalues[0] > 0)


def curvature(
    dataset: Dataset, feature_scale: float = 0.1, feature_shift: float = 0.0
) -> Curvature:
    """Return the curvature of the loss over the feature `feature_scale · (x - feature_shift)`.

    Raises ValueError naming the field, the value and the accepted range.
    """
    return curvatures(dataset, [Run(1.0, feature_scale, feature_shift)])[0]


def curvatures(dataset: Dataset, runs: Sequence[Run]) -> list[Curvature]:
    """Return the curvature that each run meets, computed once for each distinct feature."""
    by_feature = {(run.feature_scale, run.feature_shift): run for run in runs}
    found = dict(zip(by_feature, _curvatures(dataset, list(by_feature.values())), strict=True))
    return [found[run.feature_scale, run.feature_shift] for run in runs]


def _curvatures(dataset: Dataset, runs: Sequence[Run]) -> list[Curvature]:
    """Return the curvature that each run meets, all from one batch.

    The small eigenvalue and the optimum come from the same loss over the *centred* feature:
    there the Hessian is diagonal, so that one Newton step, from the level line through the mean,
    is exact, and its determinant is the same. From the Hessian itself, x in the millions would
    leave neither a correct digit. As x is float32, its mean in float64 is exact enough for λmin
    to be 0 if and only if all x are equal: two different x are 6e-8 of their size apart, and
    1e-16 is the rounding.
    """
    middle = FEATURE_SHIFT.nearest(dataset.summary.x_mean)
    centred = problem(dataset, [Run(1.0, run.feature_scale, middle) for run in runs], torch.float64)
    level = np.array([[0.0, dataset.summary.y_mean]] * len(runs))
    gradient, bowl = _second_order(centred, level)
    _, hessian = _second_order(problem(dataset, runs, torch.float64), level)

    diagonal = bowl.diagonal(axis1=1, axis2=2)
    step = np.divide(-gradient, diagonal, out=np.zeros_like(gradient), where=diagonal > 0)
    optimum = level + step
    best_loss = centred.loss(torch.tensor(optimum)[:, None]).numpy()
    offset = np.array([run.feature_scale * (middle - run.feature_shift) for run in runs])
    optimum[:, 1] -= optimum[:, 0] * offset

    eigenvalues, directions = np.linalg.eigh(hessian)
    largest, steepest = eigenvalues[:, 1], directions[:, :, 1]
    eigenvalues[:, 0] = np.minimum(diagonal.prod(axis=1) / largest, largest)
    nearest = steepest * (steepest * optimum).sum(axis=1, keepdims=True)
    optimum = np.where(eigenvalues[:, :1] > 0, optimum, nearest)

    tolerance = np.maximum(CONVERGED_WITHIN * best_loss, _perfect_fit_loss(dataset))
    return [
        Curvature(
            hessian=hessian[i],
            eigenvalues=eigenvalues[i],
            directions=directions[i],
            best_w=float(optimum[i, 0]),
            best_b=float(optimum[i, 1]),
            best_loss=float(best_loss[i]),
            converged_loss=float(best_loss[i] + tolerance[i]),
        )
        for i in range(len(runs))
    ]


def _second_order(problem: Problem, at: Floats) -> tuple[Floats, Floats]:
    """Return the gradient (R, 2) and the Hessian (R, 2, 2) of each run's loss, at params (R, 2).

    Autograd twice over the loss that trains, summed over the runs: no run's loss depends on
    another's params, so two backward passes of its gradient serve all. `torch.func.hessian`
    gives the same numbers in ten times the time, after seconds of importing.
    """
    params = torch.tensor(at[:, None], requires_grad=True)
    (gradient,) = torch.autograd.grad(problem.loss(params).sum(), params, create_graph=True)
    rows = [
        torch.autograd.grad(gradient[:, 0, i].sum(), params, retain_graph=True)[0] for i in (0, 1)
    ]
    return gradient[:, 0].detach().numpy(), torch.cat(rows, dim=1).numpy()


def _perfect_fit_loss(dataset: Dataset) -> float:
    """Return the loss above the best at which a fit counts as perfect.

    1 % of a best loss of zero would never be reached. A millionth of the variance of y stands
    in for it; where y is constant, of its mean square.
    """
    found = dataset.summary
    return PERFECT_FIT * (found.y_variance or found.y_square)


@dataclass(frozen=True, slots=True, eq=False)
class ClosedForm:
    """Hold what decides the trajectories of R runs, the runs on the leading axis.

    `step` (R, 2) is ηλ, `growth` (R, 2) is log|1 - ηλ|, and `offset` (R, 2) is c, the start seen
    from the optimum (R, 2) along the columns of `directions` (R, 2, 2). `energy` (R, 2) is the
    logarithm of ½λc². Logarithms, so that 0 times an overflow is 0 and not nan. A loss above
    `overflow_loss` is not finite in float32: the squared errors are summed before the mean.
    """

    runs: Sequence[Run]
    curvatures: Sequence[Curvature]
    eigenvalues: Floats
    directions: Floats
    optimum: Floats
    best_loss: Floats
    converged_loss: Floats
    overflow_loss: float
    step: Floats
    growth: Floats
    offset: Floats
    energy: Floats

    def energies(self, w: NDArray[np.floating], b: NDArray[np.floating]) -> Floats:
        """Return the loss above the best along each direction, (R, 2, K), for params (R, K)."""
        away = np.stack([w, b], axis=1) - self.optimum[:, :, None]
        with np.errstate(over="ignore", invalid="ignore"):
            along = self.directions.swapaxes(1, 2) @ away
            return 0.5 * self.eigenvalues[:, :, None] * along**2

    def at(self, epochs: Sequence[int] | Ints) -> History:
        """Return the snapshots at K epochs; a loss beyond float64 is inf."""
        epoch = np.array(epochs, dtype=np.int64)
        if epoch.ndim != 1 or (epoch < 0).any():
            raise ValueError("epochs must be a sequence of whole numbers from 0 on")
        flips = (self.step > 1)[..., None] & (epoch % 2 == 1)
        with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
            size = np.exp(np.log(np.abs(self.offset))[..., None] + self.growth[..., None] * epoch)
            along = np.where(flips, -size, size) * np.sign(self.offset)[..., None]
            params = self.optimum[..., None] + self.directions @ along
        loss = self._loss(self._energies(epoch[:, None, None])).T
        return History(epoch, loss, params[:, 0], params[:, 1])

    def convergence_epochs(self) -> list[int | None]:
        """Return the first epoch at which each run's loss is at or below its converged loss.

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

    def overflow_epochs(self) -> list[int | None]:
        """Return the first epoch at which each run's loss is not finite in float32.

        By bisection: a convex loss that starts below a bound crosses it once.
        """

        def overflowed(epoch: Ints) -> Booleans:
            return self._loss(self._energies(epoch[:, None])) > self.overflow_loss

        start = np.zeros(len(self.step), dtype=np.int64)
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
        first = np.zeros(len(self.step), dtype=np.int64)
        for bit in reversed(range(NEVER.bit_length())):
            first += np.where(reached(first + (1 << bit) - 1), 0, 1 << bit)
        return first


def _epochs(first: Ints) -> list[int | None]:
    return [None if epoch == NEVER else epoch for epoch in first.tolist()]


def closed_form(dataset: Dataset, runs: Sequence[Run]) -> ClosedForm:
    """Return the closed form of R runs, which may differ in everything.

    Raises ValueError when there are no runs.
    """
    if not runs:
        raise ValueError("runs must hold at least one run")
    found = curvatures(dataset, runs)
    eigenvalues = np.array([bowl.eigenvalues for bowl in found])
    directions = np.array([bowl.directions for bowl in found])
    optimum = np.array([(bowl.best_w, bowl.best_b) for bowl in found])
    away = np.array([run.start for run in runs]) - optimum
    offset = (away[:, None] @ directions)[:, 0]
    step = np.array([[run.learning_rate] for run in runs]) * eigenvalues
    with np.errstate(divide="ignore"):
        energy = np.log(0.5 * eigenvalues * offset**2)
        growth = np.log1p(np.where(step < 1, -step, step - 2))  # a tiny ηλ counts as well
    return ClosedForm(
        runs=runs,
        curvatures=found,
        eigenvalues=eigenvalues,
        directions=directions,
        optimum=optimum,
        best_loss=np.array([bowl.best_loss for bowl in found]),
        converged_loss=np.array([bowl.converged_loss for bowl in found]),
        overflow_loss=FLOAT32_MAX / row_count(dataset),
        step=step,
        growth=np.maximum(growth, VANISHED),  # a factor of 0: exp gives 0 from epoch 1 on
        offset=offset,
        energy=energy,
    )


def forecast(dataset: Dataset, runs: Sequence[Run], epochs: Sequence[int] | Ints) -> History:
    """Return what training would record at the given epochs, from the closed form, in float64.

    Nothing trains, and the cost does not depend on how large the epochs are. A loss beyond
    float64 is inf. Raises ValueError unless there are runs and all epochs are from 0 on.
    """
    return closed_form(dataset, runs).at(epochs)


def convergence_epoch(dataset: Dataset, run: Run) -> int | None:
    """Return the first epoch within 1 % of the best loss; None if there is none below 2⁵⁰."""
    return closed_form(dataset, [run]).convergence_epochs()[0]


def overflow_epoch(dataset: Dataset, run: Run) -> int | None:
    """Return the first epoch whose loss float32 cannot hold; None if there is none below 2⁵⁰."""
    return closed_form(dataset, [run]).overflow_epochs()[0]
