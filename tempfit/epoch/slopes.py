"""The gradient three ways: by autograd, by the hand-derived formula, by finite differences.

The loss is a parabola along w and along b. So a one-sided difference of width h is off by exactly
½·h·curvature, and a central one by nothing. Rounding adds to both.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tempfit.epoch.anatomy import Epoch, Params, record

Floats = NDArray[np.float64]

FLOAT32_DIGITS: Final = 7
WIDTHS: Final = (*(float(f"{m}e{power}") for power in range(-7, 0) for m in (1, 3)), 1.0)
CUT_POINTS: Final = 81


def by_hand(epoch: Epoch) -> Params:
    """Return the gradient from its formulas, 1/N Σ 2·r·x and 1/N Σ 2·r, in float32."""
    terms = 2 * epoch.residual
    return Params((terms * epoch.x).mean().item(), terms.mean().item())


def by_difference(epoch: Epoch, width: float, *, central: bool) -> Params:
    """Return the gradient from differences of the loss over `width`, in float32.

    One-sided, (L(w + h) - L(w)) / h; central, (L(w + h/2) - L(w - h/2)) / h; the same for b.
    """
    return Params(*(difference(epoch, place, width, central=central) for place in (0, 1)))


def difference(
    epoch: Epoch, place: int, width: float, *, central: bool, here: Tensor | None = None
) -> float:
    """Return the difference quotient along w (place 0) or b (1), in float32.

    `here` is the loss at the params of the epoch, if a one-sided difference need not find it.
    """
    high, low = ends(epoch, place, width, central=central, here=here)
    return float(((high - low) / width).item())


def ends(
    epoch: Epoch, place: int, width: float, *, central: bool, here: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Return the two float32 losses whose difference is taken, that of the larger param first."""
    if central:
        return _loss_off(epoch, place, width / 2), _loss_off(epoch, place, -width / 2)
    return _loss_off(epoch, place, width), here if here is not None else _loss_off(epoch, place, 0)


def _loss_off(epoch: Epoch, place: int, distance: float) -> Tensor:
    """Return the float32 loss at the params of the epoch, one of them moved by a distance."""
    params = torch.tensor(epoch.before)
    params[place] += distance
    return (params[0] * epoch.x + params[1] - epoch.y).square().mean()


@dataclass(frozen=True, slots=True)
class Parabola:
    """Describe the loss along w or b through the params of an epoch, in float64.

    `at` is the param there; `loss`, `slope` and `curvature` are the loss and its first and
    second derivative by that param, in the squared unit of y.
    """

    at: float
    loss: float
    slope: float
    curvature: float

    def height(self, at: Floats) -> Floats:
        """Return the loss where the param is `at`."""
        away = at - self.at
        return self.loss + away * (self.slope + 0.5 * self.curvature * away)

    def truncation(self, width: float) -> float:
        """Return by how much a one-sided difference is off before any rounding, ½·h·curvature."""
        return 0.5 * width * self.curvature

    def reach(self, moved: float) -> float:
        """Return how far to look on both sides to see the bottom, and where the update goes.

        It is at least so far that the loss rises by a tenth.
        """
        if self.curvature <= 0:
            return max(abs(moved), 1.0)
        bottom = abs(self.slope) / self.curvature
        tenth = math.sqrt(0.2 * self.loss / self.curvature)
        return 1.3 * max(bottom, abs(moved), tenth, 1e-3 * max(1.0, abs(self.at)))


def parabolas(epoch: Epoch) -> tuple[Parabola, Parabola]:
    """Return the cuts through the loss along w and along b, from autograd twice in float64."""
    forward = record(epoch.x.double(), epoch.y.double(), epoch.before)
    (gradient,) = torch.autograd.grad(forward.loss, forward.params, create_graph=True)
    curvature = [
        torch.autograd.grad(gradient[i], forward.params, retain_graph=True)[0][i].item()
        for i in (0, 1)
    ]
    w, b = (
        Parabola(at, forward.loss.item(), gradient[i].item(), curvature[i])
        for i, at in enumerate(epoch.before)
    )
    return w, b


def cut(parabola: Parabola, reach: float) -> tuple[Floats, Floats]:
    """Return points of the parabola to draw, the param and the loss, (`CUT_POINTS`,) each."""
    at = np.linspace(parabola.at - reach, parabola.at + reach, CUT_POINTS)
    return at, parabola.height(at)


def errors(
    epoch: Epoch, place: int, exact: float, widths: Sequence[float], *, central: bool
) -> Floats:
    """Return by how much the differences along w or b of these widths miss the exact slope."""
    here = None if central else _loss_off(epoch, place, 0.0)  # the same for all widths
    found = [difference(epoch, place, width, central=central, here=here) for width in widths]
    missed: Floats = np.abs(np.array(found) - exact)
    return missed


def digits(value: float, reference: float) -> int:
    """Return to how many significant digits two float32 numbers agree, from 0 to 7."""
    if not (math.isfinite(value) and math.isfinite(reference)):
        return 0
    size = max(abs(value), abs(reference))
    if value == reference or size == 0:
        return FLOAT32_DIGITS
    agreement = math.floor(-math.log10(abs(value - reference) / size))
    return min(max(agreement, 0), FLOAT32_DIGITS)


def cancellation(epoch: Epoch) -> Params:
    """Return how many times larger the terms of each gradient are than their mean, at least 1."""
    terms = 2 * epoch.residual.double()
    sizes = ((terms * epoch.x).abs().mean().item(), terms.abs().mean().item())
    ratios = [
        size / abs(mean) if mean else math.inf
        for size, mean in zip(sizes, epoch.gradient, strict=True)
    ]
    return Params(*(max(1.0, ratio) for ratio in ratios))
