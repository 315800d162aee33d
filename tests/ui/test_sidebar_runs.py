"""The runs that are compared and kept, and no more of them than there is room for."""

import pytest

from tempfit.link import to_parameters
from tempfit.numbers import exact
from tempfit.training.experiment import MAX_RUNS, Experiment, Run
from tempfit.ui.sidebar.quantities import RATE_SLIDER
from tests.ui.conftest import Page

OTHER_RATE = next(step for step in RATE_SLIDER.offered if step > 0.02)


def test_a_rate_typed_into_compare_with_becomes_a_run(page: Page) -> None:
    page.set("Compare with", ["0.001", "0,02", " 3e-2 "])
    page.assert_shows(Experiment(compare=(0.001, 0.02, 0.03)))
    assert page.notes == []


@pytest.mark.parametrize("rubbish", ["abc", "nan", "-1", "0", "", "<b>0.1</b>", "9" * 3000])
def test_rubbish_in_compare_with_is_left_out_with_a_sentence(page: Page, rubbish: str) -> None:
    page.set("Compare with", ["0.001", rubbish])
    page.assert_shows(Experiment(compare=(0.001,)))
    (note,) = page.notes
    assert note.startswith("Compare with: ")
    assert "<" not in note
    page.set("Compare with", ["0.001", "0.002"])
    assert page.notes == []


def test_the_main_rate_or_a_rate_twice_is_one_run(page: Page) -> None:
    page.set("Compare with", ["0.01", "0.02", "2e-2"])
    page.assert_shows(Experiment(compare=(0.02,)))


def test_a_compared_rate_that_the_slider_reaches_is_one_run(page: Page) -> None:
    page.set("Compare with", [exact(OTHER_RATE)])
    page.set("Learning rate", OTHER_RATE)
    assert [run.learning_rate for run in page.runs] == [OTHER_RATE]
    page.set("Learning rate", 0.01)
    assert page.runs[0].learning_rate == 0.01


def test_eight_runs_are_the_most(page: Page) -> None:
    rates = [f"{i / 1000:g}" for i in range(1, 13) if i != 10]
    assert page.control("Compare with").proto.max_selections == MAX_RUNS - 1
    crowded = Page(compare=rates)
    assert [run.learning_rate for run in crowded.runs] == [0.01, *map(float, rates[:7])]
    assert len(crowded.notes) == 1
    assert crowded.control("Keep for comparison").disabled


def test_a_run_that_is_kept_stays_while_the_controls_move_on(page: Page) -> None:
    page.set("Standardize (mean 0, variance 1)", value=True)
    kept = page.runs[0]
    page.press("Keep for comparison")
    page.set("Standardize (mean 0, variance 1)", value=False)
    page.set("Learning rate", OTHER_RATE)
    page.assert_shows(Experiment(learning_rate=OTHER_RATE, kept=(kept,)))
    page.set("Kept runs", [])
    page.assert_shows(Experiment(learning_rate=OTHER_RATE))


def test_a_run_is_kept_once(page: Page) -> None:
    page.press("Keep for comparison")
    page.press("Keep for comparison")
    page.assert_shows(Experiment(kept=(Run(0.01),)))
    assert len(page.runs) == 1


SEVEN = tuple(n / 1000 for n in range(1, 8))


def test_a_main_rate_that_is_compared_already_leaves_no_room_to_keep_and_is_free_to_move() -> None:
    page = Page(**to_parameters(Experiment(learning_rate=0.01, compare=SEVEN)))
    page.set("Exact η", 0.001)
    assert page.control("Keep for comparison").disabled
    page.set("Exact η", 0.02)
    assert page.stage["setup"]["runs"][0]["rate"] == 0.02
    assert len(page.runs) == MAX_RUNS


def test_seven_kept_runs_leave_no_room_to_compare_and_the_page_says_so() -> None:
    kept = tuple(Run(rate) for rate in SEVEN)
    page = Page(**to_parameters(Experiment(kept=kept)))
    assert len(page.runs) == MAX_RUNS
    assert page.control("Compare with").disabled
    assert page.control("Keep for comparison").disabled
    assert "8 runs" in page.control("Compare with").help


def test_a_run_can_be_kept_until_there_is_no_room(page: Page) -> None:
    for rate in SEVEN:
        page.set("Exact η", rate)
        page.press("Keep for comparison")
    page.set("Exact η", 0.02)
    assert len(page.runs) == MAX_RUNS
    assert page.control("Keep for comparison").disabled
