"""The trials on the page: their code, what came of them, and two runs side by side."""

import pytest

from tempfit.epoch.trial import Result
from tempfit.epoch.trials import TRIALS
from tempfit.ui.epoch import trials
from tempfit.ui.epoch.trials import LastTrial
from tests.ui.epoch.conftest import NAMES, Section


def outcome_on(section: Section) -> Result:
    outcome = section.part(LastTrial).result
    assert outcome is not None
    return outcome


@pytest.mark.parametrize("name", TRIALS)
def test_every_trial_shows_its_code_and_what_came_of_it(section: Section, name: str) -> None:
    section.tab(NAMES[3])
    section.trial(name)
    outcome = outcome_on(section)
    shown = [code.value for code in section.app.code]
    assert all(text in shown for text in outcome.code.values())
    assert all(sentence in section.words for sentence in outcome.sentences)
    assert (outcome.message in shown) or not outcome.message
    for label, value in outcome.values:
        assert any(label in text and value in text for text in shown)


def test_a_trial_runs_once_and_is_measured_again_when_asked(section: Section) -> None:
    section.tab(NAMES[3])
    section.trial(trials.MEASURED)
    first = outcome_on(section)
    section.run()
    assert outcome_on(section) is first
    section.press("Measure again")
    assert outcome_on(section) is not first


def test_two_runs_are_sent_whole_and_in_step(section: Section) -> None:
    section.tab(NAMES[3])
    section.trial("Forget to zero")
    race = section.component("runs")
    assert [run["name"] for run in race["runs"]] == ["zeroed", "never zeroed"]
    assert {len(run[name]) for run in race["runs"] for name in ("loss", "w", "b")} == {61}
    assert race["loss"]["xRange"] == [0, 60]


def test_a_loss_range_holds_what_a_picture_can_show() -> None:
    low, high = trials.loss_range([80.0, 1e30, float("nan"), float("inf"), 3.0, 0.0])
    assert 2 < low < 3
    assert 80 < high < 200
    assert trials.loss_range([0.0]) == pytest.approx((1 / 1.3, 1.3))


def test_the_trials_of_a_run_are_told_with_its_numbers(section: Section) -> None:
    section.tab(NAMES[3])
    told = " ".join(caption.value for caption in section.app.caption)
    assert "this run's 11 readings" in told
    assert "`start`: (1, 0)" in told
    assert "`learning_rate`: 0.01." in told
