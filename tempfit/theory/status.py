"""How a run stands at each snapshot: one of six words, each decided by an inequality."""

from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tempfit.numbers import AT_LIMIT
from tempfit.theory.closed_form import ClosedForm
from tempfit.theory.curvature import Curvature
from tempfit.theory.law import Law, Phase
from tempfit.training.history import History

ROSE: Final = 1e-4
OVERSHOT: Final = 0.01
STALL: Final = 0.01
STALL_EPOCHS: Final = 50


class Status(StrEnum):
    """How a run stands at snapshot k, decided from the snapshots up to k and the curvature.

    Here e is the loss above the best along one direction of the Hessian, ½λc², with c the
    distance of the recorded (w, b) from the optimum, and E the sum over both. The first of
    these that holds is the status, and no comparison with nan or inf holds by accident:

    1. OVERFLOWED: the loss is not finite.
    2. DESCENDING, at epoch 0.
    3. CONVERGED: loss ≤ 1.01 · best loss, or ≤ best loss + 1e-6 · variance of y, which counts
       as a perfect fit (where y is constant, + 1e-6 · mean of y²).
    4. DIVERGING: loss > 1.0001 · the least loss recorded so far, and learning rate >
       1.000001 · the largest stable one. The loss is convex in the epoch, so that once it has
       risen it rises for ever; below the limit a rise is float32 rounding.
    5. OSCILLATING: Σ e over the directions with learning rate · λ > 1 is ≥ 0.01 · E, and E > 0.
       Such a direction is overshot in each epoch: a hundredth of the loss above the best, or
       more, jumps from side to side.
    6. STALLED: epoch ≥ 50 and E falls by less than 1 % while the number of epochs doubles, at
       the mean pace since the last snapshot h at or before half the epoch:
       (1 - E(k)/E(h)) · (k/2)/(k - h) < 0.01.
    7. DESCENDING: none of these; the loss falls.
    """

    DESCENDING = "descending"
    CONVERGED = "converged"
    OSCILLATING = "oscillating"
    STALLED = "stalled"
    DIVERGING = "diverging"
    OVERFLOWED = "overflowed"


STATUSES: Final = tuple(Status)
CODE: Final = {status: code for code, status in enumerate(STATUSES)}


def statuses(law: Law, history: History) -> NDArray[np.uint8]:
    """Return the status of R runs at each of K snapshots, (R, K), as indices of `list(Status)`.

    `law` is that of the same runs, in the same order. From a change of its learning rate on a
    run is seen as one that begins there.
    """
    codes = np.empty(history.loss.shape, dtype=np.uint8)
    for phase in law.phases:
        later = history.epoch >= phase.first
        if later.any():
            seen = since(history, phase).of_runs(phase.runs)
            codes[np.ix_(np.array(phase.runs), later)] = _statuses(phase.form, seen)
    return codes


def since(history: History, phase: Phase) -> History:
    """Return the snapshots from the beginning of a phase on, their epochs counted from there."""
    part = history.part(history.epoch >= phase.first)
    return replace(part, epoch=part.epoch - phase.first)


def _statuses(form: ClosedForm, history: History) -> NDArray[np.uint8]:
    """Return the statuses of runs whose rate stays as it is.

    The inequalities of `Status` are applied in the order of their precedence.
    """
    epoch, loss = history.epoch, history.loss
    unstable = np.array(
        [side(rate, bowl) > 0 for rate, bowl in zip(form.rates, form.curvatures, strict=True)]
    )
    half = np.searchsorted(epoch, epoch // 2, side="right") - 1
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        energies = form.energies(history.w, history.b)
        excess = energies.sum(axis=1)
        overshooting = (energies * (form.share > 1)[:, :, None]).sum(axis=1)
        rose = loss > (1 + ROSE) * np.fmin.accumulate(loss, axis=1)
        fell = (1 - excess / excess[:, half]) * (epoch / 2 / (epoch - epoch[half]))
        conditions = {
            Status.OVERFLOWED: ~np.isfinite(loss),
            Status.DESCENDING: np.broadcast_to(epoch == 0, loss.shape),
            Status.CONVERGED: loss <= form.converged_loss[:, None],
            Status.DIVERGING: rose & unstable[:, None],
            Status.OSCILLATING: (overshooting >= OVERSHOT * excess) & (excess > 0),
            Status.STALLED: (fell < STALL) & (epoch >= STALL_EPOCHS),
        }
    codes = [np.uint8(CODE[status]) for status in conditions]
    return np.select(list(conditions.values()), codes, default=np.uint8(CODE[Status.DESCENDING]))


def side(rate: float, bowl: Curvature) -> int:
    """Return 1 above the largest stable learning rate, -1 below, 0 within float32 rounding."""
    beyond = rate / bowl.max_stable_learning_rate - 1
    return 0 if abs(beyond) <= AT_LIMIT else 1 if beyond > 0 else -1
