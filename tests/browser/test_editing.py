"""Edit readings in the browser: in the table, and on the chart."""

import re

import pytest
from playwright.sync_api import expect

from tempfit import thermometer
from tests.browser.conftest import Open
from tests.browser.readings import drawn, has_readings, said
from tests.browser.stage import Stage


def place(stage: Stage, x: float, y: float) -> tuple[float, float]:
    """Return where on the axes of the fitted line a point of the window lies."""
    found: tuple[float, float] = stage.page.evaluate(
        """([x, y]) => {
          const plot = document.querySelector(".js-plotly-plot");
          const { xaxis, yaxis } = plot._fullLayout;
          const { left, top } = plot.getBoundingClientRect();
          return [xaxis.p2d(x - left - xaxis._offset), yaxis.p2d(y - top - yaxis._offset)];
        }""",
        [x, y],
    )
    return found


def test_a_reading_is_edited_in_the_table(stage: Stage) -> None:
    stage.page.get_by_text("Readings: edit, add, remove").click()
    grid = stage.page.locator("[data-testid=stDataFrame] canvas").first
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    stage.page.mouse.dblclick(box["x"] + 200, box["y"] + 54)
    field = stage.page.locator("input.gdg-input")
    field.fill("40.5")
    field.press("Enter")
    expect(said(stage)).to_contain_text("Unknown thermometer, edited: 11 readings.")
    stage.page.wait_for_function(
        "() => Math.abs(document.querySelector('.js-plotly-plot').data[0].x[0] - 40.5) < 0.01"
    )
    x, y = drawn(stage)
    assert x == pytest.approx([40.5, *thermometer().x.tolist()[1:]])
    assert y == pytest.approx(thermometer().y.tolist())
    stage.page.wait_for_url("**data=private**")
    stage.page.get_by_text("Readings: edit, add, remove").click()


def limit(stage: Stage) -> str:
    return stage.page.locator(".tempfit-limit span").first.inner_text()


def test_a_click_adds_a_reading_dragging_moves_it_and_the_forecast_follows(visit: Open) -> None:
    stage = visit()
    stage.load("")
    stage.press("Edit readings")
    expect(stage.button("Edit readings")).to_have_attribute("aria-pressed", "true")
    box = stage.page.locator(".tempfit-sheet").bounding_box()
    assert box is not None
    left, top, mouse = box["x"], box["y"], stage.page.mouse
    axes = stage.plot("Fitted line")["layout"]["xaxis"]["range"]
    before = limit(stage)
    mouse.click(left + 150, top + 60)
    has_readings(stage, 12)
    expect(stage.page.locator(".tempfit-limit span").first).not_to_have_text(before)

    added = limit(stage)
    mouse.move(left + 150, top + 60)
    mouse.down()
    mouse.move(left + 300, top + 160, steps=10)
    expect(stage.page.locator(".tempfit-limit span").first).not_to_have_text(added)
    assert stage.plot("Fitted line")["layout"]["xaxis"]["range"] == pytest.approx(axes)
    mouse.move(left + 340, top + 200, steps=5)
    mouse.up()
    stage.page.wait_for_function("() => document.querySelector('.tempfit-sheet i').hidden")
    has_readings(stage, 12, last=place(stage, left + 340, top + 200))

    stage.page.keyboard.down("Shift")
    mouse.click(left + 340, top + 200)
    stage.page.keyboard.up("Shift")
    has_readings(stage, 11)
    assert limit(stage) == before
    stage.press("Edit readings")
    expect(stage.page.locator(".tempfit-sheet")).to_have_count(0)


def test_edits_are_undone_and_done_again_by_buttons_and_keys_and_the_link_is_spoken_of(
    visit: Open,
) -> None:
    stage = visit()
    stage.load("")
    stage.press("Edit readings")
    said = stage.page.locator(".tempfit-sheet").get_by_role("status")
    expect(said).to_contain_text("Click to add a reading")
    expect(stage.button("Undo")).to_be_disabled()
    box = stage.page.locator(".tempfit-sheet").bounding_box()
    assert box is not None
    left, top, mouse = box["x"], box["y"], stage.page.mouse
    mouse.click(left + 150, top + 60)
    has_readings(stage, 12)
    expect(said).to_contain_text("These readings are in this session only")
    mouse.move(left + 150, top + 60)
    mouse.down()
    mouse.move(left + 300, top + 160, steps=10)
    mouse.up()
    has_readings(stage, 12, last=place(stage, left + 300, top + 160))

    stage.page.keyboard.press("Control+z")  # the whole drag
    has_readings(stage, 12, last=place(stage, left + 150, top + 60))
    stage.press("Undo")
    has_readings(stage, 11)
    expect(said).to_contain_text("Click to add a reading")
    expect(stage.page).not_to_have_url(re.compile("data="))
    stage.page.keyboard.press("Control+y")
    has_readings(stage, 12)
    stage.press("Redo")
    has_readings(stage, 12, last=place(stage, left + 300, top + 160))
    expect(stage.button("Redo")).to_be_disabled()
    expect(stage.page).to_have_url(re.compile("data=private"))


def test_an_edit_refused_after_training_is_answered_and_the_stage_stays(visit: Open) -> None:
    stage = visit()  # which stays in editing
    stage.load("?data=generated&readings=2&epochs=100&lr=0.01&scale=0.1")
    stage.key("End")
    stage.is_at(100)
    stage.press("Edit readings")
    remove_first(stage)
    status = stage.page.locator(".tempfit-sheet").get_by_role("status")
    expect(status).to_contain_text("A line needs two rows")
    has_readings(stage, 2)
    stage.key("ArrowLeft")
    stage.is_at(99)


def remove_first(stage: Stage) -> None:
    """Shift-click the first reading, where it is drawn."""
    point = stage.page.locator(".js-plotly-plot").first.locator(".scatterlayer .point").first
    box = point.bounding_box()
    assert box is not None
    stage.page.keyboard.down("Shift")
    stage.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    stage.page.keyboard.up("Shift")


def test_without_the_mode_dragging_zooms_as_ever(stage: Stage) -> None:
    plot = stage.page.locator(".js-plotly-plot").first.bounding_box()
    assert plot is not None
    stage.page.mouse.move(plot["x"] + 120, plot["y"] + 80)
    stage.page.mouse.down()
    stage.page.mouse.move(plot["x"] + 300, plot["y"] + 200, steps=5)
    stage.page.mouse.up()
    stage.page.wait_for_function(
        "() => !document.querySelector('.js-plotly-plot').layout.xaxis.autorange"
        " && document.querySelector('.js-plotly-plot').layout.xaxis.range[0] > 20"
    )
    assert len(drawn(stage)[0]) == 11
