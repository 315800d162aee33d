"""The page on a projector and on a phone, light and dark."""

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tempfit import page as moves
from tempfit.training.experiment import PRESETS, Experiment
from tempfit.ui.colours import PALETTE
from tests.browser.conftest import Open
from tests.browser.stage import Stage, query_of
from tests.ui.test_colours import BACKGROUNDS, CONTRAST, contrast

RACE = PRESETS["Race four learning rates"]
ONE = Experiment(epochs=100)
EIGHT = Experiment(epochs=300, compare=(1e-3, 3e-3, 5e-3, 2e-2, 2.5e-2, 3e-2, 3.6e-2))


def width_and_room(page: Page) -> tuple[int, int]:
    """Return how wide the page is, and how wide its window."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return width, room


def colour_of(page: Page, selector: str, what: str) -> str:
    """Return a computed colour as "#rrggbb"."""
    text: str = page.evaluate(
        "([selector, what]) => getComputedStyle(document.querySelector(selector))[what]",
        [selector, what],
    )
    numbers = text.removeprefix("rgb(").removesuffix(")").split(",")
    return "#" + "".join(f"{int(number):02x}" for number in numbers)


def line_colours(stage: Stage) -> list[Any]:
    """Return the colours of the fitted lines, the first run's first."""
    traces = stage.plot("Fitted line")["data"]
    return [trace["line"]["color"] for trace in traces if trace["mode"] == "lines"][::-1]


@pytest.mark.parametrize("experiment", [ONE, RACE], ids=["one run", "four runs"])
def test_charts_and_transport_fit_a_projector_without_scrolling(
    stage: Stage, experiment: Experiment
) -> None:
    stage.finish(experiment)
    last = stage.page.locator(".tempfit-options")
    for part in (stage.page.locator(".js-plotly-plot").first, stage.button("Train"), last):
        box = part.bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 720
        assert box["x"] + box["width"] <= 1280
    first = stage.rows.first.bounding_box()
    assert first
    assert first["y"] + 20 <= 720
    assert stage.page.evaluate("document.querySelector('.stMain').scrollTop") == 0
    assert width_and_room(stage.page) == (1280, 1280)


def test_of_eight_runs_every_row_is_in_sight_on_a_projector(stage: Stage) -> None:
    stage.follow(EIGHT)
    for row in stage.rows.all():
        expect(row).to_be_in_viewport(ratio=1)
    said = stage.page.get_by_test_id("sentence")
    expect(said.first).to_be_in_viewport(ratio=1)
    stage.rows.nth(5).hover()
    expect(said.nth(5)).to_be_in_viewport(ratio=1)


def assert_the_limit_is_as_wide_as_its_slider(stage: Stage) -> None:
    track = stage.page.get_by_role("group", name="Learning rate", exact=True).bounding_box()
    limit = stage.page.locator(".tempfit-limit").bounding_box()
    assert track
    assert limit
    thumb = 6  # half of it, on either side of the track
    assert limit["x"] == pytest.approx(track["x"] + thumb, abs=1)
    assert limit["width"] == pytest.approx(track["width"] - 2 * thumb, abs=1)
    assert limit["y"] >= track["y"]


@pytest.mark.parametrize("view", ["lab", "present"])
def test_the_limit_is_as_wide_as_its_slider(visit: Open, view: moves.View) -> None:
    stage = visit()
    stage.load(query_of(moves.Page(ONE, view)))
    for width, height in ((1280, 720), (390, 844)):
        stage.page.set_viewport_size({"width": width, "height": height})
        stage.page.wait_for_timeout(300)  # the sidebar may slide
        stage.page.wait_for_function("document.getAnimations().length === 0")
        assert_the_limit_is_as_wide_as_its_slider(stage)


def test_on_a_phone_sliders_and_train_are_in_sight_with_what_they_change(visit: Open) -> None:
    stage = visit(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    stage.load(RACE)
    for name in ("Epochs", "Learning rate", "Feature scale"):
        slider = stage.page.get_by_role("group", name=name, exact=True)
        expect(slider).to_be_in_viewport(ratio=1)
    expect(stage.button("Train")).to_be_in_viewport(ratio=1)
    for chart in stage.page.locator(".js-plotly-plot").all():
        expect(chart).to_be_in_viewport(ratio=1)
        box, train = chart.bounding_box(), stage.button("Train").bounding_box()
        assert box
        assert train
        assert box["y"] + box["height"] <= train["y"]


def test_at_150_percent_zoom_both_charts_stand_whole_above_the_transport(visit: Open) -> None:
    stage = visit(viewport={"width": 853, "height": 480})
    stage.load(ONE)
    stage.at_rest()
    transport = stage.page.locator(".tempfit-player").bounding_box()
    sliders = stage.page.get_by_test_id("stSidebar").bounding_box()
    assert transport
    assert sliders
    assert transport["y"] + transport["height"] <= sliders["y"] + 1
    for chart in stage.page.locator(".js-plotly-plot").all():
        box = chart.bounding_box()
        assert box
        assert box["y"] + box["height"] <= transport["y"] + 1


@pytest.mark.parametrize(
    "experiment", [replace(EIGHT, compare=EIGHT.compare[:few]) for few in (1, 4)]
)
def test_on_a_phone_a_run_can_be_kept_and_shown_alone(visit: Open, experiment: Experiment) -> None:
    stage = visit(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    stage.load(experiment)
    stage.rows.nth(1).locator(".status").tap()
    stage.button("Show only 0.001").tap()
    expect(stage.page.get_by_label("Show 0.01", exact=True)).not_to_be_checked()
    stage.button("Keep 0.001").tap()
    expect(stage.button("Keep 0.001")).to_have_attribute("aria-pressed", "true")


def test_nothing_moves_below_the_charts_while_it_trains(stage: Stage) -> None:
    stage.follow(RACE)
    before = stage.button("Train").bounding_box()
    stage.press("To the end")
    stage.is_at_the_end(RACE)
    assert stage.button("Train").bounding_box() == before


def test_a_phone_needs_no_sideways_scrolling(visit: Open) -> None:
    stage = visit(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    stage.load(RACE)
    stage.press("To the end")
    stage.is_at_the_end(RACE)
    assert width_and_room(stage.page) == (390, 390)
    for part in (*stage.page.locator(".js-plotly-plot").all(), *stage.rows.all()):
        box = part.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    stage.page.get_by_label("Loss surface").check()
    expect(stage.page.locator(".js-plotly-plot")).to_have_count(3)
    assert width_and_room(stage.page) == (390, 390)
    stage.assert_shows(RACE, RACE.epochs)


def assert_in_the_colours_of(stage: Stage, scheme: str) -> None:
    """Train, and check that everything has the scheme's colours and can be read."""
    stage.press("To the end")
    stage.is_at_the_end(RACE)
    stage.at_rest()
    page, sidebar = BACKGROUNDS[scheme][:2]
    assert colour_of(stage.page, ".stApp", "backgroundColor") == page
    assert colour_of(stage.page, "[data-testid=stSidebar]", "backgroundColor") == sidebar
    assert line_colours(stage) == [getattr(colour, scheme) for colour in PALETTE[:4]]
    for selector in (".tempfit-stage", ".tempfit-runs tbody .status"):
        assert contrast(colour_of(stage.page, selector, "color"), page) >= 4.5
    assert contrast(stage.plot("Fitted line")["layout"]["font"]["color"], page) >= CONTRAST


def test_on_a_light_page_the_colours_are_light_and_can_be_read(stage: Stage) -> None:
    stage.follow(RACE)
    assert_in_the_colours_of(stage, "light")


def test_on_a_dark_page_the_colours_are_dark_and_can_be_read(visit: Open) -> None:
    stage = visit(color_scheme="dark")
    stage.load(RACE)
    assert_in_the_colours_of(stage, "dark")


def test_a_run_has_one_colour_in_charts_and_row(stage: Stage) -> None:
    stage.finish(RACE)
    stage.at_rest()
    expected = [colour.light for colour in PALETTE[:4]]
    found = stage.page.evaluate(
        "[...document.querySelectorAll('.tempfit-runs .key')]"
        ".map((key) => getComputedStyle(key).getPropertyValue('--light').trim())"
    )
    assert found == expected
    assert line_colours(stage) == expected
