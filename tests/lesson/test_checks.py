"""Checks over what ran: each condition, the relation of two runs, and the exact epoch."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tempfit import curvature, fit, thermometer
from tempfit.lesson.asked import EXPLODED, STATUS_WORDS, Check, Value
from tempfit.lesson.checks import checked
from tempfit.lesson.conditions import CONDITIONS
from tempfit.lesson.ran import Ending, Ran, foreseen
from tempfit.lesson.toml_file import built_in
from tempfit.theory.status import Status
from tempfit.training.experiment import Experiment, Run
from tests.lesson.training import trained
from tests.strategies import learning_rates

STEP = built_in().step(5)  # any: what it starts from is given each time
SCALED = Experiment(epochs=1000, learning_rate=0.03)
EXPLODING = Experiment(epochs=100, feature_scale=1.0)


def passes(experiment: Experiment, until: int | None = None, /, **asked: Any) -> bool:
    """Return whether an experiment that is trained passes a check of one condition or more."""
    frame = {name: asked.pop(name) for name in ("run", "at_epoch") if name in asked}
    ran = trained(STEP, experiment, until=until)
    return checked(Check(tuple(asked.items()), **frame), ran).passed


def test_the_words_for_a_status_are_those_of_the_theory() -> None:
    assert set(STATUS_WORDS) == {*Status, "exploded"}
    assert set(EXPLODED) < set(Status)


CASES: list[tuple[Experiment, str, Value, Value]] = [
    (SCALED, "status", "converged", "stalled"),
    (EXPLODING, "status", "exploded", "diverging"),
    (SCALED, "was", "oscillating", "diverging"),
    (SCALED, "converged_by", 668, 667),
    (SCALED, "converged_from", 668, 669),
    (EXPLODING, "overflowed_by", 11, 10),
    (EXPLODING, "overflowed_from", 11, 12),
    (SCALED, "loss_below", 2.95, 2.9),
    (EXPLODING, "loss_above_best", 1e6, 1e6),
    (SCALED, "never_rose", True, False),
    (EXPLODING, "never_rose", False, True),
    (SCALED, "w_rose", True, False),
    (SCALED, "b_rose", False, True),
    (SCALED, "rate_at_most", 0.03, 0.029),
    (SCALED, "rate_at_least", 0.03, 0.031),
    (SCALED, "scale_at_most", 0.1, 0.09),
    (SCALED, "scale_at_least", 0.1, 0.2),
    (SCALED, "standardized", False, True),
    (SCALED, "rescued", False, True),
    (SCALED, "epoch_reached", 1000, 1001),
]


@pytest.mark.parametrize(("experiment", "name", "right", "wrong"), CASES)
def test_a_condition_is_met_by_what_ran_and_only_by_it(
    experiment: Experiment, name: str, right: Value, wrong: Value
) -> None:
    assert passes(experiment, **{name: right})
    assert right == wrong or not passes(experiment, **{name: wrong})


def test_each_condition_is_among_the_cases() -> None:
    assert {name for _, name, _, _ in CASES} == set(CONDITIONS)


def test_a_loss_above_a_multiple_of_the_best_is_no_loss_below_it() -> None:
    loss = trained(STEP, SCALED, until=100).history.loss[0, -1]
    times = float(loss) / curvature(thermometer()).best_loss
    assert passes(SCALED, loss_above_best=0.99 * times, at_epoch=100)
    assert not passes(SCALED, loss_above_best=1.01 * times, at_epoch=100)


@pytest.mark.parametrize("at_epoch", [0, 3, 1000])
def test_a_condition_is_looked_at_where_the_check_says(at_epoch: int) -> None:
    loss = fit(thermometer(), [Run(0.03)], at_epoch or 1).loss[0, -1 if at_epoch else 0]
    assert passes(SCALED, loss_below=float(loss) * 1.001, at_epoch=at_epoch)
    assert not passes(SCALED, loss_below=float(loss) * 0.999, at_epoch=at_epoch)


def test_an_epoch_that_is_not_reached_cannot_be_looked_at() -> None:
    ran = trained(STEP, SCALED, until=100)
    result = checked(Check((("loss_below", 1e6),), at_epoch=101), ran)
    assert result.missed == "What counts is epoch 101: 1 epoch to go."


def test_what_lasts_counts_at_once_and_what_may_pass_at_the_last_epoch() -> None:
    assert passes(SCALED, 700, status="converged")
    assert passes(EXPLODING, 3, status="exploded")
    stalling = Experiment(epochs=100, learning_rate=1e-4, feature_scale=1.0)
    assert not passes(stalling, 99, status="stalled")
    assert passes(stalling, 100, status="stalled")
    assert not passes(SCALED, 999, loss_below=10)


def test_which_run_counts_is_for_the_check_to_say() -> None:
    experiment = Experiment(epochs=1000, learning_rate=0.01, compare=(0.03,))
    assert passes(experiment, converged_by=700)
    assert not passes(experiment, converged_by=700, run="main")
    assert passes(experiment, converged_by=700, run="compared")
    assert not passes(experiment, converged_from=701, run="compared")


def test_without_a_compared_run_none_can_pass() -> None:
    assert not passes(SCALED, status="converged", run="compared")


def test_of_several_runs_the_nearest_is_told() -> None:
    experiment = Experiment(epochs=1000, learning_rate=0.025, compare=(0.0331, 0.0286))
    result = checked(Check((("converged_by", 700),)), trained(STEP, experiment))
    assert (result.passed, result.run) == (False, 2)


def test_a_kept_run_counts_as_any() -> None:
    kept = Experiment(epochs=1000, kept=(Run(0.03),))
    assert passes(kept, converged_by=700)
    assert not passes(kept, converged_by=700, run="compared")


@settings(max_examples=8)
@given(st.floats(0.025, 0.0328), st.sampled_from([1000, 5000, 100_000]))
def test_the_epoch_of_convergence_is_exact_between_two_snapshots(rate: float, epochs: int) -> None:
    ran = trained(STEP, Experiment(epochs=epochs, learning_rate=rate), until=1000)
    found = ran.converged_epoch(0)
    assert found is not None
    last, converged = (
        fit(thermometer(), ran.law.runs, end).loss[0, -1] for end in (found - 1, found)
    )
    assert converged <= ran.law.curvatures[0].converged_loss < last
    for near in (found - 1, found, found + 1):
        assert ((ran.converged_epoch(0, near=near) or 0) <= near) is (found <= near)


# Two runs.

PAIR = Check(pair=("converged", "exploded"), rates_within=0.01)


def before(ran: Ran | None) -> tuple[Ending, ...]:
    """Return what became of what ran and of what ran before it."""
    return (*ran.earlier, *ran.endings) if ran else ()


def seen(rate: float, earlier: Ran | None = None, **settings: Any) -> Ran:
    return trained(STEP, SCALED, before(earlier), learning_rate=rate, **settings)


def test_a_pair_needs_no_rates_within() -> None:
    ran = seen(0.05, seen(0.01, epochs=2500))
    assert checked(Check(pair=("exploded", "converged")), ran).passed
    assert "400 % apart" in checked(PAIR, ran).missed


def test_a_pair_and_a_condition_have_to_hold_both() -> None:
    check = Check((("epoch_reached", 2000),), pair=("converged", "exploded"))
    assert not checked(check, seen(0.0331, compare=(0.03,))).passed
    assert checked(check, seen(0.0331, compare=(0.03,), epochs=2000)).passed


def test_a_run_is_in_no_relation_to_itself() -> None:
    assert not checked(Check(pair=("converged", "converged")), seen(0.03)).passed
    assert checked(Check(pair=("converged", "converged")), seen(0.031, seen(0.03))).passed


def test_a_run_whose_rate_changed_is_in_no_relation() -> None:
    rescued = seen(0.0331, seen(0.0332), changes=((50, 0.02),), epochs=2000)
    assert rescued.verdicts[0].status == "converged"
    assert not checked(PAIR, rescued).passed


def test_what_has_one_of_the_two_runs_counts_each_once() -> None:
    converged = seen(0.03)
    descending = seen(0.001, converged)
    again = seen(0.03, descending)
    result = checked(PAIR, again)
    assert not result.passed
    assert result.experiments == (converged.experiment,)
    exploding = seen(0.05, again)
    assert checked(PAIR, exploding).experiments == (converged.experiment, exploding.experiment)
    assert checked(Check((("status", "stalled"),)), exploding).experiments == ()


# The law.


@given(learning_rates(-3, -1.3), st.sampled_from([0.1, 0.05]), st.integers(1, 800))
def test_what_is_foreseen_is_what_runs(rate: float, scale: float, epochs: int) -> None:
    experiment = Experiment(epochs=epochs, learning_rate=rate, feature_scale=scale)
    expected, ran = foreseen(thermometer(), experiment), trained(STEP, experiment)
    assert np.isin(ran.history.epoch[:100], expected.history.epoch).all()
    near = [
        (expected.converged_epoch(0), ran.converged_epoch(0)),
        (expected.overflow_epoch(0), ran.overflow_epoch(0)),
    ]
    for one, other in near:
        if one is not None and other is not None:
            assert one == pytest.approx(other, rel=0.01, abs=1)


@pytest.mark.parametrize("rate", [3e-4, 1e-3, 0.03])
def test_the_epoch_of_convergence_that_is_foreseen_is_that_of_the_law(rate: float) -> None:
    expected = foreseen(thermometer(), Experiment(epochs=100_000, learning_rate=rate))
    assert [expected.converged_epoch(0)] == expected.law.phases[0].form.convergence_epochs


@pytest.mark.parametrize("epochs", [11, 15, 100])
def test_an_overflow_is_foreseen_at_the_epoch_at_which_it_happens(epochs: int) -> None:
    experiment = Experiment(epochs=epochs, feature_scale=1.0)
    assert foreseen(thermometer(), experiment).overflow_epoch(0) == 11
    assert trained(STEP, experiment).overflow_epoch(0) == 11
