"""A change of the learning rate: before it nothing is new, after it a run with another rate."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit import Dataset, History, Run, fit, forecast, thermometer, verdicts
from tempfit.theory.law import closed_form
from tempfit.theory.status import Status, statuses
from tempfit.theory.verdict import outlooks
from tempfit.training.experiment import Experiment
from tests.advancing import advance, begin
from tests.strategies import datasets, learning_rates, runs

READINGS: Dataset = thermometer()
# Diverging at first, and tamed at epoch 15.
TAMED = Run(0.036, changes=((15, 0.02), (400, 0.03)))
PLAIN = replace(TAMED, changes=())
STEADY = Run(0.01)
EPOCHS = 800


@cache
def trained(together: tuple[Run, ...], pieces: tuple[int, ...] = (10**6,)) -> History:
    state, start = begin(READINGS, together)
    history = [start]
    while state.epoch < EPOCHS:
        until = state.epoch + pieces[len(history) % len(pieces)]
        state, piece = advance(READINGS, together, state, EPOCHS, until)
        history.append(piece)
    return History.join(history)


def assert_same(one: History, other: History) -> None:
    for name in ("epoch", "loss", "w", "b"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


changes = st.lists(st.integers(1, 60), min_size=1, max_size=3, unique=True).flatmap(
    lambda epochs: st.tuples(
        *(st.tuples(st.just(epoch), learning_rates(-4, 0)) for epoch in sorted(epochs))
    )
)
changing = st.builds(lambda run, made: replace(run, changes=made), runs(), changes)


# Training.


def test_the_rate_at_an_epoch_is_that_of_the_last_change_by_then() -> None:
    rates = [TAMED.rate_at(epoch) for epoch in (0, 14, 15, 399, 400, 10**6)]
    assert rates == [0.036, 0.036, 0.02, 0.02, 0.03, 0.03]


def test_an_experiment_changes_its_main_run_alone() -> None:
    experiment = Experiment(epochs=EPOCHS, learning_rate=0.036, compare=(0.01,))
    changed = replace(experiment, changes=TAMED.changes)
    assert experiment.runs(READINGS) == (PLAIN, STEADY)
    assert changed.runs(READINGS) == (TAMED, STEADY)


def test_before_a_change_nothing_is_new_and_the_other_runs_never_know() -> None:
    changed, plain = trained((TAMED, STEADY)), trained((PLAIN, STEADY))
    assert_same(changed.part(changed.epoch <= 15), plain.part(plain.epoch <= 15))
    shared = np.isin(changed.epoch, plain.epoch)
    np.testing.assert_array_equal(changed.loss[1, shared], plain.loss[1])


@given(datasets(), changing)
def test_after_each_change_training_is_that_of_the_other_rate_from_there(
    dataset: Dataset, run: Run
) -> None:
    history = fit(dataset, [run], 70)
    for epoch, rate in run.changes:
        plain = replace(run, learning_rate=rate, changes=())
        end = min([later for later, _ in run.changes if later > epoch], default=70)
        _, after = advance(dataset, [plain], history.state(epoch), 70, end)
        assert_same(history.part(slice(epoch + 1, end + 1)), after)


@given(datasets(), st.lists(st.one_of(runs(), changing), min_size=1, max_size=4))
def test_runs_that_change_train_in_a_batch_as_they_do_alone(
    dataset: Dataset, together: list[Run]
) -> None:
    batch = fit(dataset, together, 70)
    for index, run in enumerate(together):
        assert_same(batch.of_runs([index]), fit(dataset, [run], 70))


@given(st.lists(st.integers(1, 300), min_size=1, max_size=4))
def test_in_any_pieces_it_comes_to_the_same(pieces: list[int]) -> None:
    together = (TAMED, STEADY)
    assert_same(trained(together, tuple(pieces)), fit(READINGS, together, EPOCHS))


def test_the_epochs_of_the_changes_are_recorded() -> None:
    late = Run(0.01, changes=((4321, 0.02),))
    assert {15, 400} <= {*trained((STEADY, TAMED)).epoch.tolist()}
    assert 4321 in fit(READINGS, [late], 5000).epoch
    assert 4321 not in fit(READINGS, [STEADY], 5000).epoch


# The law.


@given(st.integers(1, 200), learning_rates(-4, -1.6), st.integers(0, 1))
def test_the_forecast_follows_the_changes(epoch: int, rate: float, place: int) -> None:
    together = [STEADY, STEADY]
    together[place] = replace(STEADY, changes=((epoch, rate), (epoch + 100, 0.02)))
    history = fit(READINGS, together, 400)
    law = forecast(READINGS, together, history.epoch)
    np.testing.assert_allclose(law.loss, history.loss, rtol=2e-3)
    np.testing.assert_allclose(law.w, history.w, rtol=2e-3)


def test_a_change_to_the_same_rate_changes_nothing() -> None:
    same = replace(STEADY, changes=((50, STEADY.learning_rate),))
    one, other = (forecast(READINGS, [run], [0, 7, 50, 51, 800]) for run in (STEADY, same))
    np.testing.assert_allclose(one.loss, other.loss, rtol=1e-12)
    assert_same(fit(READINGS, [same], 800).part(slice(0, 50)), trained((STEADY,)).part(slice(50)))


def test_the_status_is_that_of_the_rate_in_force() -> None:
    history = trained((STEADY, TAMED))
    codes = statuses(closed_form(READINGS, (STEADY, TAMED)), history)[1]
    named = dict(zip(history.epoch.tolist(), (list(Status)[code] for code in codes), strict=True))
    assert named[14] == Status.DIVERGING
    assert Status.DIVERGING not in {status for epoch, status in named.items() if epoch >= 15}
    assert named[800] == Status.CONVERGED


def test_outlook_and_verdict_of_a_changed_run_agree_and_name_the_change() -> None:
    together = (STEADY, TAMED)
    outlook = outlooks(closed_form(READINGS, together), EPOCHS)[1]
    outcome = verdicts(READINGS, trained(together), together)[1]
    assert outlook.status == outcome.status
    for said in (outlook, outcome):
        assert "From epoch 400 on the rate is 0.03." in said.sentence


def test_the_epoch_that_is_named_counts_from_the_start_of_the_run() -> None:
    run = Run(1e-3, changes=((200, 0.01),))
    (outlook,) = outlooks(closed_form(READINGS, [run]), 5000)
    (outcome,) = verdicts(READINGS, history := fit(READINGS, [run], 5000), [run])
    loss = history.loss[0]
    near = history.epoch[loss <= closed_form(READINGS, [run]).curvatures[0].converged_loss]
    assert outcome.epoch == near[0] > 1000
    assert outlook.epoch == pytest.approx(near[0], rel=0.02)


def test_what_is_said_of_the_other_runs_is_what_is_said_of_them_alone() -> None:
    together = (TAMED, STEADY)
    law, alone = closed_form(READINGS, together), closed_form(READINGS, [STEADY])
    assert outlooks(law, EPOCHS)[1] == outlooks(alone, EPOCHS)[0]
    history = trained(together)
    expected = verdicts(READINGS, history.of_runs([1]), [STEADY])
    assert verdicts(READINGS, history, together)[1:] == expected


def test_a_change_after_an_overflow_is_not_forecast_and_saves_nothing() -> None:
    far = Run(0.05, changes=((100, 0.01),))
    law = closed_form(READINGS, [far])
    predicted = law.forecast([0, 99, 100, 400])
    assert np.isfinite(predicted.loss[0, :2]).all()
    assert np.isnan(predicted.loss[0, 2:]).all()
    (outlook,) = outlooks(law, 400)
    (outcome,) = verdicts(READINGS, fit(READINGS, [far], 400), [far])
    assert outlook.status == outcome.status == Status.OVERFLOWED
    assert outlook.epoch is not None
    assert outlook.epoch == pytest.approx(outcome.epoch, abs=1)
    assert outcome.sentence.startswith(f"Overflowed at epoch {outcome.epoch}: ")
    assert "0.05 is 1.52 times the limit" in outcome.sentence


# Refusals.


@pytest.mark.parametrize(
    "changes", [((0, 0.1),), ((800, 0.1),), ((20, 0.1), (10, 0.1)), ((10, 0.1), (10, 0.2))]
)
def test_changes_come_one_after_the_other_within_the_training(
    changes: tuple[tuple[int, float], ...],
) -> None:
    with pytest.raises(ValueError, match="changes must be at rising epochs from 1 to 799"):
        Experiment(epochs=800, changes=changes)


@pytest.mark.parametrize("changes", [((0, 0.1),), ((10**6, 0.1),), ((20, 0.1), (10, 0.1))])
def test_a_run_has_its_changes_one_after_the_other(changes: tuple[tuple[int, float], ...]) -> None:
    with pytest.raises(ValueError, match="changes must be at rising epochs from 1 to 999999"):
        Run(0.01, changes=changes)


def test_a_run_refuses_to_change_to_a_rate_that_it_would_not_start_with() -> None:
    with pytest.raises(ValueError, match="learning_rate must be between"):
        Run(0.01, changes=((10, 0.0),))
