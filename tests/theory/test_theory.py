"""Laws of the closed form: against autograd, against lstsq, at the limit, and without a limit."""

import numpy as np
import pytest
import torch
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.theory.closed_form import FLOAT32_MAX, ClosedForm
from tempfit.theory.curvature import curvature
from tempfit.theory.law import closed_form, forecast
from tempfit.training.experiment import Run
from tempfit.training.loop import fit
from tests.advancing import in_float64
from tests.strategies import datasets, runs

SAME_X = Dataset(torch.tensor([3.0, 3.0, 3.0]), torch.tensor([5.0, 6.0, 10.0]))
PERFECT = Dataset(torch.tensor([1.0, 2.0, 4.0]), torch.tensor([3.0, 5.0, 9.0]))
scales = st.sampled_from([0.1, 0.5, 1.0])


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
    loop, law = in_float64(dataset, together, 20), forecast(dataset, together, range(21))
    np.testing.assert_array_equal(law.epoch, loop.epoch)
    # Beyond the limit the loop doubles its rounding in each epoch, hence a millionth.
    for name in ("loss", "w", "b"):
        np.testing.assert_allclose(
            getattr(law, name), getattr(loop, name), rtol=1e-8, atol=1e-6, err_msg=name
        )


def test_the_closed_form_is_the_autograd_loop_on_the_reference_experiments() -> None:
    together = [Run(1e-2), Run(1e-2, feature_scale=1.0), Run(1e-4, feature_scale=1.0)]
    loop, law = (
        in_float64(thermometer(), together, 80),
        forecast(thermometer(), together, range(81)),
    )
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
    loss = in_float64(dataset, [stable], 60).loss[0]
    assert (loss[1:] <= loss[:-1] * (1 + 1e-12) + 1e-18).all()


@given(datasets(), scales, st.floats(1.05, 3))
def test_above_the_limit_the_loss_grows(dataset: Dataset, scale: float, multiple: float) -> None:
    loss = in_float64(dataset, [off_the_optimum(dataset, scale, multiple)], 60).loss[0]
    best = curvature(dataset, scale).best_loss
    assert loss[-1] - best > 100 * (loss[0] - best)


@given(datasets(), scales)
def test_at_the_limit_the_loss_neither_falls_nor_rises(dataset: Dataset, scale: float) -> None:
    run = off_the_optimum(dataset, scale, 1.0)
    loop, law = in_float64(dataset, [run], 50), forecast(dataset, [run], [0, 1, 50, 10**6])
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
