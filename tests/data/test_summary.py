"""A million readings as three: the loss of every line is the same, and so is its training."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset
from tempfit.theory.curvature import curvature
from tempfit.theory.law import closed_form
from tempfit.training import problem as layout
from tempfit.training.experiment import Run, standardization
from tempfit.training.loop import fit
from tempfit.training.problem import MAX_ROWS, problem
from tests.advancing import advance, begin

MANY = MAX_ROWS + 1


def line(count: int, middle: float = 3.0, spread: float = 2.0, seed: int = 0) -> Dataset:
    """Return readings around a line, with x about `middle`."""
    generator = torch.Generator().manual_seed(seed)
    x = middle + spread * torch.randn(count, generator=generator)
    return Dataset(x, 2 * x - 1 + torch.randn(count, generator=generator))


def on_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MAX_ROWS", 10**9)


@given(
    count=st.integers(MANY, 20_000),
    run=st.builds(
        Run,
        st.just(0.1),
        st.sampled_from([1e-3, 0.1, 1.0]),
        st.sampled_from([0.0, 3.0, -1e3]),
    ),
    params=st.tuples(st.floats(-5, 5), st.floats(-50, 50)),
    middle=st.sampled_from([0.0, 5.0, 1e4]),
)
def test_every_line_has_the_loss_it_has_on_all_readings(
    count: int, run: Run, params: tuple[float, float], middle: float
) -> None:
    dataset = line(count, middle)
    feature = run.feature_scale * (dataset.x.double() - run.feature_shift)
    expected = (params[0] * feature + params[1] - dataset.y.double()).square().mean().item()
    laid_out = problem(dataset, [run], torch.float64)
    assert laid_out.feature.shape == (3, 1)
    found = laid_out.losses(torch.tensor(params, dtype=torch.float64)[None, :, None]).item()
    assert found == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize(("dtype", "rel"), [(torch.float64, 1e-9), (torch.float32, 2e-5)])
def test_training_equals_training_on_all_rows_to_rounding(
    dtype: torch.dtype, rel: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = line(5000)
    runs = [Run(1e-3), Run(0.3, 0.2), Run(0.5, *standardization(dataset)), Run(0.01, 1.0)]
    histories = []
    for _ in range(2):
        state, _ = begin(dataset, runs, dtype)
        histories.append(advance(dataset, runs, state, 300, 300, dtype)[1])
        on_all_rows(monkeypatch)
    reduced, full = histories
    np.testing.assert_array_equal(reduced.epoch, full.epoch)
    for name in ("loss", "w", "b"):
        np.testing.assert_allclose(getattr(reduced, name), getattr(full, name), rtol=rel, atol=rel)


def test_few_readings_are_trained_as_they_are() -> None:
    dataset = line(MAX_ROWS)
    laid_out = problem(dataset, [Run(0.1, 0.1, 2.0)])
    assert torch.equal(laid_out.feature[:, 0], torch.tensor(0.1) * (dataset.x - 2.0))
    assert torch.equal(laid_out.target[:, 0], dataset.y)


@pytest.mark.parametrize("middle", [0.0, 1e3, 1e6])
def test_no_digit_is_lost_to_squaring(middle: float) -> None:
    dataset = line(2000, middle)
    x, y = dataset.x.double(), dataset.y.double()
    centred = torch.stack([x - x.mean(), torch.ones_like(x)], dim=1)
    solution = torch.linalg.lstsq(centred, y[:, None]).solution
    best = (centred @ solution - y[:, None]).square().mean().item()
    found = curvature(dataset, 1.0)
    assert found.best_w == pytest.approx(solution[0].item(), rel=1e-9)
    assert found.best_loss == pytest.approx(best, rel=1e-9)


def test_equal_x_have_a_flat_direction_however_many_they_are() -> None:
    generator = torch.Generator().manual_seed(0)
    dataset = Dataset(torch.full((5000,), 35.7), torch.randn(5000, generator=generator))
    assert not curvature(dataset).unique_optimum
    assert curvature(line(5000)).unique_optimum


def test_an_overflow_comes_at_the_epoch_forecast() -> None:
    dataset, run = line(1000), Run(0.3, 1.0)
    (expected,) = closed_form(dataset, [run]).phases[0].form.overflow_epochs
    history = fit(dataset, [run], 200)
    overflowed = history.epoch[~np.isfinite(history.loss[0])]
    assert abs(int(overflowed[0]) - (expected or 0)) <= 1


def test_readings_in_another_order_are_trained_alike() -> None:
    dataset = line(1000)
    backward = Dataset(dataset.x.flip(0), dataset.y.flip(0))
    histories = [fit(one, [Run(0.05)], 200) for one in (dataset, backward)]
    np.testing.assert_allclose(histories[0].loss, histories[1].loss, rtol=1e-5)


def test_a_summary_is_made_once_and_tells_readings_apart() -> None:
    dataset = line(100)
    assert dataset.summary is dataset.summary
    assert dataset.summary.fingerprint == line(100).summary.fingerprint
    assert dataset.summary.fingerprint != line(101).summary.fingerprint
    assert dataset.summary.fingerprint != Dataset(dataset.y, dataset.x).summary.fingerprint
