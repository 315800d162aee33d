"""A training that is asked for bit by bit: how far it goes, looks back, and goes on elsewhere."""

import time
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tempfit import Dataset, History, thermometer
from tempfit.training.batching import Batcher
from tempfit.training.experiment import PRESETS, Experiment
from tempfit.training.history import State
from tempfit.training.loop import Task
from tempfit.training.trainer import LOOK_EPOCHS, Trainer, name_of
from tests import race
from tests.race import RACE, assert_same, every_epoch, whole

small_and_unhurried = race.small_and_unhurried


def trained(experiment: Experiment, until: int) -> Trainer:
    trainer = Trainer.of(thermometer(), experiment)
    trainer.train(until)
    return trainer


def assert_right(history: History, experiment: Experiment) -> None:
    """Hold each snapshot against a training that records every epoch."""
    found = every_epoch(experiment)
    assert_same(history, found.part(history.epoch))


def test_the_race_of_these_tests_has_gaps_between_snapshots_and_an_overflow() -> None:
    assert np.diff(whole(RACE).epoch).max() > 2
    assert every_epoch(RACE).epoch.tolist() == list(range(RACE.epochs + 1))
    assert np.isfinite(whole(RACE).loss[:, -1]).tolist() == [True, True, True, False]


# Training.


@given(st.lists(st.integers(-1, 250), max_size=5))
def test_asked_for_in_any_steps_the_history_is_that_of_fit(steps: list[int]) -> None:
    trainer = Trainer.of(thermometer(), RACE)
    for until in [*steps, RACE.epochs]:
        trainer.train(until)
    assert trainer.done
    assert_same(trainer.history, whole(RACE))


@given(st.integers(1, 199), st.integers(0, 3))
def test_an_overflow_is_recorded_exactly_wherever_training_stopped(cut: int, near: int) -> None:
    (overflow,) = np.flatnonzero(np.diff(np.isfinite(every_epoch(RACE).loss[3]).astype(int)))
    trainer = trained(RACE, cut)
    trainer.train(int(overflow) - 1 + near)
    trainer.train(RACE.epochs)
    assert {overflow, overflow + 1} <= {*trainer.history.epoch.tolist()}
    assert_right(trainer.history, RACE)


def test_a_training_stops_when_its_time_is_over_and_goes_on_from_there() -> None:
    ticks = count()
    experiment = Experiment(epochs=1_000_000)
    runs = experiment.runs(thermometer())
    batcher = Batcher(seconds=3, clock=lambda: next(ticks))
    trainer = Trainer(thermometer(), runs, experiment.epochs, "", batcher)
    trainer.train(experiment.epochs)
    first = trainer.state.epoch
    assert 0 < first < 1000
    trainer.train(experiment.epochs)
    assert trainer.state.epoch == 2 * first


def test_however_much_is_asked_for_it_trains_for_about_its_time() -> None:
    experiment = Experiment(epochs=1_000_000)
    runs = experiment.runs(thermometer())
    trainer = Trainer(thermometer(), runs, experiment.epochs, "", Batcher(seconds=0.05))
    trainer.train(10**7)
    assert trainer.state.epoch < 1_000_000
    assert trainer.seconds < 10  # a shared computer may be slow for a moment


def test_the_pace_is_that_of_the_epochs_trained() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    ticks = count()
    assert trainer.pace == 0
    trainer.train(50, clock=lambda: 2 * next(ticks))
    trainer.train(20, clock=lambda: 2 * next(ticks))
    assert trainer.pace == 25
    trainer.train(150, clock=lambda: 3 * next(ticks))
    assert trainer.pace == 30


def test_a_restarted_trainer_is_as_new_and_trains_to_the_same_numbers() -> None:
    trainer = trained(RACE, 170)
    trainer.restart()
    new = Trainer.of(thermometer(), RACE)
    assert_same(trainer.history, new.history)
    assert (trainer.state, trainer.seconds) == (new.state, 0)
    trainer.train(RACE.epochs)
    assert_same(trainer.history, whole(RACE))


# Epochs between the snapshots.


@given(st.integers(1, 200), st.integers(0, 200))
def test_a_look_shows_what_fit_finds_at_every_epoch(epoch: int, further: int) -> None:
    looked = trained(RACE, min(epoch + further, RACE.epochs)).look(epoch)
    assert looked.epoch[0] == epoch
    assert (np.diff(looked.epoch) == 1).all()
    assert len(looked) <= LOOK_EPOCHS + 1
    assert_right(looked, RACE)


@pytest.mark.parametrize("epoch", [-1, 0, 101, 200, 10**7])
def test_a_look_at_what_is_not_trained_shows_nothing(epoch: int) -> None:
    assert len(trained(RACE, 100).look(epoch)) == 0


def test_a_look_leaves_training_where_it_was() -> None:
    trainer = trained(RACE, 190)
    state, history = trainer.state, trainer.history
    trainer.look(180)
    assert (trainer.state, trainer.history) == (state, history)


@given(st.integers(0, 200))
def test_the_state_at_any_epoch_is_that_which_training_was_in(epoch: int) -> None:
    state = trained(RACE, RACE.epochs).state_at(epoch)
    expected = every_epoch(RACE).state(epoch)
    assert state.epoch == epoch
    np.testing.assert_array_equal([state.w, state.b], [expected.w, expected.b])


def test_nothing_is_trained_when_the_end_is_not_ahead() -> None:
    trainer = trained(RACE, 10)
    state, history = trainer.state, trainer.history
    for until in (0, 10):
        trainer.train(until)
        assert (trainer.state, trainer.history) == (state, history)


# Towards an epoch, trained or not.


@given(st.integers(0, 200), st.integers(0, 200))
def test_an_epoch_is_reached_to_the_last_bit_and_nothing_is_recorded(epoch: int, at: int) -> None:
    trainer = trained(RACE, at)
    history = trainer.history
    state = trainer.towards(epoch)
    expected = every_epoch(RACE).state(epoch)
    assert state.epoch == epoch
    np.testing.assert_array_equal([state.w, state.b], [expected.w, expected.b])
    assert trainer.history is history


def test_a_far_epoch_is_reached_a_stretch_at_a_time_on_from_the_state_that_is_known() -> None:
    trainer = Trainer.of(thermometer(), RACE)
    trainer.batcher = Batcher(seconds=0)
    known, seen = trainer.towards(190), 1
    assert 0 < known.epoch < 190
    while known.epoch < 190:
        further = trainer.towards(190, known)
        assert further.epoch > known.epoch
        known, seen = further, seen + 1
    assert seen >= 3
    assert repr(known) == repr(every_epoch(RACE).state(190))  # a run there is nan


@pytest.mark.parametrize("known", [State(epoch, (0.0,) * 4, (0.0,) * 4) for epoch in (5, 199)])
def test_a_state_that_is_no_nearer_is_not_gone_on_from(known: State) -> None:
    state = trained(RACE, 150).towards(150, known)
    assert repr(state) == repr(every_epoch(RACE).state(150))


# Going on.


@given(st.integers(1, 199), st.integers(0, 200))
def test_it_goes_on_at_another_rate_from_any_epoch_that_was_trained(
    epoch: int, further: int
) -> None:
    trainer = trained(RACE, min(epoch + further, RACE.epochs))
    changed = replace(RACE, changes=((epoch, 0.02),))
    fresh = Trainer.of(thermometer(), changed)
    fresh.go_on_from(trainer, epoch)
    assert fresh.state.epoch == fresh.history.epoch[-1] == epoch
    assert_right(fresh.history, RACE)
    fresh.train(changed.epochs)
    assert {*whole(changed).epoch.tolist()} <= {*fresh.history.epoch.tolist()}
    assert_right(fresh.history, changed)


@given(st.integers(1, 200))
def test_it_goes_on_for_longer_from_any_epoch_that_was_trained(epoch: int) -> None:
    longer = replace(RACE, epochs=400)
    fresh = Trainer.of(thermometer(), longer)
    fresh.go_on_from(trained(RACE, RACE.epochs), epoch)
    assert fresh.pace == 0
    fresh.train(longer.epochs)
    assert_right(fresh.history, longer)


# Names.


def test_the_same_experiment_on_the_same_data_has_the_same_name_and_another_another() -> None:
    names = {name_of(thermometer(), experiment) for experiment in PRESETS.values()}
    assert len(names) == len(PRESETS)
    assert name_of(thermometer(), RACE) == name_of(thermometer(), replace(RACE))
    moved = Dataset(thermometer().x + 1, thermometer().y)
    assert name_of(thermometer(), RACE) != name_of(moved, RACE)


def test_an_experiment_that_keeps_a_run_it_has_is_the_same() -> None:
    keeping = replace(RACE, kept=RACE.runs(thermometer())[:2])
    assert name_of(thermometer(), keeping) == name_of(thermometer(), RACE)


def test_what_trains_here_is_trained_in_one_thread() -> None:
    assert torch.get_num_threads() == 1


def test_the_pace_counts_no_time_in_which_the_process_stands_still() -> None:
    class Sleepy(Batcher):
        def train(self, task: Task) -> tuple[State, History]:
            time.sleep(0.5)
            return super().train(task)

    awake, sleepy = (Trainer.of(thermometer(), RACE) for _ in range(2))
    sleepy.batcher = Sleepy()
    for trainer in (awake, sleepy):
        trainer.train(RACE.epochs)
    assert sleepy.pace > RACE.epochs / 0.5
