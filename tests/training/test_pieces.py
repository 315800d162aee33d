"""Training in pieces: however it is cut, it is the same training."""

import json
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.training import loop
from tempfit.training.experiment import Run
from tempfit.training.history import History, State
from tempfit.training.loop import fit, train
from tempfit.training.recording import MAX_SNAPSHOTS, recorded_epochs
from tests.advancing import advance, begin
from tests.strategies import datasets, runs
from tests.training.same import assert_equal_bits
from tests.training.test_recording import overflow

TAME = Run(1e-2)
WILD = Run(1e-2, feature_scale=1.0)  # overflows at epoch 10
CUT = [TAME, Run(0.0338), Run(0.03383)]
CUT_EPOCHS = 1000


@cache
def uncut() -> History:
    return fit(thermometer(), CUT, CUT_EPOCHS)


def test_the_runs_that_are_cut_overflow_between_the_recorded_epochs() -> None:
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
    assert len(pieces) > 5
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
