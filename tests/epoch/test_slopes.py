"""Three ways to a slope: they agree as far as float32 and the difference let them."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given

from tempfit.data.dataset import Dataset, thermometer
from tempfit.epoch import slopes
from tempfit.epoch.anatomy import Epoch, Params, one_epoch
from tempfit.epoch.slopes import WIDTHS
from tempfit.theory.curvature import curvature
from tempfit.training.experiment import Run
from tests.strategies import datasets, runs

EPOCH = one_epoch(thermometer(), Run(1e-2), 1, Params(1.0, 0.0))


def scale(epoch: Epoch) -> Params:
    """Return the size of the terms that each slope is the mean of."""
    terms = 2 * epoch.residual
    return Params((terms * epoch.x).abs().mean().item(), terms.abs().mean().item())


@given(datasets(), runs(-4, -1))
def test_the_hand_derived_slopes_are_those_of_autograd(dataset: Dataset, run: Run) -> None:
    epoch = one_epoch(dataset, run, 1, Params(*run.start))
    for found, slope, size in zip(slopes.by_hand(epoch), epoch.gradient, scale(epoch), strict=True):
        assert found == pytest.approx(slope, abs=1e-6 * size)


@given(datasets(), runs(-4, -1))
def test_the_cuts_are_the_loss(dataset: Dataset, run: Run) -> None:
    epoch = one_epoch(dataset, run, 1, Params(*run.start))
    bowl = curvature(dataset, run.feature_scale, run.feature_shift)
    x, y = epoch.x.double().numpy(), dataset.y.double().numpy()
    for place, parabola in enumerate(slopes.parabolas(epoch)):
        assert parabola.curvature == pytest.approx(bowl.hessian[place, place], rel=1e-5, abs=1e-9)
        away = np.array([-2.0, 0.5, 3.0])
        w, b = (np.full(3, value) for value in epoch.before)
        (w, b)[place].__iadd__(away)
        loss = np.square(w[:, None] * x + b[:, None] - y).mean(axis=1)
        np.testing.assert_allclose(parabola.height(parabola.at + away), loss, rtol=1e-9, atol=1e-9)


def exact_difference(place: int, width: float, *, central: bool) -> float:
    """Return the difference quotient with so many digits that nothing is rounded away."""
    parabola = slopes.parabolas(EPOCH)[place]
    low, high = (-width / 2, width / 2) if central else (0.0, width)
    ends = parabola.height(parabola.at + np.array([high, low]))
    return float(ends[0] - ends[1]) / width


@pytest.mark.parametrize("place", [0, 1])
@pytest.mark.parametrize("width", [0.01, 0.1, 1.0])
def test_without_rounding_only_the_one_sided_difference_is_off_and_by_its_truncation(
    place: int, width: float
) -> None:
    parabola = slopes.parabolas(EPOCH)[place]
    one_sided = exact_difference(place, width, central=False)
    assert one_sided - parabola.slope == pytest.approx(parabola.truncation(width), rel=1e-9)
    central = exact_difference(place, width, central=True)
    assert central == pytest.approx(parabola.slope, rel=1e-9)


def test_both_errors_of_a_difference_can_be_seen() -> None:
    exact = slopes.parabolas(EPOCH)[0].slope
    one_sided = slopes.errors(EPOCH, 0, exact, WIDTHS, central=False)
    central = slopes.errors(EPOCH, 0, exact, WIDTHS, central=True)
    best = int(one_sided.argmin())
    assert 0 < best < len(WIDTHS) - 1
    assert one_sided[0] > 100 * one_sided[best]  # rounding
    assert one_sided[-1] > 100 * one_sided[best]  # truncation
    assert central[-1] < 1e-4 * central[0]  # rounding alone
    np.testing.assert_allclose(
        one_sided[-5:], [slopes.parabolas(EPOCH)[0].truncation(h) for h in WIDTHS[-5:]], rtol=1e-2
    )


def test_a_difference_is_that_of_two_float32_losses() -> None:
    high, low = slopes.ends(EPOCH, 0, 0.1, central=False)
    assert low.item() == EPOCH.loss
    ahead = torch.tensor(1.0) + 0.1
    assert high.item() == (ahead * EPOCH.x - EPOCH.y).square().mean().item()
    found = slopes.by_difference(EPOCH, 0.1, central=False)
    assert found.w == ((high - low) / 0.1).item()
    assert found.b == slopes.difference(EPOCH, 1, 0.1, central=False)


@pytest.mark.parametrize(
    ("value", "reference", "digits"),
    [
        (-77.61404, -77.61404, 7),
        (-77.61403, -77.61404, 6),
        (-74.67, -77.61, 1),
        (0.0, 0.0, 7),
        (1.0, -1.0, 0),
        (math.inf, 1.0, 0),
        (math.nan, math.nan, 0),
    ],
)
def test_agreement_is_counted_in_digits(value: float, reference: float, digits: int) -> None:
    assert slopes.digits(value, reference) == digits


def test_near_the_best_line_the_terms_are_far_larger_than_the_slope() -> None:
    bowl = curvature(thermometer())
    best = Params(float(np.float32(bowl.best_w)), float(np.float32(bowl.best_b)))
    assert slopes.cancellation(one_epoch(thermometer(), Run(1e-2), 1, best)).w > 1000
    assert slopes.cancellation(EPOCH).w < 2


def test_a_cut_shows_the_present_point_the_bottom_and_the_update() -> None:
    for parabola, before, after in zip(
        slopes.parabolas(EPOCH), EPOCH.before, EPOCH.after, strict=True
    ):
        at, loss = slopes.cut(parabola, parabola.reach(after - before))
        bottom = parabola.at - parabola.slope / parabola.curvature
        assert at[0] < min(before, after, bottom) <= max(before, after, bottom) < at[-1]
        assert loss.min() == pytest.approx(parabola.height(np.array([bottom]))[0], rel=1e-2)
