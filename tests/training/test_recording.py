"""What training records: bounded snapshots, and each overflow at its own epoch."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tempfit.data.dataset import thermometer
from tempfit.training.experiment import Run
from tempfit.training.history import History
from tempfit.training.loop import fit
from tempfit.training.recording import MAX_SNAPSHOTS, recorded_epochs
from tests.advancing import advance, begin

TAME = Run(1e-2)


def overflow(history: History, run: int) -> int:
    """Return the index of the first snapshot that is not finite."""
    return int(np.flatnonzero(~np.isfinite(history.loss[run]))[0])


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


def test_a_history_has_the_recorded_epochs() -> None:
    history = fit(thermometer(), [TAME], 700)
    np.testing.assert_array_equal(history.epoch, recorded_epochs(700))
    assert history.loss.shape == history.w.shape == history.b.shape == (1, len(history))


@pytest.mark.parametrize("rate", [0.0335, 0.03355, 0.0336, 0.034, 0.04])
def test_an_overflow_is_recorded_with_the_epoch_before_it(rate: float) -> None:
    history = fit(thermometer(), [TAME, Run(rate)], 1500)
    index = overflow(history, 1)
    assert history.epoch[index] == history.epoch[index - 1] + 1
    assert not np.isfinite(history.loss[1, index:]).any()
    assert np.isfinite(history.loss[0]).all()
    assert (np.diff(history.epoch) > 0).all()


def test_an_overflow_is_recorded_at_its_own_epoch_where_few_epochs_are() -> None:
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
