"""A step of the lesson on the page: what it shows, what it withholds, and what its link says."""

from typing import Any

import pytest

from tempfit import page as moves
from tempfit import page_link
from tempfit.lesson import course as courses
from tempfit.lesson.toml_file import built_in
from tempfit.training.experiment import Experiment
from tests.ui.conftest import Page

STEPS = built_in().steps


def opened(step: int, prediction: float | None = None, *passing: Experiment) -> Page:
    """Open the link of a step, of somebody who has predicted, and passed it."""
    page = moves.turn(moves.Page(), step)
    if prediction is not None:
        page = moves.study(page, courses.predicted(page.course, prediction))
        page = moves.study(page, courses.ticked(page.course, passing))
    return Page(**page_link.to_parameters(moves.load(page, page.course.beginning)))


def shown(page: Page) -> dict[str, Any]:
    return page.component("question")


def words(told: list[list[str]]) -> str:
    return "".join(content for _, content in told)


def test_the_way_in_is_one_button_on_the_first_page_and_leads_to_step_1(page: Page) -> None:
    page.press("Start the lesson")
    assert shown(page)["step"] == 1
    assert page.link == {"view": ["lesson"], "lesson": ["1"]}
    assert not page.app.sidebar.children


@pytest.mark.parametrize("number", range(1, len(STEPS) + 1))
def test_the_link_of_a_step_opens_it_with_its_experiment_and_controls(number: int) -> None:
    page, step = opened(number), STEPS[number - 1]
    data = shown(page)
    assert data["step"] == number
    assert data["passed"] is False
    assert data["outcome"] is None
    assert words(data["question"]).startswith("Predict first")
    assert (len(data["answers"]) > 1) != (data["range"] is not None)
    assert [run.learning_rate for run in page.runs] == list(step.experiment.learning_rates)
    labels = {one.label for one in (*page.app.select_slider, *page.app.slider)}
    assert ("Learning rate" in labels) == ("learning_rate" in step.controls)
    assert ("Feature scale" in labels) == ("feature_scale" in step.controls)
    assert ({"w", "b"} <= labels) == ("start" in step.controls)
    assert "Epochs" not in labels


def test_what_gives_the_answer_away_is_withheld_until_the_prediction_stands() -> None:
    before = opened(6)
    assert {"training", "outlook"} <= {*before.stage["withheld"]}
    assert not any("class='tempfit-limit'" in part.proto.body for part in before.app.get("html"))
    after = opened(6, 1)
    assert not {"training", "outlook"} & {*after.stage["withheld"]}
    assert "stable below" in after.text("tempfit-limit")
    assert shown(after)["prediction"] == 1


def test_going_on_is_withheld_but_in_the_step_that_needs_it() -> None:
    assert "going-on" in opened(3).stage["withheld"]
    assert "going-on" not in opened(10).stage["withheld"]


def test_the_lab_withholds_nothing(page: Page) -> None:
    assert page.stage["withheld"] == []


def test_the_outcome_stands_beside_the_prediction_once_the_step_is_passed() -> None:
    data = shown(opened(3, 0, STEPS[2].solution))
    assert data["passed"] is True
    assert data["outcome"]["predicted"] == "It falls and converges to the best loss."
    assert data["outcome"]["answer"] == "It explodes."
    assert data["outcome"]["right"] is False
    assert "epoch 11" in words(data["outcome"]["explanation"])


def test_presented_the_outcome_waits_to_be_revealed() -> None:
    page = moves.turn(moves.Page(), 3)
    page = moves.study(page, courses.predicted(page.course, 2))
    page = moves.study(page, courses.ticked(page.course, (STEPS[2].solution,)))
    data = shown(Page(**page_link.to_parameters(moves.show(page, "present", ()))))
    assert data["view"] == "present"
    assert data["passed"] is True
    assert data["outcome"] is None


def test_back_in_the_lab_the_experiment_of_the_step_is_on_the_page() -> None:
    page = opened(3)
    page.follow(page_link.to_parameters(moves.show(moves.turn(moves.Page(), 3), "lab", ())))
    page.assert_shows(STEPS[2].experiment)
    assert page.control("Start the lesson")


@pytest.mark.parametrize("text", ["", "0", "99", "<b>", "1e999", "b089c1~9~9_R"])
def test_a_hostile_link_opens_some_step(text: str) -> None:
    page = Page(view="lesson", lesson=text, progress=text)
    assert page.link["view"] == ["lesson"]
