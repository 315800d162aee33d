"""The experiments of "Deep Learning with PyTorch", chapter 5, against the numbers printed there.

A line printed as "Epoch e" holds the loss and the gradient before update e, those of snapshot
e - 1, and the params after it. Losses agree to 5e-6 from one build of PyTorch to another, params
and gradients to the digits printed.
"""

from functools import cache
from math import inf
from typing import NamedTuple

import pytest
import torch

from tempfit.data.dataset import thermometer
from tempfit.training.experiment import Run
from tempfit.training.history import State
from tempfit.training.layout import layout
from tempfit.training.loop import fit
from tempfit.training.problem import problem
from tests.advancing import advance, begin, snapshot

DIVERGES = Run(1e-2, feature_scale=1.0)
STALLS = Run(1e-4, feature_scale=1.0)
CONVERGES = Run(1e-2, feature_scale=0.1)


class Line(NamedTuple):
    """One printed line: epoch, loss, params and gradient with respect to (w, b)."""

    epoch: int
    loss: float
    params: tuple[float, float]
    gradient: tuple[float, float]


PRINTED = {
    DIVERGES: [
        Line(1, 1763.884644, (-44.1730, -0.8260), (4517.2969, 82.6000)),
        Line(2, 5802485.5, (2568.4014, 45.1637), (-261257.4219, -4598.9712)),
        Line(3, 19408035840.0, (-148527.7344, -2616.3933), (15109614.0, 266155.7188)),
        Line(10, 9.0901154706620645e34, (3.2144e17, 5.6621e15), (-3.2700e19, -5.7600e17)),
        Line(11, inf, (-1.8590e19, -3.2746e17), (1.8912e21, 3.3313e19)),
    ],
    STALLS: [
        Line(1, 1763.884644, (0.5483, -0.0083), (4517.2969, 82.6000)),
        Line(2, 323.090546, (0.3623, -0.0118), (1859.5493, 35.7843)),
        Line(3, 78.929634, (0.2858, -0.0135), (765.4667, 16.5122)),
        Line(10, 29.105242, (0.2324, -0.0166), (1.4803, 3.0544)),
        Line(11, 29.104168, (0.2323, -0.0169), (0.5781, 3.0384)),
        Line(99, 29.023582, (0.2327, -0.0435), (-0.0533, 3.0226)),
        Line(100, 29.022669, (0.2327, -0.0438), (-0.0532, 3.0226)),
    ],
    CONVERGES: [
        Line(1, 80.364342, (1.7761, 0.1064), (-77.6140, -10.6400)),
        Line(2, 37.574917, (2.0848, 0.1303), (-30.8623, -2.3864)),
        Line(3, 30.871077, (2.2094, 0.1217), (-12.4631, 0.8587)),
        Line(10, 29.030487, (2.3232, -0.0710), (-0.5355, 2.9295)),
        Line(11, 28.941875, (2.3284, -0.1003), (-0.5240, 2.9264)),
        Line(99, 22.214186, (2.7508, -2.4910), (-0.4453, 2.5208)),
        Line(100, 22.148710, (2.7553, -2.5162), (-0.4446, 2.5165)),
    ],
}
LINES = [(run, line) for run, lines in PRINTED.items() for line in lines]

# The three loops of the book print these losses for one and the same experiment.
BY_HAND = {1: 80.364342, 2: 37.574917, 3: 30.871077, 10: 29.030487, 11: 28.941875}
BY_HAND |= {99: 22.214186, 100: 22.148710, 4000: 2.927680, 5000: 2.927648}
BY_AUTOGRAD = {500: 7.860116, 1000: 3.828538, 1500: 3.092191, 2000: 2.957697, 2500: 2.933134}
BY_AUTOGRAD |= {3000: 2.928648, 3500: 2.927830, 4000: 2.927679, 4500: 2.927652, 5000: 2.927647}
BY_SGD = {500: 7.860118, 1000: 3.828538, 1500: 3.092191, 2000: 2.957697, 2500: 2.933134}
BY_SGD |= {3000: 2.928648, 3500: 2.927830, 4000: 2.927680, 4500: 2.927651, 5000: 2.927648}
LOSSES = [line for loop in (BY_HAND, BY_AUTOGRAD, BY_SGD) for line in loop.items()]


@cache
def after(run: Run, updates: int) -> State:
    """Return the state of the run after so many updates, trained on from an earlier one."""
    earlier = [stop for stop in (100, *range(500, 5000, 500)) if stop < updates]
    state = after(run, earlier[-1]) if earlier else begin(thermometer(), [run])[0]
    return advance(thermometer(), [run], state, 5000, updates)[0]


def loss(run: Run, updates: int) -> float:
    return float(snapshot(thermometer(), [run], after(run, updates)).loss.item())


def gradient(run: Run, updates: int) -> list[float]:
    state = after(run, updates)
    params = torch.tensor([[state.w, state.b]]).requires_grad_()
    (by_autograd,) = torch.autograd.grad(problem(thermometer(), [run]).losses(params), params)
    return by_autograd.flatten().tolist()


@pytest.mark.parametrize(("run", "line"), LINES)
def test_loss_params_and_gradient_are_those_printed(run: Run, line: Line) -> None:
    assert loss(run, line.epoch - 1) == pytest.approx(line.loss, rel=5e-6)
    state = after(run, line.epoch)
    assert (*state.w, *state.b) == pytest.approx(line.params, rel=5e-5, abs=2e-4)
    assert gradient(run, line.epoch - 1) == pytest.approx(line.gradient, rel=5e-5, abs=2e-4)


@pytest.mark.parametrize(("epoch", "printed"), LOSSES)
def test_loss_on_the_scaled_feature_is_that_printed(epoch: int, printed: float) -> None:
    assert loss(CONVERGES, epoch - 1) == pytest.approx(printed, rel=5e-6)


@pytest.mark.parametrize(
    ("run", "epochs", "params"),
    [
        (Run(1e-5, feature_scale=1.0), 1, (9.5483e-01, -8.2600e-04)),
        (CONVERGES, 1, (1.7761, 0.1064)),
        (CONVERGES, 100, (2.7553, -2.5162)),
        (STALLS, 100, (0.2327, -0.0438)),
        (CONVERGES, 5000, (5.3671, -17.3012)),
    ],
)
def test_params_in_the_end_are_those_returned(
    run: Run, epochs: int, params: tuple[float, float]
) -> None:
    history = fit(thermometer(), [run], epochs)
    assert (history.w[0, -1], history.b[0, -1]) == pytest.approx(params, abs=2e-4)


def test_the_first_prediction_is_the_reading_itself() -> None:
    setup = problem(thermometer(), [DIVERGES])
    start = torch.tensor([[1.0], [0.0]])
    laid_out = layout(setup)
    assert torch.equal(laid_out.predict(laid_out.lay(start)).flatten(), thermometer().x)
    assert setup.losses(start[None]).item() == pytest.approx(1763.8846, rel=5e-6)


@pytest.mark.parametrize(("dtype", "printed"), [(torch.float32, 11), (torch.float64, 88)])
def test_the_raw_feature_overflows_at_the_epoch_printed(dtype: torch.dtype, printed: int) -> None:
    state, _ = begin(thermometer(), [DIVERGES], dtype)
    _, history = advance(thermometer(), [DIVERGES], state, 100, 100, dtype)
    infinite = history.epoch[history.loss[0] == inf]
    assert infinite[0] == printed - 1
