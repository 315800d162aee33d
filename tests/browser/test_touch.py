"""The page under a finger: it scrolls over every chart, and on the map it chooses too."""

import re
import time
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tempfit.training.experiment import Experiment
from tests.browser.conftest import Open
from tests.browser.stage import Stage
from tests.browser.test_map import at, opened

SHORT = Experiment(epochs=300)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
HELD_SECONDS = 0.4
STEP_PX = 8

Point = tuple[float, float]


class Finger:
    """One finger on a page."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.devtools = stage.page.context.new_cdp_session(stage.page)

    def touch(self, kind: str, *points: Point) -> None:
        places = [{"x": x, "y": y} for x, y in points]
        self.devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    def down(self, point: Point, *, stays: float = 0) -> None:
        self.touch("touchStart", point)
        time.sleep(stays)  # as long as the finger does

    def along(self, *points: Point) -> None:
        """Move from point to point, as a finger does: in small steps, one a frame."""
        for (x, y), (to_x, to_y) in pairwise(points):
            steps = int(max(abs(to_x - x), abs(to_y - y)) / STEP_PX)
            for step in range(1, steps + 1):
                share = step / steps
                self.touch("touchMove", (x + share * (to_x - x), y + share * (to_y - y)))
                self.stage.frames_pass(1)

    def up(self) -> None:
        self.touch("touchEnd")
        self.stage.frames_pass(20)


@pytest.fixture
def stage(visit: Open) -> Stage:
    stage = opened(lambda: visit(**PHONE), SHORT)
    stage.page.locator(".tempfit-map").evaluate("map => map.scrollIntoView({ block: 'center' })")
    return stage


@pytest.fixture
def finger(stage: Stage) -> Finger:
    return Finger(stage)


def scrolled(stage: Stage) -> float:
    top: float = stage.page.evaluate("document.querySelector('.stMain').scrollTop")
    return top


def settings(stage: Stage) -> tuple[float, float]:
    """Return the learning rate and the feature scale that the page comes to."""
    expect(stage.page).to_have_url(re.compile("scale="))
    rate, scale = (re.findall(rf"{name}=([\d.e-]+)", stage.page.url) for name in ("lr", "scale"))
    return float(rate[0]) if rate else SHORT.learning_rate, float(scale[0])


def test_a_finger_that_swipes_over_the_map_scrolls_and_chooses_nothing(
    stage: Stage, finger: Finger
) -> None:
    url, before = stage.page.url, scrolled(stage)
    x, y = at(stage, 0.3, 0.02)
    finger.down((x, y))
    finger.along((x, y), (x, y - 150))
    finger.up()
    assert scrolled(stage) > before + 100
    assert stage.page.locator(".tempfit-map.choosing").count() == 0
    assert stage.page.url == url


@pytest.mark.parametrize("stays", [0, HELD_SECONDS], ids=["on the point", "after a moment"])
def test_a_finger_moves_the_place_any_way(stage: Stage, finger: Finger, stays: float) -> None:
    before = scrolled(stage)
    start = at(stage, 0.3, 0.02) if stays else at(stage, SHORT.learning_rate, SHORT.feature_scale)
    end = at(stage, 0.003, 0.3)
    finger.down(start, stays=stays)
    finger.along(start, (start[0], end[1]), end)
    assert stage.page.locator(".tempfit-map.choosing").count() == 1
    finger.up()
    assert settings(stage) == pytest.approx((0.003, 0.3), rel=0.06)
    assert scrolled(stage) == before


def test_a_finger_that_starts_sideways_moves_the_place_any_way(
    stage: Stage, finger: Finger
) -> None:
    before = scrolled(stage)
    start, end = at(stage, 0.3, 0.02), at(stage, 0.02, 0.2)
    finger.down(start)
    finger.along(start, (end[0], start[1]), end)
    finger.up()
    assert settings(stage) == pytest.approx((0.02, 0.2), rel=0.06)
    assert scrolled(stage) == before


def test_a_tap_chooses(stage: Stage, finger: Finger) -> None:
    finger.down(at(stage, 0.02, 0.05))
    finger.up()
    assert settings(stage) == pytest.approx((0.02, 0.05), rel=0.06)


@pytest.mark.parametrize("place", [0, 1])
def test_a_finger_scrolls_over_the_other_charts(stage: Stage, finger: Finger, place: int) -> None:
    chart = stage.page.locator(".tempfit-charts [role=img]").nth(place)
    chart.evaluate("chart => chart.scrollIntoView({ block: 'center' })")
    stage.frames_pass(5)
    before, box = scrolled(stage), chart.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger.down((x, y))
    finger.along((x, y), (x, y - 150))
    finger.up()
    assert scrolled(stage) > before + 100
