"""Whatever pulls arrive, and in whatever order, a viewer sees the numbers that `fit` finds."""

import base64
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tempfit import History, thermometer, verdicts
from tempfit.theory.law import Law, closed_form
from tempfit.theory.status import Status, statuses
from tempfit.training.recording import recorded_epochs
from tempfit.training.trainer import Trainer
from tempfit.ui.stage.answer import answer, encoded
from tempfit.ui.wire.messages import Pull
from tempfit.ui.wire.shapes import packed
from tempfit.ui.wire.stage import PullAnswer
from tests import race
from tests.race import RACE, assert_same, every_epoch, whole

ASK = Pull(number=1, experiment="", after=-1, until=0)

small_and_unhurried = race.small_and_unhurried


@cache
def at(epoch: int) -> History:
    """Return one snapshot of the race, of any epoch."""
    return every_epoch(RACE).part(slice(epoch, epoch + 1))


def law_of(trainer: Trainer) -> Law:
    return closed_form(trainer.dataset, trainer.runs)


def reply(trainer: Trainer, pull: Pull) -> PullAnswer:
    return answer(trainer, law_of(trainer), pull)


def test_the_race_of_these_tests_has_gaps_between_snapshots_and_an_overflow() -> None:
    assert np.diff(whole(RACE).epoch).max() > 2
    assert every_epoch(RACE).epoch.tolist() == list(range(RACE.epochs + 1))
    assert np.isfinite(whole(RACE).loss[:, -1]).tolist() == [True, True, True, False]


def unpacked(text: str, kind: str) -> NDArray[np.generic]:
    return np.frombuffer(base64.b64decode(text), dtype=kind)


def history_in(answer: PullAnswer, runs: int) -> History:
    """Read the snapshots of an answer as the page does."""
    snapshots = answer["snapshots"]
    loss, w, b = (
        unpacked(packed, "<f4").reshape(runs, -1)
        for packed in (snapshots["loss"], snapshots["w"], snapshots["b"])
    )
    return History(unpacked(snapshots["epoch"], "<i4"), loss, w, b)  # type: ignore[arg-type]


@dataclass
class Viewer:
    """A page that asks a trainer: it holds what has reached it."""

    trainer: Trainer
    seen: dict[int, History] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return max(self.seen, default=-1)

    def ask(self, pull: Pull, *, lost: bool = False) -> None:
        answer = history_in(reply(self.trainer, pull), len(self.trainer.runs))
        if not lost:
            self.seen |= {int(e): answer.part(answer.epoch == e) for e in answer.epoch}

    def ask_to_the_end(self) -> None:
        while self.last < self.trainer.epochs:
            self.ask(replace(ASK, after=self.last, until=self.trainer.epochs))


epochs_asked = st.one_of(st.integers(-1, 210), st.integers(-1, 10**7))
pulls = st.builds(
    Pull,
    number=st.integers(-1, 9),
    experiment=st.just(""),
    after=epochs_asked,
    until=st.integers(-1, 210),
    exact=st.none() | st.integers(-1, 210),
    restart=st.booleans(),
)


# Pulls.


def test_pulled_to_the_end_the_history_is_that_of_fit() -> None:
    viewer = Viewer(Trainer.of(thermometer(), RACE))
    viewer.ask_to_the_end()
    assert_same(viewer.trainer.history, whole(RACE))
    assert_same(History.join([viewer.seen[e] for e in sorted(viewer.seen)]), whole(RACE))


@settings(max_examples=15)
@given(st.lists(st.tuples(pulls, st.booleans()), max_size=5))
def test_pulls_of_any_kind_lost_or_not_show_what_fit_finds(script: list[tuple[Pull, bool]]) -> None:
    viewer = Viewer(Trainer.of(thermometer(), RACE))
    for pull, lost in script:
        viewer.ask(pull, lost=lost)
    viewer.ask_to_the_end()
    assert set(recorded_epochs(RACE.epochs).tolist()) - set(viewer.seen) <= {
        e for pull, _ in script for e in range(pull.after + 1)
    }
    for snapshot in viewer.seen.values():
        assert_same(snapshot, at(int(snapshot.epoch[0])))


def test_a_page_that_says_what_it_has_gets_every_snapshot_though_answers_are_lost() -> None:
    viewer = Viewer(Trainer.of(thermometer(), RACE))
    for until in range(10, 200, 10):
        ask = replace(ASK, after=viewer.last, until=until)
        viewer.ask(ask, lost=until % 30 == 0)
        viewer.ask(ask, lost=until % 20 == 0)
    viewer.ask_to_the_end()
    assert_same(History.join([viewer.seen[e] for e in sorted(viewer.seen)]), whole(RACE))


def test_a_repeated_pull_trains_nothing_and_answers_the_same() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    pull = replace(ASK, until=37)
    first = reply(trainer, pull)
    state = trainer.state
    assert reply(trainer, pull) == first
    assert trainer.state is state


def test_a_pull_trains_no_further_than_it_asks() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    reply(trainer, replace(ASK, until=97))
    assert trainer.state.epoch == 97
    reply(trainer, replace(ASK, until=20))
    assert trainer.state.epoch == 97


def test_an_answer_holds_nothing_that_the_page_has() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    reply(trainer, replace(ASK, until=40))
    answer = history_in(reply(trainer, replace(ASK, after=30, until=90)), 4)
    recorded = whole(RACE).epoch
    assert answer.epoch.tolist() == recorded[(recorded > 30) & (recorded <= 90)].tolist()


def test_the_page_gets_the_status_of_each_snapshot() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.train(RACE.epochs)
    snapshots = encoded(law_of(trainer), trainer.history, trainer.history.epoch >= 0)
    status = unpacked(snapshots["status"], "u1").reshape(4, -1)
    np.testing.assert_array_equal(
        status, statuses(closed_form(thermometer(), trainer.runs), whole(RACE))
    )
    assert [list(Status)[int(code)] for code in status[:, -1]] == [
        verdict.status for verdict in verdicts(thermometer(), whole(RACE), trainer.runs)
    ]


# Starting over.


def test_a_pull_can_ask_to_start_over() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.train(170)
    answer = reply(trainer, replace(ASK, number=7, until=50, restart=True))
    assert answer["number"] == 7
    assert trainer.state.epoch == 50
    recorded = whole(RACE).epoch
    assert history_in(answer, 4).epoch.tolist() == recorded[recorded <= 50].tolist()


@given(st.lists(st.lists(st.floats(width=32), min_size=2, max_size=2), min_size=1))
def test_numbers_packed_for_the_page_are_unpacked_bit_for_bit(rows: list[list[float]]) -> None:
    values = np.array(rows, dtype=np.float32).T  # not contiguous
    assert unpacked(packed(values, "<f4"), "<f4").tobytes() == values.tobytes()
