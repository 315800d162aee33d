"""A change of the learning rate: before it nothing is new, after it a run with another rate."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit import Dataset, History, fit, thermometer
from tempfit.theory import closed_form as theory
from tempfit.theory import schedule, verdict
from tempfit.theory.schedule import Phase
from tempfit.theory.status import Status
from tempfit.theory.verdict import Verdict
from tempfit.training.experiment import Experiment
from tempfit.training.loop import State, begin

READINGS: Dataset = thermometer()
# Diverging at first, and tamed at epoch 15.
TAMED = Experiment(
    epochs=800, learning_rate=0.036, compare=(0.01,), changes=((15, 0.02), (400, 0.03))
)
PLAIN = replace(TAMED, changes=())


@cache
def train(experiment: Experiment, pieces: tuple[int, ...] = (10**6,)) -> History:
    phases = schedule.phases(experiment, READINGS)
    state, start = begin(READINGS, phases[0].runs)
    history = [start]
    while state.epoch < experiment.epochs:
        until = state.epoch + pieces[len(history) % len(pieces)]
        state, piece = schedule.advance(READINGS, phases, state, experiment.epochs, until)
        history.append(piece)
    return History.join(history)


def assert_same(one: History, other: History) -> None:
    for name in ("epoch", "loss", "w", "b"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def judged(history: History, phases: tuple[Phase, ...]) -> list[Verdict]:
    return schedule.verdicts(READINGS, schedule.laws(READINGS, phases), history, phases)


def test_where_nothing_changes_training_is_fit() -> None:
    assert_same(train(PLAIN), fit(READINGS, PLAIN.runs(READINGS), PLAIN.epochs))


def test_before_a_change_nothing_is_new_and_the_other_runs_never_know() -> None:
    changed, plain = train(TAMED), train(PLAIN)
    early = plain.epoch <= 15
    assert_same(changed.part(changed.epoch <= 15), plain.part(early))
    shared = np.isin(changed.epoch, plain.epoch)
    np.testing.assert_array_equal(changed.loss[1, shared], plain.loss[1])


def test_after_a_change_training_is_that_of_the_other_rate_from_there() -> None:
    history = train(replace(TAMED, changes=((15, 0.02),)))
    (at,) = np.flatnonzero(history.epoch == 15)
    runs = replace(TAMED, learning_rate=0.02).runs(READINGS)
    params = zip(history.w[:, at].tolist(), history.b[:, at].tolist(), strict=True)
    state = State(15, tuple(params))
    phases = (schedule.Phase(0, runs),)
    _, after = schedule.advance(READINGS, phases, state, TAMED.epochs, TAMED.epochs)
    np.testing.assert_array_equal(history.loss[0, at + 1 :], after.loss[0])


@given(st.lists(st.integers(1, 300), min_size=1, max_size=4))
def test_in_any_pieces_it_comes_to_the_same(pieces: list[int]) -> None:
    assert_same(train(TAMED, tuple(pieces)), train(TAMED))


def test_the_epochs_of_the_changes_are_recorded() -> None:
    assert {15, 400} <= set(train(TAMED).epoch.tolist())


def test_the_forecast_follows_the_changes() -> None:
    history = train(TAMED)
    law = schedule.forecast(READINGS, schedule.phases(TAMED, READINGS), history.epoch.tolist())
    np.testing.assert_allclose(law.loss, history.loss, rtol=2e-3)


def test_where_nothing_changes_forecast_and_words_are_those_without_a_schedule() -> None:
    phases, runs = schedule.phases(PLAIN, READINGS), PLAIN.runs(READINGS)
    history = train(PLAIN)
    assert_same(
        schedule.forecast(READINGS, phases, [0, 7, 800]),
        theory.forecast(READINGS, runs, [0, 7, 800]),
    )
    assert judged(history, phases) == verdict.verdicts(READINGS, history, runs)
    assert schedule.outlooks(READINGS, phases, 800) == verdict.outlooks(READINGS, runs, 800)


def test_the_status_is_that_of_the_rate_in_force() -> None:
    history, phases = train(TAMED), schedule.phases(TAMED, READINGS)
    codes = schedule.statuses(schedule.laws(READINGS, phases), history, phases)[0]
    named = dict(zip(history.epoch.tolist(), (list(Status)[code] for code in codes), strict=True))
    assert named[14] == Status.DIVERGING
    assert Status.DIVERGING not in {status for epoch, status in named.items() if epoch >= 15}
    assert named[800] == Status.CONVERGED


def test_outlook_and_verdict_of_a_changed_run_agree_and_name_the_change() -> None:
    phases = schedule.phases(TAMED, READINGS)
    outlook = schedule.outlooks(READINGS, phases, TAMED.epochs)[0]
    outcome = judged(train(TAMED), phases)[0]
    assert outlook.status == outcome.status
    assert "epoch 400" in outlook.sentence
    assert "epoch 400" in outcome.sentence


def test_a_change_beyond_all_bounds_is_not_forecast() -> None:
    far = Experiment(epochs=400, learning_rate=0.05, changes=((100, 0.01),))
    phases = schedule.phases(far, READINGS)
    law = schedule.forecast(READINGS, phases, [0, 99, 100, 400])
    assert np.isfinite(law.loss[0, :2]).all()
    assert np.isnan(law.loss[0, 2:]).all()
    assert "Not forecast" in schedule.outlooks(READINGS, phases, 400)[0].sentence


@pytest.mark.parametrize(
    "changes", [((0, 0.1),), ((800, 0.1),), ((20, 0.1), (10, 0.1)), ((10, 0.1), (10, 0.2))]
)
def test_changes_come_one_after_the_other_within_the_training(
    changes: tuple[tuple[int, float], ...],
) -> None:
    with pytest.raises(ValueError, match="changes"):
        replace(PLAIN, changes=changes)
