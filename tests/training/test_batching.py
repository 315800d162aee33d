"""Whoever trains together, and in whatever order they came: each gets what it would have alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event, Thread, current_thread
from time import sleep

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tempfit import Dataset, History, Run, fit, thermometer
from tempfit.training import batching
from tempfit.training.batching import Batcher, _Request
from tempfit.training.history import State
from tempfit.training.loop import Task, stretch
from tempfit.training.problem import problem
from tempfit.training.recording import recorded_epochs
from tests.advancing import advance, begin
from tests.strategies import datasets, learning_rates, runs

WILD = Run(1e-2, feature_scale=1.0)  # overflows at epoch 10
FAMILIES = [thermometer(), Dataset(torch.arange(70.0), torch.arange(70.0) ** 0.5)]
FAMILIES += [
    Dataset(torch.arange(4.0), torch.arange(4.0)),
    Dataset(2 * FAMILIES[0].x, FAMILIES[0].y),
]


class Killed(BaseException):
    """What ends a thread from outside."""


def asked(dataset: Dataset, together: Sequence[Run], epochs: int, begun: int = 0) -> Task:
    """Return the task of an experiment, on from an epoch that it has been trained to."""
    state, _ = begin(dataset, together)
    state, _ = advance(dataset, together, state, epochs, begun)
    recorded = recorded_epochs(epochs, together)
    return Task(problem(dataset, together), state, epochs, recorded)


def to_the_end(batcher: Batcher, task: Task) -> tuple[State, History]:
    """Ask until everything is trained, as a page does."""
    state, pieces = task.state, []
    while state.epoch < task.until:
        state, piece = batcher.train(replace(task, state=state))
        pieces.append(piece)
    return state, History.join(pieces)


def assert_same(one: tuple[State, History], other: tuple[State, History]) -> None:
    assert one[0].epoch == other[0].epoch
    for name in ("w", "b"):
        np.testing.assert_array_equal(getattr(one[0], name), getattr(other[0], name))
    for name in ("epoch", "loss", "w", "b"):
        np.testing.assert_array_equal(getattr(one[1], name), getattr(other[1], name))


def alone(task: Task) -> tuple[State, History]:
    return to_the_end(Batcher(), task)


class Room:
    """Viewers who ask one batcher, each in a thread: all are in line before the first is served."""

    def __init__(self, batcher: Batcher, *, occupied: bool = True) -> None:
        self.batcher = batcher
        self.found: dict[str, tuple[State, History] | BaseException] = {}
        self.threads: list[Thread] = []
        batcher._training = occupied

    def enter(self, name: str, ask: Callable[[], tuple[State, History]]) -> None:
        def run() -> None:
            try:
                self.found[name] = ask()
            except (Exception, Killed) as error:  # noqa: BLE001 - looked at by the tests
                self.found[name] = error

        def asks() -> tuple[int, bool]:
            return len(self.batcher._line), self.batcher._training

        before = asks()
        self.threads.append(Thread(target=run, name=name, daemon=True))
        self.threads[-1].start()
        while asks() == before and self.threads[-1].is_alive():
            sleep(0.0005)

    def serve(self) -> None:
        """Let the first in line train, and wait until all have left."""
        self.batcher._hand_over([], _Request(asked(thermometer(), [WILD], 1)))
        self.leave()

    def leave(self) -> None:
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive()


def served(tasks: Sequence[Task], batcher: Batcher) -> list[tuple[State, History] | BaseException]:
    room = Room(batcher)
    for place, task in enumerate(tasks):
        room.enter(str(place), lambda task=task: to_the_end(batcher, task))  # type: ignore[misc]
    room.serve()
    return [room.found[str(place)] for place in range(len(tasks))]


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


class Watched:
    """Stand in for `stretch`, and note who trained what for how long."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[tuple[str, int, float]] = []
        monkeypatch.setattr(batching, "stretch", self)

    def __call__(
        self, tasks: Sequence[Task], seconds: float, clock: Callable[[], float]
    ) -> list[tuple[State, History]]:
        self.calls.append((current_thread().name, len(tasks), seconds))
        return stretch(tasks, seconds, clock)


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


# What goes wrong.


def test_a_task_that_cannot_be_trained_cannot_be_made() -> None:
    task = asked(thermometer(), [Run(1e-2)], 100)
    with pytest.raises(ValueError, match="state must hold the params of 1 runs, not of 2"):
        replace(task, state=State(0, (1.0, 1.0), (0.0, 0.0)))
    with pytest.raises(ValueError, match="until must be after epoch 0, not 0"):
        replace(task, until=0)


def test_an_error_is_raised_to_the_one_whom_it_concerns() -> None:
    good = [asked(thermometer(), [Run(rate)], 100) for rate in (1e-2, 1e-3)]
    broken = replace(good[0], recorded=np.array([0.5]))
    found = served([good[0], broken, good[1]], Batcher())
    assert isinstance(found[1], IndexError)
    for task, one in zip(good, (found[0], found[2]), strict=True):
        assert not isinstance(one, BaseException)
        assert_same(one, alone(task))


@pytest.mark.parametrize("moment", ["before training", "after training"])
def test_when_the_one_who_trains_is_killed_another_trains_for_the_rest(
    moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    victims: list[str] = []
    counts: list[int] = []

    def killing(
        tasks: Sequence[Task], seconds: float, clock: Callable[[], float]
    ) -> list[tuple[State, History]]:
        counts.append(len(tasks))
        outcomes = stretch(tasks, seconds, clock) if moment == "after training" else []
        if not victims:
            victims.append(current_thread().name)
            raise Killed
        return outcomes or stretch(tasks, seconds, clock)

    monkeypatch.setattr(batching, "stretch", killing)
    mix = [asked(thermometer(), [Run(1e-3 * (1 + i))], 100) for i in range(4)]
    batcher = Batcher(60)
    found = served(mix, batcher)
    assert counts == [4, 3]
    for place, (task, one) in enumerate(zip(mix, found, strict=True)):
        if str(place) in victims:
            assert isinstance(one, Killed)
        else:
            assert not isinstance(one, BaseException)
            assert_same(one, alone(task))
    assert sum(isinstance(one, Killed) for one in found) == 1
    assert not batcher._line


def test_one_that_is_killed_while_it_waits_leaves_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    watched, batcher = Watched(monkeypatch), Batcher(60)
    wait_for = batcher._changed.wait_for

    def killing(answered: Callable[[], bool]) -> bool:
        if current_thread().name == "killed":
            raise Killed
        return wait_for(answered)

    monkeypatch.setattr(batcher._changed, "wait_for", killing)
    room = Room(batcher)
    task = asked(thermometer(), [Run(1e-2)], 100)
    for name in ("first", "killed", "last"):
        room.enter(name, lambda: batcher.train(task))
    room.serve()
    assert isinstance(room.found["killed"], Killed)
    for name in ("first", "last"):
        found = room.found[name]
        assert isinstance(found, tuple)
        assert_same(found, alone(task))
    assert [count for _, count, _ in watched.calls[:1]] == [2]


def test_after_everything_the_next_is_served() -> None:
    batcher = Batcher()
    task = asked(thermometer(), [Run(1e-2)], 100)
    broken = replace(task, recorded=np.array([0.5]))
    for _ in range(2):
        with pytest.raises(IndexError):
            batcher.train(broken)
        assert_same(to_the_end(batcher, task), alone(task))
