"""The page on every screen: no texts overlap, none is clipped, and nothing scrolls sideways."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tempfit import page as moves
from tempfit.training.experiment import Experiment
from tempfit.ui.epoch import section as epoch_section
from tests.browser.conftest import Open
from tests.browser.stage import Stage, query_of

ONE = Experiment(epochs=200)
EIGHT = Experiment(epochs=300, compare=(1e-3, 3e-3, 5e-3, 2e-2, 2.5e-2, 3e-2, 3.6e-2))
EXPERIMENTS = {"one run": ONE, "eight runs": EIGHT}

# A projector and its like, a tablet, a phone; and the projector at 125, 150 and 200 % zoom.
PROJECTOR = (1280, 720)
SCREENS = (PROJECTOR, (1366, 768), (1920, 1080), (2560, 1440), (820, 1180), (390, 844))
ZOOMED = ((1024, 576), (853, 480), (640, 360))
GEOMETRY = (Path(__file__).parent / "geometry.js").read_text()


def resized(stage: Stage, size: tuple[int, int]) -> None:
    """Give the window a size, and wait until the charts have theirs."""
    stage.page.set_viewport_size({"width": size[0], "height": size[1]})
    stage.frames_pass(3)
    stage.page.wait_for_function(
        """() => [...document.querySelectorAll(".tempfit-stage .js-plotly-plot")].every((plot) => {
          const { width, height } = plot.getBoundingClientRect();
          const { layout } = plot;
          const size = parseFloat(getComputedStyle(plot).fontSize);
          return Math.abs(layout.width - width) < 1.5 && Math.abs(layout.height - height) < 1.5
            && Math.abs(layout.font.size - size) < 0.1;
        })"""
    )


def wrong_with(stage: Stage) -> Any:
    return stage.page.evaluate(GEOMETRY)


@pytest.mark.parametrize(
    ("view", "scheme"), [("lab", "light"), ("present", "light"), ("lab", "dark")]
)
def test_on_every_screen_no_text_is_overlapped_or_clipped(
    visit: Open, view: moves.View, scheme: str
) -> None:
    stage = visit(color_scheme=scheme)
    for name, experiment in EXPERIMENTS.items():
        stage.load(query_of(moves.Page(experiment, view)))
        stage.press("To the end")
        stage.is_at_the_end(experiment)
        stage.at_rest()
        for size in SCREENS + ZOOMED if scheme == "light" else (PROJECTOR, (390, 844)):
            resized(stage, size)
            assert wrong_with(stage) == [], (name, size)


@pytest.mark.parametrize("view", ["lab", "present"])
def test_in_chinese_neither(visit: Open, speaking_chinese: str, view: moves.View) -> None:
    stage = visit(locale=speaking_chinese)
    stage.load(query_of(moves.Page(EIGHT, view)))
    for trained in (False, True):
        if trained:
            stage.press("To the end")
            stage.is_at_the_end(EIGHT)
            stage.at_rest()
        for size in (PROJECTOR, *SCREENS[3:], ZOOMED[-1]):
            resized(stage, size)
            assert wrong_with(stage) == [], (trained, size)


def test_in_chinese_neither_in_the_lesson(visit: Open, speaking_chinese: str) -> None:
    stage = visit(locale=speaking_chinese)
    for step in (1, 9, 10):
        stage.load(f"?view=lesson&lesson={step}")
        for size in (PROJECTOR, SCREENS[-1], ZOOMED[-1]):
            resized(stage, size)
            assert wrong_with(stage) == [], (step, size)


def test_before_training_neither(visit: Open) -> None:
    stage = visit()
    stage.load(EIGHT)
    for size in (PROJECTOR, (390, 844), *ZOOMED):
        resized(stage, size)
        assert wrong_with(stage) == [], size


MENUS = ("Go on…", "Take it along")
CHOICES: tuple[Mapping[str, str | bool], ...] = (
    {"Loss surface": True},
    {"Map": True},
    {"Runs": "side by side", "Loss surface": True},
    {"Runs": "side by side"},
)
SECTIONS = ("Readings: edit, add, remove", epoch_section.TITLE)


def test_neither_do_menus_further_charts_and_the_sections_below(visit: Open) -> None:
    stage = visit()
    stage.load(EIGHT)
    stage.press("One epoch forward")
    stage.is_at(1)

    def check(shown: object) -> None:
        stage.at_rest()
        for size in (PROJECTOR, (820, 1180), (390, 844), ZOOMED[0]):
            resized(stage, size)
            assert wrong_with(stage) == [], (shown, size)
        resized(stage, PROJECTOR)

    for name in MENUS:
        menu = stage.page.locator(".tempfit-menu", has_text=name)
        menu.locator("summary").click()
        check(name)
        stage.key("Escape")
    for choices in CHOICES:
        choose(stage, choices)
        check(choices)
        choose(stage, {"Runs": "together", "Loss surface": False, "Map": False})
    for title in SECTIONS:
        stage.page.get_by_text(title, exact=True).click()
    expect(stage.page.locator(".tempfit-glass-charts .js-plotly-plot").first).to_be_visible()
    check("sections")
    stage.page.get_by_role("tab", name=list(epoch_section.TABS)[2], exact=True).click()
    expect(stage.page.locator(".tempfit-graph li").last).to_be_visible()
    check("graph")


def choose(stage: Stage, choices: Mapping[str, str | bool]) -> None:
    """Choose what is shown on the stage."""
    for label, choice in choices.items():
        if isinstance(choice, str):
            stage.choose(label, choice)
        else:
            stage.page.get_by_label(label, exact=True).set_checked(choice)


def test_the_check_finds_what_overlaps_is_clipped_or_too_wide(visit: Open) -> None:
    stage = visit()
    stage.load(ONE)
    stage.page.evaluate(
        """() => document.querySelector(".stMain h1").insertAdjacentHTML("afterend",
          `<p style="position:absolute;top:20px;left:60px">over the title</p>
           <p style="width:40px;overflow:hidden;white-space:nowrap">much too long for it</p>
           <p style="position:absolute;left:1270px;white-space:nowrap">out of the window</p>`)"""
    )
    said = " ".join(wrong_with(stage))
    assert "overlap" in said
    assert "is clipped" in said
    assert "leaves the page" in said


@pytest.mark.parametrize(
    ("query", "size"), [("", 14), ("?view=present", 20), ("?view=present&lesson=3", 20)]
)
def test_type_follows_the_screen(visit: Open, query: str, size: int) -> None:
    stage = visit()
    stage.load(query)
    for width, height in SCREENS[:4]:
        resized(stage, (width, height))
        least = stage.page.evaluate(
            "Math.min(...[...document.querySelectorAll('.xtick text, .ytick text')]"
            ".map((text) => parseFloat(getComputedStyle(text).fontSize)))"
        )
        assert least >= 0.98 * size * height / 720


@pytest.mark.parametrize("layout", ["together", "side by side"])
def test_for_the_back_row_the_charts_take_three_quarters_of_the_height(
    visit: Open, layout: str
) -> None:
    stage = visit()
    stage.load(query_of(moves.Page(EIGHT)))
    stage.choose("Runs", layout)
    stage.press("Present")
    expect(stage.button("Back to the lab")).to_be_visible()
    for size in SCREENS[:4]:
        resized(stage, size)
        charts = stage.page.locator(".tempfit-charts").bounding_box()
        train = stage.button("Train").bounding_box()
        assert charts
        assert train
        assert charts["height"] >= 0.75 * size[1]
        assert train["y"] + train["height"] <= size[1]
        assert charts["y"] + charts["height"] <= train["y"]
        assert wrong_with(stage) == [], size


def test_in_the_lab_the_charts_grow_with_the_screen(visit: Open) -> None:
    stage = visit()
    stage.load(ONE)
    for size, least in ((PROJECTOR, 360), (SCREENS[3], 800)):
        resized(stage, size)
        box = stage.page.locator(".js-plotly-plot").first.bounding_box()
        assert box
        assert box["height"] >= least


@pytest.mark.parametrize("view", ["lesson", "present"])
def test_in_the_lesson_neither_on_any_screen(visit: Open, view: str) -> None:
    stage = visit()
    every = SCREENS + ZOOMED
    # Steps 2 and 5 have the surface.
    for step, sizes in {1: every, 2: (every[3], every[-1]), 5: every, 9: every, 10: every}.items():
        stage.load(f"?view={view}&lesson={step}")
        for size in sizes:
            resized(stage, size)
            assert wrong_with(stage) == [], (step, size)
