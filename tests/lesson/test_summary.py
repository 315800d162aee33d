"""The summary: what a link claims is trained again, and found out if it is not so."""

import pytest

from tempfit import curvature, thermometer
from tempfit.lesson.course import Mark
from tempfit.lesson.facts import FACTS, facts, written
from tempfit.lesson.ran import foreseen
from tempfit.lesson.seen import Seen
from tempfit.lesson.summary import found
from tempfit.lesson.toml_file import built_in
from tempfit.training.experiment import Experiment

EXPLODES = built_in().step(3)
EDGE = built_in().step(7)


def test_a_step_is_found_with_its_prediction_and_its_run() -> None:
    row = found(EXPLODES, Mark(0, (EXPLODES.solution,), passed=True))
    assert row.predicted == "It falls and converges to the best loss."
    assert (row.answer, row.right) == ("It explodes.", False)
    assert row.result.passed
    assert row.sentence.startswith("Overflowed at epoch 11")
    assert [each.experiment for each in row.trainings] == [EXPLODES.solution]


def test_a_right_prediction_is_said_to_be_right() -> None:
    assert found(EXPLODES, Mark(2)).right


def test_two_experiments_that_passed_a_step_together_pass_it_again() -> None:
    one, other = (Experiment(epochs=2000, learning_rate=rate) for rate in (0.0331, 0.0329))
    assert found(EDGE, Mark(1, (one, other), passed=True)).result.passed
    assert not found(EDGE, Mark(1, (one,), passed=True)).result.passed


def test_what_a_link_claims_and_is_not_so_is_found_out() -> None:
    row = found(EXPLODES, Mark(2, (Experiment(epochs=100, learning_rate=0.01),), passed=True))
    assert not row.result.passed
    assert row.sentence.startswith("Descending")


def test_what_counts_towards_a_step_is_not_trained_before_it_is_passed() -> None:
    assert found(EDGE, Mark(1, (Experiment(),))).trainings == ()


def test_a_step_that_was_not_done_is_empty() -> None:
    row = found(EXPLODES, Mark())
    assert (row.predicted, row.right, row.trainings, row.sentence) == (None, False, (), "")
    assert not row.result.passed


# The truth.


def test_facts_are_those_of_the_law_and_of_what_ran() -> None:
    ran = foreseen(thermometer(), Experiment(epochs=3000, changes=((50, 0.02),)))
    found_out, bowl = facts(Seen(ran)), curvature(thermometer())
    assert found_out["limit"] == bowl.max_stable_learning_rate
    assert found_out["times_limit"] == pytest.approx(0.01 / bowl.max_stable_learning_rate)
    assert found_out["raw_condition"] == curvature(thermometer(), 1.0).condition_number
    assert (found_out["changed_at"], found_out["changed_to"]) == (50, 0.02)
    assert found_out["loss"] == ran.history.loss[0, -1] < found_out["start_loss"]
    assert "overflow_epoch" not in found_out


def test_each_fact_that_a_text_can_name_is_there_in_some_run() -> None:
    converging = foreseen(thermometer(), Experiment(epochs=3000, changes=((50, 0.02),)))
    exploding = foreseen(thermometer(), Experiment(feature_scale=1.0))
    assert {**facts(Seen(converging)), **facts(Seen(exploding))}.keys() == {*FACTS}


def test_a_rate_below_the_limit_as_it_is_written_is_below_it() -> None:
    ran = foreseen(thermometer(), Experiment(epochs=100))
    texts, found_out = written(Seen(ran), EDGE.check), facts(Seen(ran))
    assert float(texts["limit"]) < found_out["limit"] < float(texts["limit"]) + 1e-4
    assert float(texts["raw_limit"]) < found_out["raw_limit"]
    assert texts["rates_within"] == "1 %"
