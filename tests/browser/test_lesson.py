"""The lesson in a browser: predict, train, see, and go on, by any route and on any screen."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.lesson import Lesson
from tests.ui.lesson.test_own import EXAMPLE


def test_a_near_miss_is_told_in_the_language_that_is_switched_to(visit: Open) -> None:
    stage = visit()
    lesson = Lesson(stage, "?lesson=6")
    lesson.predict("0.03")
    lesson.train()
    lesson.missed("Asked for")
    stage.page.get_by_role("button", name="中文").click()
    lesson.missed("要求的是")


def test_a_near_miss_is_told_how_far_off_it_was_and_another_rate_passes(visit: Open) -> None:
    stage = visit()
    lesson = Lesson(stage, "?view=lesson&lesson=6")
    lesson.predict("0.03")
    lesson.rate("0.028")
    lesson.train()
    lesson.missed("too late")
    lesson.rate("0.0315")
    lesson.train()
    lesson.is_passed()
    lesson.rate("0.04")
    lesson.train()
    stage.is_at(1000)
    lesson.is_passed()


def test_all_ten_steps(visit: Open) -> None:
    stage = visit()
    lesson = Lesson(stage, "?lesson=1")
    lesson.button("Predict").click()
    lesson.missed("it has to be below 10")
    stage.follow_query("?lesson=1&w=5&b=-15")
    lesson.onward(2)
    for step, answer in (
        (2, "It rises."),
        (3, "It explodes."),
        (4, "Yes: it has nowhere lower to go."),
        (5, "It converges."),
    ):
        lesson.predict(answer)
        lesson.train()
        lesson.onward(step + 1)
    lesson.predict("0.04")
    lesson.rate("0.029")
    lesson.train()
    lesson.onward(7)
    lesson.predict("A wide range, where the loss goes up and down for ever.")
    lesson.rate("0.0329")
    lesson.train()
    lesson.missed("explodes")
    lesson.rate("0.0331")
    lesson.train()
    lesson.onward(8)
    lesson.predict("No, never.")
    lesson.train()
    lesson.onward(9)
    lesson.predict("0.02")
    lesson.type("Exact s", "0.018")
    lesson.rate("0.5")
    lesson.train()
    lesson.onward(10)
    lesson.predict("Yes: at a smaller rate it comes back.")
    lesson.button("Train").click()
    stage.reach(60)
    stage.press("Pause")
    stage.page.locator(".tempfit-go-on summary").click()
    stage.page.get_by_label("New rate").fill("0.01")
    stage.press("Change the rate here")
    expect(stage.rows.first).to_contain_text("then 0.01 from epoch")
    lesson.train()
    lesson.is_passed()
    expect(lesson.place.get_by_label(re.compile("^Step .*, passed"))).to_have_count(10)
    lesson.button("What I found").click()
    assert_summary(stage.page)
    elsewhere = visit()
    elsewhere.page.goto(stage.page.url)
    assert_summary(elsewhere.page)


def assert_summary(page: Page) -> None:
    """Check that all ten steps are found, with a picture of their runs."""
    rows = page.locator(".tempfit-found tbody tr")
    expect(rows).to_have_count(10)
    expect(rows.filter(has_text="—")).to_have_count(0)
    expect(rows.nth(3)).to_contain_text("✗ Yes: it has nowhere lower to go.")
    expect(rows.nth(9)).to_contain_text("Converged")
    expect(page.locator("[role=img] .main-svg").first).to_be_visible()


def test_keys_lead_into_the_lesson_through_it_and_out_again(visit: Open) -> None:
    stage = visit()
    lesson = Lesson(stage, "?lesson=3")
    lesson.predict("It explodes.")
    stage.page.evaluate("document.activeElement.blur()")
    stage.key("p")
    expect(lesson.place).to_have_attribute("data-view", "present")
    stage.key("Space")
    lesson.is_passed()
    expect(lesson.place.get_by_role("status")).to_be_empty()
    stage.key("Space")
    expect(lesson.place.get_by_role("status")).to_contain_text("epoch 11")
    stage.key("Space")
    lesson.is_at(4)
    stage.key("p")
    expect(lesson.place).to_have_attribute("data-view", "lesson")
    stage.page.evaluate("document.activeElement.blur()")
    stage.key("l")
    expect(lesson.place).to_have_count(0)
    expect(stage.page.locator(".tempfit-stage[data-view=lab]")).to_be_visible()
    stage.key("l")
    lesson.is_at(1)


def test_presented_space_goes_on_after_a_slider_was_moved(visit: Open) -> None:
    lesson = Lesson(visit(), "?lesson=1&view=present")
    lesson.button("Predict").click()
    lesson.missed("it has to be below 10")
    lesson.slide("w", 0.75)
    lesson.slide("b", 0.125)
    lesson.is_passed()
    expect(lesson.place).not_to_contain_text("2.93")
    lesson.stage.key("Space")
    expect(lesson.place).to_contain_text("2.93")


def test_on_a_phone_the_step_stands_above_the_stage_and_nothing_scrolls_sideways(
    visit: Open,
) -> None:
    stage = visit(viewport={"width": 390, "height": 844})
    lesson = Lesson(stage, "?lesson=1")
    for step in range(1, 11):
        stage.follow_query(f"?lesson={step}")
        lesson.is_at(step)
        place, charts = lesson.place.bounding_box(), stage.page.locator(".tempfit-charts")
        below = charts.bounding_box()
        assert place
        assert below
        assert place["y"] + place["height"] <= below["y"]
        assert stage.page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390


def test_the_texts_of_a_lesson_are_no_markup(visit: Open) -> None:
    stage = visit()
    lesson = Lesson(stage, "?lesson=1")
    expect(lesson.place.locator(".formula").first).to_have_text("y = w x + b")
    assert lesson.place.locator("a").count() == 0


def test_a_lesson_that_is_uploaded_is_the_session_s_own(visit: Open) -> None:
    stage = visit()
    lesson = Lesson(stage, "")
    stage.page.get_by_text("A lesson of your own", exact=True).click()
    upload = stage.page.get_by_test_id("stSidebar").locator("input[type=file]").last
    wrong = EXAMPLE.replace("check =", "chekc =")
    upload.set_input_files({"name": "a.toml", "mimeType": "text/plain", "buffer": wrong.encode()})
    expect(stage.page.get_by_role("alert").first).to_contain_text("perhaps check is meant")
    upload.set_input_files({"name": "b.toml", "mimeType": "text/plain", "buffer": EXAMPLE.encode()})
    lesson.is_at(1)
    expect(lesson.place).to_contain_text("How warm is the tea?")
    lesson.predict("It explodes.")
    lesson.train()
    lesson.onward(2)
    lesson.button("Back to the lab").click()
    expect(stage.page.get_by_role("button", name="Go on with the lesson")).to_be_visible()
