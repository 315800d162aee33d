"""Laws of the bowl: against the textbook's matrix, against lstsq, in other units."""

from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset
from tempfit.theory.curvature import curvature
from tempfit.theory.law import forecast
from tempfit.training.experiment import Run, standardization
from tests.advancing import in_float64
from tests.strategies import datasets, eighths

ONE_READING = Dataset(torch.tensor([3.0]), torch.tensor([5.0]))
SAME_X = Dataset(torch.tensor([3.0, 3.0, 3.0]), torch.tensor([5.0, 6.0, 10.0]))
scales = st.sampled_from([0.1, 0.5, 1.0])


def tensor(values: list[Fraction]) -> torch.Tensor:
    return torch.tensor([float(value) for value in values])


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


@given(datasets(), scales, eighths)
@example(ONE_READING, 1.0, 0.0)
@example(SAME_X, 1.0, 3.0)
def test_the_eigenvalues_are_those_of_the_textbook_matrix(
    dataset: Dataset, scale: float, shift: float
) -> None:
    x = scale * (dataset.x.double().numpy() - shift)
    matrix = 2 * np.array([[(x * x).mean(), x.mean()], [x.mean(), 1.0]])
    bowl = curvature(dataset, scale, shift)
    np.testing.assert_allclose(bowl.hessian, matrix, rtol=1e-13, atol=1e-13)
    expected = np.linalg.eigvalsh(matrix)
    np.testing.assert_allclose(bowl.eigenvalues, expected, rtol=1e-9, atol=1e-12 * expected[1])
    turned = bowl.directions @ np.diag(bowl.eigenvalues) @ bowl.directions.T
    np.testing.assert_allclose(turned, matrix, atol=1e-12 * expected[1])


@given(datasets(), scales, eighths)
@example(ONE_READING, 1.0, 0.0)
@example(SAME_X, 1.0, 0.0)
@example(SAME_X, 1.0, 3.0)
def test_the_optimum_is_that_of_lstsq(dataset: Dataset, scale: float, shift: float) -> None:
    x = scale * (dataset.x.double() - shift)
    design, y = torch.stack([x, torch.ones_like(x)], dim=1), dataset.y.double()
    best: torch.Tensor = torch.linalg.lstsq(design, y[:, None], driver="gelsd")[0][:, 0]
    bowl = curvature(dataset, scale, shift)
    assert [bowl.best_w, bowl.best_b] == pytest.approx(best.tolist(), rel=1e-9, abs=1e-9)
    residual = (design @ best - y).square().mean().item()
    assert bowl.best_loss == pytest.approx(residual, rel=1e-9, abs=1e-18)


@given(st.lists(st.integers(0, 64), min_size=2, max_size=9, unique=True))
def test_readings_in_the_millions_keep_nine_digits(steps: list[int]) -> None:
    xs = [Fraction(8_000_000 + step) for step in steps]
    ys = [Fraction((7 * step) % 11) for step in steps]
    variance = mean([x * x for x in xs]) - mean(xs) ** 2
    w = (mean([x * y for x, y in zip(xs, ys, strict=True)]) - mean(xs) * mean(ys)) / variance
    b = mean(ys) - w * mean(xs)
    loss = mean([(w * x + b - y) ** 2 for x, y in zip(xs, ys, strict=True)])
    largest = 2 * mean([x * x for x in xs]) + 2  # the trace: but for 1e-14 of it
    bowl = curvature(Dataset(tensor(xs), tensor(ys)), feature_scale=1.0)
    assert bowl.eigenvalues[0] == pytest.approx(float(4 * variance / largest), rel=1e-9)
    assert bowl.best_w == pytest.approx(float(w), rel=1e-9, abs=1e-12)
    assert bowl.best_loss == pytest.approx(float(loss), rel=1e-9, abs=1e-18)


@given(datasets(), scales, st.integers(-8, 8))
def test_other_units_of_x_with_the_feature_scale_to_match_change_nothing(
    dataset: Dataset, scale: float, power: int
) -> None:
    other = Dataset(dataset.x * 2.0**power, dataset.y)
    run, same = Run(0.03, scale), Run(0.03, scale / 2.0**power)
    one, two = forecast(dataset, [run], range(50)), forecast(other, [same], range(50))
    for name in ("loss", "w", "b"):
        np.testing.assert_allclose(getattr(one, name), getattr(two, name), rtol=1e-12)


@given(datasets(), scales, st.floats(0.1, 10))
def test_scaling_the_feature_scales_its_part_of_the_eigenvalues_by_the_square(
    dataset: Dataset, scale: float, factor: float
) -> None:
    before = curvature(dataset, scale).eigenvalues
    after = curvature(dataset, scale * factor).eigenvalues
    assert after.sum() - 2 == pytest.approx(factor**2 * (before.sum() - 2), rel=1e-9, abs=1e-12)
    assert after.prod() == pytest.approx(factor**2 * before.prod(), rel=1e-9)


@given(datasets(), st.tuples(eighths, eighths))
def test_standardized_the_bowl_is_round_and_a_rate_of_a_half_lands_in_one_step(
    dataset: Dataset, start: tuple[float, float]
) -> None:
    scale, shift = standardization(dataset)
    bowl = curvature(dataset, scale, shift)
    assume(bowl.unique_optimum)
    assert bowl.condition_number == pytest.approx(1, abs=1e-9)
    landed = in_float64(dataset, [Run(0.5, scale, shift, start)], 1)
    assert landed.loss[0, 1] == pytest.approx(bowl.best_loss, rel=1e-9, abs=1e-18)


@pytest.mark.parametrize("dataset", [ONE_READING, SAME_X])
def test_where_all_x_are_equal_there_are_several_optima(dataset: Dataset) -> None:
    bowl = curvature(dataset, 1.0)
    assert not bowl.unique_optimum
    assert bowl.eigenvalues.tolist() == [0, pytest.approx(20)]
    assert bowl.condition_number == np.inf
    assert bowl.best_loss == pytest.approx(dataset.y.double().var(correction=0).item(), abs=1e-18)
    assert 3 * bowl.best_w + bowl.best_b == pytest.approx(dataset.y.mean().item())
    assert bowl.best_w == pytest.approx(3 * bowl.best_b)  # of these lines the nearest to (0, 0)


def test_two_readings_that_float32_only_just_tells_apart_have_one_optimum() -> None:
    pair = Dataset(torch.tensor([16777214.0, 16777215.0]), torch.tensor([1.0, 2.0]))
    bowl = curvature(pair, 1.0)
    assert bowl.unique_optimum
    assert bowl.best_w == pytest.approx(1, rel=1e-6)
