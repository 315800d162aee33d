"""The map: filled while one waits, cancelled, and clicked to set the sliders."""

import re

from playwright.sync_api import expect

from tempfit.training.experiment import Experiment
from tests.browser.conftest import Open
from tests.browser.stage import Stage

SMALL = Experiment(epochs=60)


def opened(visit: Open, experiment: Experiment) -> Stage:
    stage: Stage = visit()
    stage.load(experiment)
    stage.page.get_by_text("Map: every rate at every scale").click()
    expect(stage.button("Fill the map")).to_be_visible()
    return stage


def test_the_map_is_filled_and_a_click_sets_the_sliders(visit: Open) -> None:
    stage = opened(visit, SMALL)
    stage.press("Fill the map")
    expect(stage.page.get_by_text("4,096 runs of 60 epochs")).to_be_visible()
    expect(stage.page.get_by_text("overflowed").last).to_be_visible()
    area = stage.page.locator(".tempfit-map-plot .nsewdrag")
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    stage.page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"])
    expect(stage.page.locator(".tempfit-map-plot .hoverlayer text").first).to_be_visible()
    stage.page.mouse.click(box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"])
    expect(stage.page).to_have_url(re.compile(r"lr=.*scale="))


def test_a_map_that_is_cancelled_goes_back_to_its_start(visit: Open) -> None:
    stage = opened(visit, Experiment(epochs=1_000_000))
    stage.press("Fill the map")
    expect(stage.page.locator(".tempfit-map [role=status]")).to_contain_text("epoch")
    stage.press("Cancel")
    expect(stage.button("Fill the map")).to_be_enabled()
    expect(stage.page.get_by_label("Map progress")).to_have_js_property("value", 0)
