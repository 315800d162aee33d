"""Inside one epoch: every number from the readings to the loss after the update.

Epoch e is the update that leads from snapshot e - 1 to snapshot e. The loss printed for it is
the one before the update. The operations are those of the exported script, in float32, so the
numbers are the script's own.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.training.experiment import Run


class Params(NamedTuple):
    """A value for w and one for b: params, or the gradient with respect to them."""

    w: float
    b: float

    @property
    def finite(self) -> bool:
        """Whether both are finite."""
        return math.isfinite(self.w) and math.isfinite(self.b)


@dataclass(frozen=True, slots=True, eq=False)
class Forward:
    """Hold the forward pass of one epoch: tensors that autograd has recorded.

    `params` (2,) is the leaf, and `w` and `b` are its two elements. The loss is a scalar, and the
    others are (N,). `scaled` is `w * x`, which has no name in the script.
    """

    x: Tensor
    y: Tensor
    params: Tensor
    w: Tensor
    b: Tensor
    scaled: Tensor
    prediction: Tensor
    residual: Tensor
    squared: Tensor
    loss: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Epoch:
    """Hold the numbers of epoch `number` of a run, as torch computed them in float32.

    The tensors are (N,); `before` and `after` are the params on both sides of the update,
    `loss` and `loss_after` the losses there, in the squared unit of y. After an overflow they
    are inf or nan.
    """

    number: int
    run: Run
    readings: Tensor
    x: Tensor
    y: Tensor
    prediction: Tensor
    residual: Tensor
    squared: Tensor
    before: Params
    loss: float
    gradient: Params
    after: Params
    squared_after: Tensor
    loss_after: float

    @property
    def rate(self) -> float:
        """The learning rate of the update."""
        return self.run.rate_at(self.number - 1)

    @property
    def finite(self) -> bool:
        """Whether float32 holds the loss and the gradient of this epoch."""
        return math.isfinite(self.loss) and self.gradient.finite


def feature(dataset: Dataset, run: Run) -> Tensor:
    """Return the feature that the run trains on, (N,)."""
    return run.feature_scale * (dataset.x - run.feature_shift)


def record(x: Tensor, y: Tensor, start: Params) -> Forward:
    """Run the forward pass from params that require a gradient, with autograd recording."""
    params = torch.tensor(start, dtype=x.dtype, requires_grad=True)
    w, b = params
    scaled = w * x
    prediction = scaled + b
    residual = prediction - y
    squared = residual**2
    loss = squared.mean()
    return Forward(x, y, params, w, b, scaled, prediction, residual, squared, loss)


def one_epoch(dataset: Dataset, run: Run, number: int, start: Params) -> Epoch:
    """Make update `number` of a run from the params before it, and keep every number."""
    x = feature(dataset, run)
    forward = record(x, dataset.y, start)
    forward.loss.backward()  # type: ignore[no-untyped-call]
    params, gradient = forward.params, forward.params.grad
    assert gradient is not None, "backward has just put it there"
    with torch.no_grad():
        params -= run.rate_at(number - 1) * gradient
    after = Params(*params.tolist())
    ahead = record(x, dataset.y, after)
    return Epoch(
        number=number,
        run=run,
        readings=dataset.x,
        x=x,
        y=dataset.y,
        prediction=forward.prediction.detach(),
        residual=forward.residual.detach(),
        squared=forward.squared.detach(),
        before=start,
        loss=forward.loss.item(),
        gradient=Params(*gradient.tolist()),
        after=after,
        squared_after=ahead.squared.detach(),
        loss_after=ahead.loss.item(),
    )
