"""What goes wrong while many train together concerns the one whom it is about."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import current_thread

import numpy as np
import pytest

from tempfit import History, Run, thermometer
from tempfit.training import batching
from tempfit.training.batching import Batcher
from tempfit.training.history import State
from tempfit.training.loop import Task, stretch
from tests.training.batching import (
    Killed,
    Room,
    Watched,
    alone,
    asked,
    assert_same,
    served,
    to_the_end,
)


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
