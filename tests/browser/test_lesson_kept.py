"""What is done in the lesson is kept, by the browser and by the link."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.lesson import Lesson


def test_from_the_first_page_through_three_steps_and_a_reload(visit: Open) -> None:
    stage = visit()
    lesson = Lesson(stage, "")
    stage.press("Start the lesson")
    lesson.is_at(1)
    expect(stage.button("Train")).to_have_count(0)
    lesson.button("Predict").click()
    lesson.missed("it has to be below 10")
    lesson.slide("w", 0.75)
    lesson.slide("b", 0.125)
    lesson.onward(2)
    expect(stage.button("Train")).to_be_disabled()
    expect(stage.page.get_by_text("Predict first", exact=True)).to_be_visible()
    lesson.predict("It rises.")
    lesson.button("Train").click()
    lesson.onward(3)
    expect(stage.rows.first.locator(".status")).to_have_text("not trained")
    expect(stage.rows.first.locator(".sentence")).to_be_empty()
    lesson.predict("It falls, but crawls.")
    expect(stage.rows.first.locator(".status")).to_have_text("will overflow")
    lesson.button("Train").click()
    lesson.is_passed()
    outcome = lesson.place.get_by_role("status")
    for text in ("It falls, but crawls.", "It explodes.", "epoch 11"):
        expect(outcome).to_contain_text(text)
    stage.page.reload()
    lesson.is_at(3)
    lesson.is_passed()
    expect(outcome).to_contain_text("epoch 11")
    expect(lesson.place.get_by_label(re.compile("^Step 1: .*passed"))).to_be_visible()
    lesson.button("Previous").click()
    lesson.is_at(2)
    lesson.is_passed()


def test_the_browser_keeps_the_progress_for_a_bare_link_until_the_lesson_is_begun_anew(
    visit: Open,
) -> None:
    stage = visit()
    lesson = Lesson(stage, "?lesson=2")
    lesson.predict("It falls, towards −17.3.")
    lesson.button("Train").click()
    lesson.is_passed()
    stage.page.evaluate("localStorage.setItem('tempfit-lesson-other', 'other~1')")
    lesson = Lesson(stage, "?lesson=2")
    lesson.is_passed()
    expect(lesson.place.get_by_role("status")).to_contain_text("It falls, towards −17.3.")
    expect(stage.page).to_have_url(re.compile("progress="))
    lesson = Lesson(stage, "?lesson=3")
    expect(lesson.place.get_by_label(re.compile("^Step 2: .*passed"))).to_be_visible()
    lesson.button("Start over").click()
    lesson.is_at(1)
    Lesson(stage, "?lesson=2").predict("It rises.")


@pytest.mark.parametrize("kept", ["", "~" * 9000, "<b>", "b089c1~nan~x~T", '{"a": 1}'])
def test_what_the_browser_has_kept_and_is_none_is_ignored(visit: Open, kept: str) -> None:
    stage = visit()
    lesson = Lesson(stage, "?lesson=2")
    lesson.is_at(2)
    stage.page.evaluate("kept => localStorage.setItem('tempfit-lesson-b089c1', kept)", kept)
    Lesson(stage, "?lesson=2").predict("It rises.")


def test_the_link_of_somebody_else_s_way_is_not_mixed_with_one_s_own(visit: Open) -> None:
    stage = visit()
    lesson = Lesson(stage, "?lesson=2&progress=b089c1~~0")
    lesson.button("Train").click()
    lesson.is_passed()
    lesson = Lesson(stage, "?lesson=2&progress=b089c1~~1")
    lesson.button("Train").click()
    lesson.is_passed()
    expect(lesson.place.get_by_role("status")).to_contain_text("It falls, towards −17.3.")


def test_what_counts_towards_a_step_is_still_there_after_a_reload(visit: Open) -> None:
    stage = visit()
    lesson = Lesson(stage, "?lesson=7")
    lesson.predict("A wide range, where the loss goes up and down for ever.")
    lesson.rate("0.0329")
    lesson.train()
    lesson.missed("explodes")
    stage.page.reload()
    lesson.is_at(7)
    lesson.rate("0.0331")
    lesson.train()
    lesson.is_passed()
