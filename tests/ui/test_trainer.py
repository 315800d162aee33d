"""Whatever pulls arrive, and in whatever order, a viewer sees the numbers that `fit` finds."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tempfit import Dataset, History, fit, thermometer, verdicts
from tempfit.theory.closed_form import closed_form
from tempfit.theory.status import Status, statuses
from tempfit.training import loop as training
from tempfit.training.experiment import PRESETS, Experiment
from tempfit.training.loop import snapshot_epochs
from tempfit.ui.stage import trainer as module
from tempfit.ui.stage.trainer import LOOK_EPOCHS, Trainer, identity
from tempfit.ui.wire import Answer, Pull, packed

# A race in which the fourth run overflows, after a third of the epochs.
RACE = Experiment(epochs=200, compare=(1e-3, 3e-2, 5e-2))
SNAPSHOTS = 60  # so few that epochs lie between them
UNHURRIED = 1e9
ASK = Pull(number=1, experiment="", after=-1, until=0)


@cache
def whole(experiment: Experiment) -> History:
    return fit(thermometer(), experiment.runs(thermometer()), experiment.epochs)


@cache
def at(epoch: int) -> History:
    """Return one snapshot of the race, of any epoch."""
    return fit_with_every_epoch(RACE).part(slice(epoch, epoch + 1))


@cache
def fit_with_every_epoch(experiment: Experiment) -> History:
    snapshot_epochs.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "MAX_SNAPSHOTS", experiment.epochs + 1)
        history = fit(thermometer(), experiment.runs(thermometer()), experiment.epochs)
    snapshot_epochs.cache_clear()
    return history


@pytest.fixture(autouse=True, scope="module")
def small_and_unhurried() -> Iterator[None]:
    """Record few snapshots, and let a pull take its time: a busy computer trains as far."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "PULL_SECONDS", UNHURRIED)
        patch.setattr(training, "MAX_SNAPSHOTS", SNAPSHOTS)
        snapshot_epochs.cache_clear()
        yield
    snapshot_epochs.cache_clear()


def test_the_race_of_these_tests_has_gaps_between_snapshots_and_an_overflow() -> None:
    assert np.diff(whole(RACE).epoch).max() > 2
    assert fit_with_every_epoch(RACE).epoch.tolist() == list(range(RACE.epochs + 1))
    assert np.isfinite(whole(RACE).loss[:, -1]).tolist() == [True, True, True, False]


def assert_same(one: History, other: History) -> None:
    for name in ("epoch", "loss", "w", "b"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


def unpacked(text: str, kind: str) -> NDArray[np.generic]:
    return np.frombuffer(base64.b64decode(text), dtype=kind)


def history_in(answer: Answer, runs: int) -> History:
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
        answer = history_in(self.trainer.answer(pull), len(self.trainer.runs))
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
    assert set(snapshot_epochs(RACE.epochs).tolist()) - set(viewer.seen) <= {
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
    first = trainer.answer(pull)
    state = trainer.state
    assert trainer.answer(pull) == first
    assert trainer.state is state


def test_a_pull_trains_no_further_than_it_asks() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.answer(replace(ASK, until=97))
    assert trainer.state.epoch == 97
    trainer.answer(replace(ASK, until=20))
    assert trainer.state.epoch == 97


def test_an_answer_holds_nothing_that_the_page_has() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.answer(replace(ASK, until=40))
    answer = history_in(trainer.answer(replace(ASK, after=30, until=90)), 4)
    recorded = whole(RACE).epoch
    assert answer.epoch.tolist() == recorded[(recorded > 30) & (recorded <= 90)].tolist()


def test_the_page_gets_the_status_of_each_snapshot() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.train(RACE.epochs)
    encoded = trainer.encode(trainer.history, trainer.history.epoch >= 0)
    status = unpacked(encoded["status"], "u1").reshape(4, -1)
    np.testing.assert_array_equal(
        status, statuses(closed_form(thermometer(), trainer.runs), whole(RACE))
    )
    assert [list(Status)[int(code)] for code in status[:, -1]] == [
        verdict.status for verdict in verdicts(thermometer(), whole(RACE), trainer.runs)
    ]


# Epochs between the snapshots.


@given(st.integers(1, 200), st.integers(0, 200))
def test_a_look_shows_what_fit_finds_at_every_epoch(epoch: int, further: int) -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.train(min(epoch + further, RACE.epochs))
    looked = trainer.look(epoch)
    assert looked.epoch[0] == epoch
    assert (np.diff(looked.epoch) == 1).all()
    assert len(looked) <= LOOK_EPOCHS + 1
    for place, moment in enumerate(looked.epoch.tolist()):
        assert_same(looked.part(slice(place, place + 1)), at(moment))


@pytest.mark.parametrize("epoch", [-1, 0, 101, 200, 10**7])
def test_a_look_at_what_is_not_trained_shows_nothing(epoch: int) -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.train(100)
    assert len(trainer.look(epoch)) == 0


def test_a_look_leaves_training_where_it_was() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.train(190)
    state, history = trainer.state, trainer.history
    trainer.look(180)
    assert (trainer.state, trainer.history) == (state, history)


# The time that a pull may take.


def test_a_pull_stops_when_its_time_is_over_and_the_next_goes_on_from_there() -> None:
    experiment = Experiment(epochs=1_000_000)
    trainer = Trainer.of(thermometer(), experiment)
    ticks = count()
    trainer.train(experiment.epochs, clock=lambda: next(ticks) * UNHURRIED / 4)
    first = trainer.state.epoch
    assert 0 < first < 1000
    trainer.train(experiment.epochs, clock=lambda: next(ticks) * UNHURRIED / 4)
    assert trainer.state.epoch == 2 * first


def test_however_much_a_pull_asks_for_it_trains_for_about_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PULL_SECONDS", 0.05)
    trainer = Trainer.of(thermometer(), Experiment(epochs=1_000_000))
    trainer.answer(replace(ASK, until=10**7))
    assert trainer.state.epoch < 1_000_000
    assert trainer.seconds < 10  # a shared computer may be slow for a moment


# Starting over.


def test_a_restarted_trainer_is_as_new_and_trains_to_the_same_numbers() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.train(170)
    trainer.restart()
    new = Trainer.of(thermometer(), RACE)
    assert_same(trainer.history, new.history)
    assert (trainer.state, trainer.seconds) == (new.state, 0)
    Viewer(trainer).ask_to_the_end()
    assert_same(trainer.history, whole(RACE))


def test_a_pull_can_ask_to_start_over() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.train(170)
    answer = trainer.answer(replace(ASK, number=7, until=50, restart=True))
    assert answer["number"] == 7
    assert trainer.state.epoch == 50
    recorded = whole(RACE).epoch
    assert history_in(answer, 4).epoch.tolist() == recorded[recorded <= 50].tolist()


# What is said.


def test_a_trainer_says_where_it_stands_and_what_became_of_the_runs() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    assert trainer.state.epoch == 0
    assert trainer.pace == 0
    trainer.train(RACE.epochs)
    assert trainer.pace > 0
    expected = verdicts(thermometer(), trainer.history, trainer.runs)
    assert trainer.sentences() == [verdict.sentence for verdict in expected]


# Names.


def test_the_same_experiment_on_the_same_data_has_the_same_name_and_another_another() -> None:
    names = {identity(thermometer(), experiment) for experiment in PRESETS.values()}
    assert len(names) == len(PRESETS)
    assert identity(thermometer(), RACE) == identity(thermometer(), replace(RACE))
    moved = Dataset(thermometer().x + 1, thermometer().y)
    assert identity(thermometer(), RACE) != identity(moved, RACE)


@given(st.lists(st.lists(st.floats(width=32), min_size=2, max_size=2), min_size=1))
def test_numbers_packed_for_the_page_are_unpacked_bit_for_bit(rows: list[list[float]]) -> None:
    values = np.array(rows, dtype=np.float32).T  # not contiguous
    assert unpacked(packed(values, "<f4"), "<f4").tobytes() == values.tobytes()


def test_what_trains_here_is_trained_in_one_thread() -> None:
    assert torch.get_num_threads() == 1
