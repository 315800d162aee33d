"""Laws of the closed form: against autograd, against lstsq, at the limit, and without a limit."""

from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.theory.closed_form import FLOAT32_MAX, ClosedForm
from tempfit.theory.curvature import curvature
from tempfit.theory.law import closed_form, forecast
from tempfit.training.experiment import Run, standardization
from tempfit.training.history import History
from tempfit.training.loop import fit
from tests.advancing import advance, begin
from tests.strategies import datasets, eighths, runs

ONE_READING = Dataset(torch.tensor([3.0]), torch.tensor([5.0]))
SAME_X = Dataset(torch.tensor([3.0, 3.0, 3.0]), torch.tensor([5.0, 6.0, 10.0]))
PERFECT = Dataset(torch.tensor([1.0, 2.0, 4.0]), torch.tensor([3.0, 5.0, 9.0]))
scales = st.sampled_from([0.1, 0.5, 1.0])
DOUBLE = torch.float64


def trained(dataset: Dataset, together: list[Run], epochs: int) -> History:
    """Train in float64."""
    state, start = begin(dataset, together, DOUBLE)
    _, rest = advance(dataset, together, state, epochs, epochs, DOUBLE)
    return History.join([start, rest])


def off_the_optimum(dataset: Dataset, scale: float, multiple: float) -> Run:
    """Return a run that starts 10 up the steep side, at a multiple of the stability limit."""
    bowl = curvature(dataset, scale)
    w, b = np.array([bowl.best_w, bowl.best_b]) + 10 * bowl.directions[:, 1]
    rate = multiple * bowl.max_stable_learning_rate
    return Run(rate, scale, start=(float(w), float(b)))


def form(dataset: Dataset, run: Run) -> ClosedForm:
    return closed_form(dataset, [run]).phases[0].form


def convergence_epoch(dataset: Dataset, run: Run) -> int | None:
    return form(dataset, run).convergence_epochs[0]


def overflow_epoch(dataset: Dataset, run: Run) -> int | None:
    return form(dataset, run).overflow_epochs[0]


def tensor(values: list[Fraction]) -> torch.Tensor:
    return torch.tensor([float(value) for value in values])


def mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction()) / len(values)


# The bowl.


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
    landed = trained(dataset, [Run(0.5, scale, shift, start)], 1)
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


# The trajectory.


@given(datasets(), st.lists(st.tuples(runs(), st.floats(0.05, 1.5)), min_size=1, max_size=4))
@example(SAME_X, [(Run(0.1, 1.0), 0.7), (Run(0.1, 0.1, 3.0), 1.3)])
def test_the_closed_form_is_the_autograd_loop_on_both_sides_of_the_limit(
    dataset: Dataset, drawn: list[tuple[Run, float]]
) -> None:
    together: list[Run] = []
    for run, multiple in drawn:
        limit = curvature(dataset, run.feature_scale, run.feature_shift).max_stable_learning_rate
        rate = multiple * limit
        together.append(Run(rate, run.feature_scale, run.feature_shift, run.start))
    loop, law = trained(dataset, together, 20), forecast(dataset, together, range(21))
    np.testing.assert_array_equal(law.epoch, loop.epoch)
    # Beyond the limit the loop doubles its rounding in each epoch, hence a millionth.
    for name in ("loss", "w", "b"):
        np.testing.assert_allclose(
            getattr(law, name), getattr(loop, name), rtol=1e-8, atol=1e-6, err_msg=name
        )


def test_the_closed_form_is_the_autograd_loop_on_the_reference_experiments() -> None:
    together = [Run(1e-2), Run(1e-2, feature_scale=1.0), Run(1e-4, feature_scale=1.0)]
    loop, law = trained(thermometer(), together, 80), forecast(thermometer(), together, range(81))
    for name in ("loss", "w", "b"):
        np.testing.assert_allclose(getattr(law, name), getattr(loop, name), rtol=1e-10, atol=1e-12)


@given(datasets(), st.lists(runs(), min_size=2, max_size=5))
def test_runs_are_forecast_together_as_they_are_alone(
    dataset: Dataset, together: list[Run]
) -> None:
    batch = forecast(dataset, together, [0, 1, 7, 400])
    for i, run in enumerate(together):
        alone = forecast(dataset, [run], [0, 1, 7, 400])
        np.testing.assert_allclose(batch.loss[i], alone.loss[0], rtol=1e-12)
        np.testing.assert_allclose(batch.w[i], alone.w[0], rtol=1e-12, atol=1e-12)


@given(datasets(), runs(), st.floats(0.01, 0.999))
def test_below_the_limit_the_loss_never_rises(dataset: Dataset, run: Run, multiple: float) -> None:
    bowl = curvature(dataset, run.feature_scale)
    stable = Run(multiple * bowl.max_stable_learning_rate, run.feature_scale, start=run.start)
    loss = trained(dataset, [stable], 60).loss[0]
    assert (loss[1:] <= loss[:-1] * (1 + 1e-12) + 1e-18).all()


@given(datasets(), scales, st.floats(1.05, 3))
def test_above_the_limit_the_loss_grows(dataset: Dataset, scale: float, multiple: float) -> None:
    loss = trained(dataset, [off_the_optimum(dataset, scale, multiple)], 60).loss[0]
    best = curvature(dataset, scale).best_loss
    assert loss[-1] - best > 100 * (loss[0] - best)


@given(datasets(), scales)
def test_at_the_limit_the_loss_neither_falls_nor_rises(dataset: Dataset, scale: float) -> None:
    run = off_the_optimum(dataset, scale, 1.0)
    loop, law = trained(dataset, [run], 50), forecast(dataset, [run], [0, 1, 50, 10**6])
    np.testing.assert_allclose(loop.loss, loop.loss[0, 0], rtol=1e-9)
    np.testing.assert_allclose(law.loss, law.loss[0, 0], rtol=1e-6)


def test_a_forecast_of_millions_of_epochs_ends_at_the_optimum_or_in_infinity() -> None:
    law = forecast(thermometer(), [Run(1e-2), Run(1e-2, feature_scale=1.0)], [0, 5_000_000])
    bowl = curvature(thermometer())
    last = [law.loss[0, 1], law.w[0, 1], law.b[0, 1]]
    assert last == pytest.approx([bowl.best_loss, bowl.best_w, bowl.best_b], rel=1e-12)
    assert law.loss[1, 1] == np.inf


def test_a_run_that_starts_at_the_optimum_stays_there_at_any_rate() -> None:
    symmetric = Dataset(torch.tensor([-1.0, 1.0]), torch.tensor([-1.0, 1.0]))
    law = forecast(symmetric, [Run(100.0, 1.0, start=(1.0, 0.0))], [0, 1, 10**6])
    assert law.loss.tolist() == [[0, 0, 0]]


@pytest.mark.parametrize("epochs", [[-1], [[0, 1]], [0, 5, -2]])
def test_an_epoch_before_the_start_is_refused(epochs: list[int]) -> None:
    with pytest.raises(ValueError, match="epochs"):
        forecast(thermometer(), [Run(1e-2)], epochs)


def test_a_forecast_of_no_runs_is_refused() -> None:
    with pytest.raises(ValueError, match="runs"):
        forecast(thermometer(), [], [0, 1])


# When.


@given(datasets(), runs(), st.floats(0.01, 0.99))
def test_the_convergence_epoch_is_the_first_within_the_tolerance(
    dataset: Dataset, run: Run, multiple: float
) -> None:
    bowl = curvature(dataset, run.feature_scale)
    stable = Run(multiple * bowl.max_stable_learning_rate, run.feature_scale, start=run.start)
    epoch = convergence_epoch(dataset, stable)
    assert epoch is not None
    around = forecast(dataset, [stable], [max(epoch - 1, 0), epoch]).loss[0]
    assert around[1] <= bowl.converged_loss
    assert epoch == 0 or around[0] > bowl.converged_loss


def test_the_reference_experiment_comes_within_one_percent_when_its_loss_does() -> None:
    history = fit(thermometer(), [Run(1e-2)], 599 * 4)
    epoch = convergence_epoch(thermometer(), Run(1e-2))
    assert epoch is not None
    near = history.epoch[history.loss[0] <= 1.01 * curvature(thermometer()).best_loss]
    before = history.epoch[history.epoch < near[0]]
    assert before[-1] < epoch <= near[0]


@given(datasets(), scales, st.floats(1.01, 3))
def test_above_the_limit_a_run_off_the_optimum_never_converges(
    dataset: Dataset, scale: float, multiple: float
) -> None:
    run = off_the_optimum(dataset, scale, multiple)
    assume(forecast(dataset, [run], [0]).loss[0, 0] > curvature(dataset, scale).converged_loss)
    assert convergence_epoch(dataset, run) is None


def test_a_run_that_passes_the_optimum_before_it_diverges_is_near_it_for_a_while() -> None:
    bowl = curvature(thermometer())
    start = np.array([bowl.best_w, bowl.best_b]) + bowl.directions @ [3.0, 1e-60]
    law = form(thermometer(), Run(0.034, start=(float(start[0]), float(start[1]))))
    law.energy[0, 1] = -200  # less than float64 can add to the optimum
    (near,), (end,) = law.convergence_epochs, law.overflow_epochs
    assert near is not None
    assert end is not None
    losses = law.at(np.array([near - 1, near, end])).loss[0]
    assert losses[0] > bowl.converged_loss >= losses[1]
    assert losses[2] > bowl.converged_loss


@settings(max_examples=15)
@given(st.floats(1.1, 50), scales)
def test_float32_training_overflows_when_the_closed_form_says(
    multiple: float, scale: float
) -> None:
    run = Run(multiple * curvature(thermometer(), scale).max_stable_learning_rate, scale)
    epoch = overflow_epoch(thermometer(), run)
    assert epoch is not None
    history = fit(thermometer(), [run], epoch + 2)
    overflowed = history.epoch[~np.isfinite(history.loss[0])]
    assert abs(int(overflowed[0]) - epoch) <= 1


def test_the_unscaled_reference_experiment_overflows_at_snapshot_ten() -> None:
    run = Run(1e-2, feature_scale=1.0)
    assert overflow_epoch(thermometer(), run) == 10
    assert forecast(thermometer(), [run], [9]).loss[0, 0] < FLOAT32_MAX / 11


def test_below_the_limit_only_a_start_beyond_float32_overflows() -> None:
    assert overflow_epoch(thermometer(), Run(1e-2)) is None
    assert overflow_epoch(Dataset(torch.tensor([1.0]), torch.tensor([1e20])), Run(1e-2)) == 0


def test_a_perfect_fit_converges() -> None:
    epoch = convergence_epoch(PERFECT, Run(0.05, 1.0))
    assert epoch is not None
    assert curvature(PERFECT, 1.0).best_loss < 1e-25
    assert fit(PERFECT, [Run(0.05, 1.0)], 2 * epoch).loss[0, -1] < 1e-5
