"""Laws of training: of the batch, of pieces, of snapshots, of overflows, and of quiet."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.training.experiment import Run
from tempfit.training.history import State
from tempfit.training.loop import fit, train
from tests.advancing import snapshot
from tests.strategies import datasets, eighths, runs
from tests.training.same import assert_equal_bits

TAME = Run(1e-2)
WILD = Run(1e-2, feature_scale=1.0)  # overflows at epoch 10


# The batch.


@given(datasets(), st.lists(runs(), min_size=1, max_size=5), st.integers(1, 60))
def test_runs_in_a_batch_train_as_they_do_alone(
    dataset: Dataset, together: list[Run], epochs: int
) -> None:
    batch = fit(dataset, together, epochs)
    for index, run in enumerate(together):
        assert_equal_bits(batch.of_runs([index]), fit(dataset, [run], epochs))


@pytest.mark.parametrize("count", [64, 1000])
def test_many_readings_train_in_a_batch_as_they_do_alone(count: int) -> None:
    generator = torch.Generator().manual_seed(0)
    dataset = Dataset(*torch.randn(2, count, generator=generator))
    together = [Run(rate, feature_scale=1.0) for rate in (0.01, 0.1, 0.5, 0.9, 1.5)]
    batch = fit(dataset, together, 50)
    for index, run in enumerate(together):
        assert_equal_bits(batch.of_runs([index]), fit(dataset, [run], 50))


@given(datasets(), st.lists(runs(), min_size=2, max_size=5), st.data())
def test_permuting_runs_permutes_results(
    dataset: Dataset, ordered: list[Run], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(ordered))))
    permuted = fit(dataset, [ordered[index] for index in order], 40)
    assert_equal_bits(permuted, fit(dataset, ordered, 40).of_runs(order))


@given(st.lists(runs(-4, -2), min_size=1, max_size=4), st.integers(0, 4))
def test_a_run_that_overflows_changes_nothing_for_its_neighbours(
    neighbours: list[Run], place: int
) -> None:
    place = min(place, len(neighbours))
    beside_wild = [*neighbours[:place], WILD, *neighbours[place:]]
    beside_tame = [*neighbours[:place], TAME, *neighbours[place:]]
    others = [index for index in range(len(beside_wild)) if index != place]
    disturbed, quiet = fit(thermometer(), beside_wild, 100), fit(thermometer(), beside_tame, 100)
    assert not np.isfinite(disturbed.loss[place, -1])
    assert_equal_bits(disturbed.of_runs(others), quiet.of_runs(others))


# The steps.


@given(datasets(), runs(-3, -1.5))
def test_torch_sgd_on_a_linear_layer_takes_the_same_path(dataset: Dataset, run: Run) -> None:
    model = torch.nn.Linear(1, 1)
    model.load_state_dict(
        {"weight": torch.tensor([[run.start[0]]]), "bias": torch.tensor([run.start[1]])}
    )
    optimizer = torch.optim.SGD(model.parameters(), lr=run.learning_rate)
    x = run.feature_scale * (dataset.x[:, None] - run.feature_shift)
    path = [(run.start[0], run.start[1])]
    for _ in range(30):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(x), dataset.y[:, None]).backward()
        optimizer.step()
        path.append((model.weight.item(), model.bias.item()))
    history = fit(dataset, [run], 30)
    ours = np.stack([history.w[0], history.b[0]], axis=-1)
    np.testing.assert_allclose(ours, path, rtol=1e-4, atol=1e-4 * np.abs(path).max())


@given(datasets(), runs(-4, -2))
def test_scaling_the_target_scales_the_loss_by_the_square(dataset: Dataset, run: Run) -> None:
    fourfold = Dataset(dataset.x, 4 * dataset.y)
    w, b = run.start
    scaled = Run(run.learning_rate, run.feature_scale, run.feature_shift, (4 * w, 4 * b))
    history, larger = fit(dataset, [run], 20), fit(fourfold, [scaled], 20)
    np.testing.assert_allclose(larger.w, 4 * history.w, rtol=1e-6)
    np.testing.assert_allclose(larger.loss, 16 * history.loss, rtol=1e-6)


@given(datasets(), runs(), eighths)
def test_a_snapshot_holds_the_loss_at_its_own_params(
    dataset: Dataset, run: Run, moved: float
) -> None:
    start = State(7, (moved,), (run.start[1],))
    history = snapshot(dataset, [run], start)
    x = run.feature_scale * (dataset.x.double() - run.feature_shift)
    expected = (moved * x + run.start[1] - dataset.y.double()).square().mean().item()
    assert history.epoch.tolist() == [7]
    assert history.loss.item() == pytest.approx(expected, rel=1e-5, abs=1e-6)


def test_every_epoch_takes_its_gradient_from_autograd(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    grad = torch.autograd.grad

    def counted(loss: torch.Tensor, params: torch.Tensor) -> tuple[torch.Tensor, ...]:
        nonlocal calls
        calls += 1
        return grad(loss, params)

    monkeypatch.setattr(torch.autograd, "grad", counted)
    fit(thermometer(), [TAME, Run(1e-3), Run(1e-4)], 700)
    assert calls == 700


# Quiet.


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    fit(thermometer(), [TAME, WILD], 100)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("gradients", [True, False])
def test_the_settings_of_torch_are_left_alone(gradients: bool) -> None:  # noqa: FBT001
    with torch.set_grad_enabled(gradients):
        before = (torch.get_num_threads(), torch.get_default_dtype(), torch.get_rng_state())
        pieces = train(thermometer(), [TAME], 700)
        for _ in pieces:
            assert torch.is_grad_enabled() is gradients
        after = (torch.get_num_threads(), torch.get_default_dtype(), torch.get_rng_state())
    assert before[:2] == after[:2]
    assert torch.equal(before[2], after[2])


def test_the_readings_are_left_alone() -> None:
    dataset = thermometer()
    fit(dataset, [TAME, WILD], 20)
    assert torch.equal(dataset.x, thermometer().x)
    assert torch.equal(dataset.y, thermometer().y)
    assert not dataset.x.requires_grad


def test_training_does_not_import_what_takes_long_to_import() -> None:
    script = (
        "import sys; from tempfit import Run, fit, thermometer;"
        "fit(thermometer(), [Run(1e-2)], 10);"
        "print({'sympy', 'pandas', 'plotly', 'streamlit'} & {*sys.modules})"
    )
    assert subprocess.check_output([sys.executable, "-c", script], text=True) == "set()\n"


# Refusals.


def test_at_least_one_run_is_needed() -> None:
    with pytest.raises(ValueError, match="runs must hold at least one run"):
        fit(thermometer(), [], 10)


@pytest.mark.parametrize("epochs", [0, -5, 1_000_001])
def test_epochs_out_of_range_are_refused(epochs: int) -> None:
    with pytest.raises(ValueError, match=f"epochs must be between 1 and 1000000, not {epochs}"):
        fit(thermometer(), [TAME], epochs)


def test_runs_of_different_scales_and_starts_train_side_by_side() -> None:
    different = [TAME, WILD, Run(0.1, 0.02, 50.0, (3.0, -2.0))]
    history = fit(thermometer(), different, 5)
    assert history.epoch.tolist() == list(range(6))
    assert history.w[:, 0].tolist() == [1.0, 1.0, 3.0]
    assert history.b[:, 0].tolist() == [0.0, 0.0, -2.0]
