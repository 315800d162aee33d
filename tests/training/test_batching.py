"""Whoever trains together, and in whatever order they came: each gets what it would have alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event, current_thread

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tempfit import Dataset, History, Run, fit, thermometer
from tempfit.training import batching
from tempfit.training.batching import Batcher
from tempfit.training.history import State
from tempfit.training.loop import Task, stretch
from tests.strategies import datasets, learning_rates, runs
from tests.training.batching import (
    WILD,
    Room,
    Watched,
    alone,
    asked,
    assert_same,
    served,
)

FAMILIES = [thermometer(), Dataset(torch.arange(70.0), torch.arange(70.0) ** 0.5)]
FAMILIES += [
    Dataset(torch.arange(4.0), torch.arange(4.0)),
    Dataset(2 * FAMILIES[0].x, FAMILIES[0].y),
]


@st.composite
def tasks(draw: st.DrawFn) -> Task:
    """Draw an experiment that has been trained for a while, and may change its rates."""
    dataset = draw(st.one_of(st.sampled_from(FAMILIES), datasets()))
    epochs = draw(st.integers(1, 150))
    together = draw(st.lists(runs(), min_size=1, max_size=3))
    change = draw(st.none() | st.tuples(st.integers(1, 150), learning_rates(-4, -1)))
    if change is not None:
        together[0] = replace(together[0], changes=(change,))
    return asked(dataset, together, epochs, draw(st.integers(0, epochs - 1)))


# What each gets.


@settings(max_examples=30)
@given(st.lists(tasks(), min_size=1, max_size=6), st.data())
def test_each_gets_to_the_bit_what_it_would_have_got_alone(
    mix: list[Task], data: st.DataObject
) -> None:
    arrivals = data.draw(st.permutations(mix))
    for task, found in zip(arrivals, served(arrivals, Batcher()), strict=True):
        assert not isinstance(found, BaseException)
        assert_same(found, alone(task))


@settings(max_examples=10)
@given(st.lists(tasks(), min_size=2, max_size=4), st.floats(0, 2e-3))
def test_so_it_does_when_there_is_time_for_a_part_only(mix: list[Task], seconds: float) -> None:
    for task, found in zip(mix, served(mix, Batcher(seconds)), strict=True):
        assert not isinstance(found, BaseException)
        assert_same(found, alone(task))


def test_a_run_that_overflows_changes_nothing_for_those_it_trains_with() -> None:
    quiet = [asked(thermometer(), [Run(rate)], 300) for rate in (1e-2, 1e-3)]
    wild = asked(thermometer(), [WILD, Run(0.0338)], 1000)
    found = served([quiet[0], wild, quiet[1]], Batcher())
    for task, one in zip([quiet[0], wild, quiet[1]], found, strict=True):
        assert not isinstance(one, BaseException)
        assert_same(one, alone(task))
    history = fit(thermometer(), [WILD, Run(0.0338)], 1000)
    assert isinstance(found[1], tuple)
    np.testing.assert_array_equal(found[1][1].epoch, history.epoch[1:])


# Who trains, and when.


def test_all_who_wait_are_trained_at_once_by_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    served([asked(thermometer(), [Run(1e-2)], 50 + i) for i in range(7)], Batcher(60))
    assert [(count, seconds) for _, count, seconds in watched.calls] == [(7, 60)]
    assert watched.calls[0][0] in {str(place) for place in range(7)}


def test_who_is_alone_is_trained_at_once_in_its_own_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    Batcher(60).train(asked(thermometer(), [Run(1e-2)], 50))
    assert watched.calls == [(current_thread().name, 1, 60)]


def test_batches_of_different_numbers_of_rows_share_the_time_of_one_stretch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watched = Watched(monkeypatch)
    served([asked(dataset, [Run(1e-3)], 20) for dataset in FAMILIES], Batcher(60))
    assert sorted(count for _, count, _ in watched.calls) == [1, 1, 2]
    assert sum(seconds for _, _, seconds in watched.calls) == pytest.approx(60)


def test_whoever_asks_during_a_stretch_of_others_is_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts: list[int] = []
    room_is_full = Event()

    def slow(
        tasks: Sequence[Task], seconds: float, clock: Callable[[], float]
    ) -> list[tuple[State, History]]:
        counts.append(len(tasks))
        assert room_is_full.wait(60)
        return stretch(tasks, seconds, clock)

    monkeypatch.setattr(batching, "stretch", slow)
    batcher = Batcher(60)
    room = Room(batcher, occupied=False)
    for place in range(6):
        room.enter(str(place), lambda: batcher.train(asked(thermometer(), [WILD], 50)))
    room_is_full.set()
    room.leave()
    assert counts == [1, 5]


def test_leading_passes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(monkeypatch)
    served([asked(thermometer(), [Run(1e-2)], 1000) for _ in range(4)], Batcher(1e-4))
    assert len({name for name, _, _ in watched.calls}) > 1
