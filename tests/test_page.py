"""Moves of the page: each gives a page with a valid experiment, and nothing is lost unsaid."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit import page as moves
from tempfit import page_link, thermometer
from tempfit.data.sources import THERMOMETER
from tempfit.link import Chart, View, from_parameters
from tempfit.page import Page
from tempfit.training.experiment import EPOCHS, MAX_RUNS, PRESETS, Experiment, Run
from tests.pages import CHARTS, VIEWS, numbers, pages, passing, predict


@given(pages())
def test_whatever_is_done_the_page_has_at_most_eight_valid_runs(page: Page) -> None:
    runs = page.experiment.runs(thermometer())
    assert 1 <= len(runs) <= MAX_RUNS
    assert replace(page.experiment) == page.experiment  # validated anew
    assert page.experiment.room >= 0


@given(pages())
def test_a_link_opens_the_page_that_it_was_made_from(page: Page) -> None:
    parameters = page_link.to_parameters(page)
    opened = page_link.follow(Page(own=page.own), parameters)
    assert page_link.to_parameters(opened) == parameters
    assert opened.experiment.runs(thermometer()) == page.experiment.runs(thermometer())
    assert opened.readings == page.readings
    assert opened.view == page.view
    assert opened.course.step == page.course.step
    assert opened.notes == ()


@given(pages())
def test_a_link_to_own_readings_opens_with_the_thermometer_elsewhere(page: Page) -> None:
    opened = page_link.follow(Page(), page_link.to_parameters(page))
    private = page.readings == page.own is not None
    assert opened.readings == (THERMOMETER if private else page.readings)
    assert (opened.notes == (page_link.MAKER_ONLY,)) is private


@given(pages(), st.sampled_from(CHARTS))
def test_presenting_and_back_shows_the_same_page(page: Page, charts: tuple[Chart, ...]) -> None:
    assert moves.show(moves.show(page, "present", charts), page.view, page.charts) == page


@given(pages())
def test_the_lab_takes_over_what_the_lesson_was_showing(page: Page) -> None:
    lab = moves.show(page, "lab", ())
    assert (lab.experiment, lab.readings) == (page.experiment, page.readings)
    assert lab.course.marks == page.course.marks
    assert lab.course.step is None


def test_raw_beside_scaled_shows_the_surfaces_and_says_so_in_its_link() -> None:
    page = moves.load(Page(), PRESETS["Raw beside scaled"])
    assert page.charts == ("surface",)
    assert page_link.follow(Page(), page_link.to_parameters(page)).charts == ("surface",)
    assert moves.load(Page(), PRESETS["Race four learning rates"]).charts == ()


def test_the_lab_is_the_view_that_a_link_need_not_name() -> None:
    assert page_link.to_parameters(Page()) == {}
    assert page_link.to_parameters(moves.show(Page(), "present", ())) == {"view": ["present"]}
    assert page_link.follow(Page(view="present"), {}).view == "lab"


@pytest.mark.parametrize("name", ["Present", "lessons", "<b>"])
def test_a_view_that_there_is_not_is_the_lab_and_the_page_says_so(name: str) -> None:
    page = page_link.follow(Page(), {"view": [name]})
    assert page.view == "lab"
    assert len(page.notes) == 1


def test_eight_runs_leave_no_room_and_the_slider_is_free_to_move() -> None:
    compare = tuple(n / 1000 for n in range(1, 8))
    full = moves.set_to(Page(Experiment(compare=compare)), "learning_rate", 0.001)
    assert len(full.experiment.learning_rates) == MAX_RUNS - 1
    refused = moves.keep(full, full.experiment.runs(thermometer())[0])
    assert refused.experiment == full.experiment
    assert len(refused.notes) == 1
    on = moves.set_to(refused, "learning_rate", 0.02)
    assert len(on.experiment.runs(thermometer())) == MAX_RUNS
    assert on.notes == ()


@given(pages(), st.sampled_from(["epochs", "learning_rate", "feature_scale"]), numbers)
def test_a_value_that_no_run_allows_changes_nothing_and_is_answered(
    page: Page, setting: moves.Setting, value: float
) -> None:
    after = moves.set_to(page, setting, value)
    if getattr(after.experiment, setting) == value:
        assert from_parameters(page_link.to_parameters(after))[1] == []
    else:
        assert after == replace(page, notes=after.notes)
        assert len(after.notes) == 1


@pytest.mark.parametrize("epoch", [1, 7, 499, 500])
def test_going_on_longer_doubles_the_epochs_and_continues(epoch: int) -> None:
    page = moves.go_on(Page(Experiment(epochs=500)), epoch, None)
    assert page.experiment == Experiment(epochs=1000)
    assert page.goes_on_from == epoch


def test_going_on_at_another_rate_changes_it_from_there_and_forgets_later_changes() -> None:
    before = Page(Experiment(epochs=500, changes=((10, 0.1), (50, 0.2))))
    page = moves.go_on(before, 30, 0.02)
    assert page.experiment.changes == ((10, 0.1), (30, 0.02))
    assert page.experiment.epochs == 500
    at_end = moves.go_on(page, 500, 0.005)
    assert at_end.experiment.epochs == 1000
    assert at_end.experiment.changes == ((10, 0.1), (30, 0.02), (500, 0.005))


def test_the_largest_number_of_epochs_cannot_be_doubled_and_the_page_says_so() -> None:
    longest = Page(Experiment(epochs=int(EPOCHS.high)))
    page = moves.go_on(longest, int(EPOCHS.high), None)
    assert page.experiment == longest.experiment
    assert len(page.notes) == 1


def test_any_other_move_ends_going_on() -> None:
    page = moves.go_on(Page(), 10, None)
    assert moves.set_to(page, "learning_rate", 0.02).goes_on_from is None
    assert moves.load(page, Experiment()).goes_on_from is None


def test_fewer_epochs_end_before_a_change_and_the_page_says_that_it_is_gone() -> None:
    page = moves.set_to(Page(Experiment(epochs=100, changes=((50, 0.1),))), "epochs", 40)
    assert page.experiment == Experiment(epochs=40)
    assert len(page.notes) == 1


def test_a_kept_run_has_the_rate_it_begins_with() -> None:
    run = Run(0.01)
    assert moves.keep(Page(), run).experiment.kept == (run,)
    assert moves.keep(moves.keep(Page(), run), run).experiment.kept == (run,)


# The lesson.


@given(pages())
def test_the_view_is_the_lesson_s_only_at_a_step_and_the_lab_s_only_at_none(page: Page) -> None:
    assert page.view != "lesson" or page.course.step is not None
    assert page.view != "lab" or page.course.step is None


@given(pages(), st.integers(1, 11), st.integers(1, 11))
def test_going_back_and_forth_in_the_lesson_loses_nothing(page: Page, one: int, two: int) -> None:
    there = moves.turn(page, one)
    back = moves.turn(moves.turn(there, two), one)
    assert back == there
    assert back.course.marks == page.course.marks


@given(pages(), st.integers(1, 10))
def test_the_link_of_a_step_opens_it_and_what_was_passed_stays_passed(page: Page, n: int) -> None:
    opened = page_link.follow(page, {"lesson": [str(n)]})
    assert (opened.view, opened.course.step) == ("lesson", n)
    assert opened.course.marks == page.course.marks
    assert opened.experiment == opened.course.beginning
    assert opened.notes == ()


def test_a_step_is_passed_once_it_is_predicted_and_not_before() -> None:
    step = moves.turn(Page(), 3)
    assert step.course.waits
    assert passing(step) == step
    done = passing(predict(step, 0))
    assert done.course.marks[2].passed
    assert not done.course.waits


def test_the_lesson_goes_on_at_the_first_step_that_is_not_passed() -> None:
    begun = moves.show(Page(), "lesson", ())
    assert begun.course.step == 1
    first = moves.show(passing(predict(begun, 1)), "lab", ())
    assert moves.show(first, "lesson", ()).course.step == 2
    assert page_link.follow(first, {"view": ["lesson"]}).course.step == 2


def test_a_bare_link_opens_with_what_the_browser_has_kept() -> None:
    done = passing(moves.set_to(predict(moves.turn(Page(), 6), 1), "learning_rate", 0.031))
    opened = page_link.follow(Page(), {"lesson": ["6"]})
    assert moves.resume(opened, done.course.marks) == done
    with_settings = page_link.follow(Page(), {"lesson": ["6"], "lr": ["0.02"]})
    assert moves.resume(with_settings, done.course.marks).experiment.learning_rate == 0.02


def test_a_passed_step_opens_with_the_experiment_that_passed_it() -> None:
    step = predict(moves.turn(Page(), 6), 1)
    done = passing(moves.set_to(step, "learning_rate", 0.031))
    assert moves.turn(moves.turn(done, 1), 6).experiment == done.experiment


@pytest.mark.parametrize("text", ["0", "-3", "99", "1.4", "abc", "<b>", "inf", ""])
def test_a_step_that_there_is_not_is_the_nearest_one(text: str) -> None:
    opened = page_link.follow(Page(), {"lesson": [text]})
    assert opened.view == "lesson"
    assert opened.course.step in (1, len(opened.course.lesson.steps) + 1)
    assert all("<" not in note for note in opened.notes)


@given(pages(), st.sampled_from(VIEWS))
def test_to_show_what_is_shown_changes_nothing(page: Page, view: View) -> None:
    shown = moves.show(page, view, page.charts)
    assert moves.show(shown, shown.view, shown.charts) == shown
