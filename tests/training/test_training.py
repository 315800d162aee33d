"""Laws of training: of the batch, of pieces, of snapshots, of overflows, and of quiet."""

import json
import subprocess
import sys
from functools import cache

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.training import loop
from tempfit.training.experiment import Run
from tempfit.training.history import History, State
from tempfit.training.loop import fit, train
from tempfit.training.recording import MAX_SNAPSHOTS, recorded_epochs
from tests.advancing import advance, begin, snapshot
from tests.strategies import datasets, eighths, runs
from tests.training.same import assert_equal_bits

TAME = Run(1e-2)
WILD = Run(1e-2, feature_scale=1.0)  # overflows at epoch 10


def overflow(history: History, run: int) -> int:
    """Return the index of the first snapshot that is not finite."""
    return int(np.flatnonzero(~np.isfinite(history.loss[run]))[0])


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


# In pieces.

CUT = [TAME, Run(0.0338), Run(0.03383)]
CUT_EPOCHS = 1000


@cache
def uncut() -> History:
    return fit(thermometer(), CUT, CUT_EPOCHS)


def test_the_runs_that_are_cut_overflow_between_the_scheduled_epochs() -> None:
    recorded = recorded_epochs(CUT_EPOCHS)
    for run in (1, 2):
        index = overflow(uncut(), run)
        assert uncut().epoch[index] > MAX_SNAPSHOTS
        assert not {*uncut().epoch[[index - 1, index]].tolist()} <= {*recorded.tolist()}


@settings(max_examples=12)
@given(st.lists(st.integers(0, CUT_EPOCHS), max_size=6).map(sorted), st.data())
def test_training_in_any_pieces_equals_training_at_once(
    cuts: list[int], data: st.DataObject
) -> None:
    overflows = uncut().epoch[[overflow(uncut(), run) for run in (1, 2)]].tolist()
    beside = st.sampled_from(overflows).flatmap(lambda epoch: st.integers(epoch - 2, epoch + 1))
    cuts = sorted([*cuts, *data.draw(st.lists(beside, max_size=3))])
    state, piece = begin(thermometer(), CUT)
    pieces = [piece]
    for cut in [*cuts, CUT_EPOCHS]:
        epoch, w, b = json.loads(json.dumps([state.epoch, state.w, state.b]))  # a plain value
        stored = State(epoch, tuple(w), tuple(b))
        state, piece = advance(thermometer(), CUT, stored, CUT_EPOCHS, cut)
        pieces.append(piece)
    assert_equal_bits(History.join(pieces), uncut())


@given(datasets(), st.lists(runs(), min_size=1, max_size=3), st.integers(2, 40), st.data())
def test_a_state_tells_the_rest_of_its_training(
    dataset: Dataset, together: list[Run], epochs: int, data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, epochs - 1))
    state, _ = begin(dataset, together)
    state, _ = advance(dataset, together, state, epochs, cut)
    _, rest = advance(dataset, together, state, epochs, epochs)
    assert_equal_bits(rest, fit(dataset, together, epochs).part(slice(cut + 1, None)))


def test_train_yields_in_pieces_what_fit_returns() -> None:
    pieces = list(train(thermometer(), CUT, CUT_EPOCHS))
    assert len(pieces) > 10
    assert all(len(piece) > 0 for piece in pieces)
    assert_equal_bits(History.join(pieces), uncut())


def test_pieces_that_end_where_runs_overflow_hold_no_epoch_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loop, "PIECE_SNAPSHOTS", 1)
    pieces = list(train(thermometer(), [WILD, TAME, Run(2e-2, feature_scale=1.0)], 20))
    assert [piece.epoch.tolist() for piece in pieces] == [[epoch] for epoch in range(21)]


def test_no_piece_of_a_long_training_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "PIECE_EPOCHS", 300)
    pieces = train(thermometer(), [TAME], 100_000)
    ends = [int(next(pieces).epoch[-1]) for _ in range(12)]
    assert max(np.diff(ends)) <= 300
    assert ends[-1] > 1000


# Snapshots.


@given(st.integers(1, 1_000_000))
@example(MAX_SNAPSHOTS - 1)
@example(MAX_SNAPSHOTS)
@example(1_000_000)
def test_snapshots_are_bounded_and_go_from_the_start_to_the_end(epochs: int) -> None:
    recorded = recorded_epochs(epochs)
    gaps = np.diff(recorded)
    assert (recorded[0], recorded[-1]) == (0, epochs)
    assert len(recorded) <= MAX_SNAPSHOTS
    assert (gaps > 0).all()
    assert (np.diff(gaps)[:-1] >= -1).all()  # ever further apart; the last gap is what remains


@given(st.integers(1, MAX_SNAPSHOTS - 1))
def test_a_short_training_records_every_epoch(epochs: int) -> None:
    assert recorded_epochs(epochs).tolist() == list(range(epochs + 1))


def test_a_long_training_records_every_early_epoch_and_uses_its_snapshots() -> None:
    recorded = recorded_epochs(1_000_000)
    assert recorded[:30].tolist() == list(range(30))
    assert len(recorded) > 0.95 * MAX_SNAPSHOTS


def test_a_history_has_the_scheduled_epochs() -> None:
    history = fit(thermometer(), [TAME], 700)
    np.testing.assert_array_equal(history.epoch, recorded_epochs(700))
    assert history.loss.shape == history.w.shape == history.b.shape == (1, len(history))


# Overflows.


@pytest.mark.parametrize("rate", [0.0335, 0.03355, 0.0336, 0.034, 0.04])
def test_an_overflow_is_recorded_with_the_epoch_before_it(rate: float) -> None:
    history = fit(thermometer(), [TAME, Run(rate)], 1500)
    index = overflow(history, 1)
    assert history.epoch[index] == history.epoch[index - 1] + 1
    assert not np.isfinite(history.loss[1, index:]).any()
    assert np.isfinite(history.loss[0]).all()
    assert (np.diff(history.epoch) > 0).all()


def test_an_overflow_is_recorded_at_its_own_epoch_when_its_schedule_is_coarse() -> None:
    every_epoch = fit(thermometer(), [Run(0.0362)], 599)
    state, _ = begin(thermometer(), [Run(0.0362)])
    _, coarse = advance(thermometer(), [Run(0.0362)], state, 1_000_000, 599)
    assert len(coarse) < 400
    first, found = overflow(every_epoch, 0), overflow(coarse, 0)
    assert coarse.epoch[found] == every_epoch.epoch[first]
    assert coarse.w[0, found - 1] == every_epoch.w[0, first - 1]


def test_runs_that_overflow_between_the_same_two_snapshots_are_each_recorded() -> None:
    together = [Run(0.033638), Run(0.033640), Run(0.033642)]
    state, _ = begin(thermometer(), together)
    _, history = advance(thermometer(), together, state, 1_000_000, 1100)
    ends = [overflow(history, run) for run in range(3)]
    first, last = history.epoch[[min(ends) - 1, max(ends)]]
    assert len(set(ends)) == 3
    assert all(history.epoch[end] - history.epoch[end - 1] == 1 for end in ends)
    assert not any(first <= epoch <= last for epoch in recorded_epochs(1_000_000).tolist())


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
