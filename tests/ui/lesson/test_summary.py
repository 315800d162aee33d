"""The summary on the page: what its link carries is trained again, and what is not so is said."""

from tempfit import page as moves
from tempfit import page_link
from tempfit.lesson import course as courses
from tempfit.lesson.toml_file import built_in
from tempfit.training.experiment import Experiment
from tests.ui.conftest import Page

STEPS = built_in().steps


def done(*steps: int, prediction: int = 1) -> moves.Page:
    """Return the page of somebody who has passed these steps, open at the summary."""
    page = moves.Page()
    for step in steps:
        page = moves.turn(page, step)
        page = moves.study(page, courses.predicted(page.course, prediction))
        page = moves.study(page, courses.ticked(page.course, (STEPS[step - 1].solution,)))
    return moves.turn(page, len(STEPS) + 1)


def test_the_summary_has_a_row_a_step_a_picture_and_its_own_link() -> None:
    summary = done(3, 6, 7)
    page = Page(**page_link.to_parameters(summary))
    table = page.text("tempfit-found")
    assert table.count("<tr role='row'>") == len(STEPS) + 1
    assert "✗ It falls, but crawls." in table
    assert "Overflowed at epoch 11" in table
    assert "✓ 0.03" in table
    (picture,) = page.component("charts")["charts"]
    edge, *marks, numbers = picture["traces"]
    assert edge["x"] == [1, 1]
    assert sorted({text for one in marks for text in one["text"]}) == ["3", "6", "7"]
    assert sorted(text.split("<br>")[0] for text in numbers["text"]) == ["3", "6, 7"]
    assert all((x > 1) == (one["kind"] == "crosses") for one in marks for x in one["x"])
    assert "progress=" in page.app.code[0].value
    assert page.notes == []


def test_what_a_link_claims_is_trained_and_not_believed() -> None:
    page = moves.turn(moves.Page(), 3)
    page = moves.study(page, courses.predicted(page.course, 2))
    page = moves.study(page, courses.ticked(page.course, (Experiment(epochs=10),)))
    opened = Page(**page_link.to_parameters(moves.turn(page, len(STEPS) + 1)))
    assert "Overflowed" not in opened.text("tempfit-found")


def test_an_experiment_too_long_to_train_again_is_left_out() -> None:
    page = moves.study(moves.turn(moves.Page(), 3), moves.Page().course)
    page = moves.turn(page, 3)
    page = moves.study(page, courses.predicted(page.course, 2))
    page = moves.study(page, courses.ticked(page.course, (Experiment(epochs=1_000_000),)))
    opened = Page(**page_link.to_parameters(moves.turn(page, len(STEPS) + 1)))
    assert opened.text("tempfit-found").count("—") > len(STEPS)


def test_from_the_summary_one_gets_back_to_the_steps_and_to_the_lab() -> None:
    page = Page(**page_link.to_parameters(done(3)))
    page.press("Back to the steps")
    assert page.component("question")["step"] == 1
    page.follow(page_link.to_parameters(done(3)))
    page.press("Back to the lab")
    assert page.control("Go on with the lesson")
