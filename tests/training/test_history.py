"""Histories are cut and put together by their epochs."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tempfit.training.history import History, State


def history(epochs: list[int]) -> History:
    """Return snapshots of two runs that tell their epoch."""
    epoch = np.array(epochs, dtype=np.int64)
    return History(epoch, *(np.stack([epoch, -epoch]) * factor for factor in (1.0, 2.0, 0.5)))


@given(st.lists(st.lists(st.integers(0, 30), unique=True), min_size=1, max_size=4))
def test_joined_histories_hold_every_epoch_once_and_in_order(pieces: list[list[int]]) -> None:
    pieces = [sorted(piece) for piece in pieces]
    joined = History.join([history(piece) for piece in pieces])
    assert joined.epoch.tolist() == sorted({epoch for piece in pieces for epoch in piece})
    np.testing.assert_array_equal(joined.loss, [joined.epoch, -joined.epoch])
    np.testing.assert_array_equal(joined.b, 0.5 * joined.loss)


def test_the_state_of_a_snapshot_is_its_epoch_and_the_params_of_each_run() -> None:
    found = History(np.array([3, 8]), np.zeros((2, 2)), np.array([[1, 2], [3, 4]]), np.eye(2))
    assert found.state(1) == State(8, (2, 4), (0, 1))


def test_runs_are_picked_in_the_order_asked_for() -> None:
    picked = history([0, 5]).of_runs([1, 0])
    assert picked.loss.tolist() == [[0, -5], [0, 5]]
    assert picked.epoch.tolist() == [0, 5]
