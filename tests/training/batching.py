"""Viewers who ask one batcher, and what each of them gets."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Thread, current_thread
from time import sleep

import numpy as np
import pytest

from tempfit import Dataset, History, Run, thermometer
from tempfit.training import batching
from tempfit.training.batching import Batcher, _Request
from tempfit.training.history import State
from tempfit.training.loop import Task, stretch
from tempfit.training.problem import problem
from tempfit.training.recording import recorded_epochs
from tests.advancing import advance, begin
from tests.training.same import assert_equal_bits

WILD = Run(1e-2, feature_scale=1.0)  # overflows at epoch 10


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
    assert_equal_bits(one[1], other[1])


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
