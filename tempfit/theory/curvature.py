"""The bowl that the loss is over (w, b): its curvature, stability limit and optimum, in float64."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.training.experiment import FEATURE_SHIFT, Run
from tempfit.training.problem import Problem, problem

Floats = NDArray[np.float64]

CONVERGED_WITHIN: Final = 0.01
PERFECT_FIT: Final = 1e-6


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
    best_loss = centred.losses(torch.tensor(optimum.T)[None])[0].numpy()
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
    params = torch.tensor(at.T, requires_grad=True)
    loss = problem.losses(params[None]).sum()
    (gradient,) = torch.autograd.grad(loss, params, create_graph=True)
    rows = [torch.autograd.grad(row.sum(), params, retain_graph=True)[0] for row in gradient]
    return gradient.detach().T.numpy(), torch.stack(rows).permute(2, 0, 1).numpy()


def _perfect_fit_loss(dataset: Dataset) -> float:
    """Return the loss above the best at which a fit counts as perfect.

    1 % of a best loss of zero would never be reached. A millionth of the variance of y stands
    in for it; where y is constant, of its mean square.
    """
    found = dataset.summary
    return PERFECT_FIT * (found.y_variance or found.y_square)
