"""What axe-core finds wrong with the page: nothing, in any view, light and dark."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tempfit import page as moves
from tempfit.epoch.listing import Substep
from tempfit.epoch.trials import TRIALS
from tempfit.training.experiment import PRESETS
from tempfit.ui.epoch.section import TABS
from tests.browser.autograd import Section
from tests.browser.conftest import Open
from tests.browser.stage import Stage, query_of

RACE = PRESETS["Race four learning rates"]


@pytest.fixture(scope="module")
def axe() -> str:
    """Return axe-core's script; tests that were skipped for want of it would prove nothing."""
    path = Path(os.environ.get("AXE", ""))
    if not path.is_file():
        pytest.fail("AXE names no file: start the tests with tests/run.", pytrace=False)
    return path.read_text()


def violations(stage: Stage, axe: str) -> list[str]:
    """Return what axe-core finds, each with the elements it is about."""
    stage.page.evaluate(axe)
    found: list[dict[str, Any]] = stage.page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)"
    )
    return [f"{one['id']}: {[node['html'][:100] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["lab", "present"])
def test_axe_finds_nothing_before_and_after_training(
    visit: Open, axe: str, view: moves.View, scheme: str
) -> None:
    stage = visit(color_scheme=scheme)
    stage.load(query_of(moves.Page(RACE, view, ("surface", "map"))))
    assert violations(stage, axe) == []
    stage.press("To the end")
    stage.is_at_the_end(RACE)
    stage.at_rest()
    if view == "lab":
        stage.press("More numbers")
        stage.page.get_by_text("Snapshots as a table").click()
        stage.page.locator(".tempfit-go-on summary").click()
        expect(stage.button("Double the epochs")).to_be_visible()
    assert violations(stage, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", ["lesson", "present"])
def test_axe_finds_nothing_in_the_lesson(visit: Open, axe: str, view: str, scheme: str) -> None:
    stage = visit(color_scheme=scheme)
    stage.load(f"?view={view}&lesson=6")
    assert violations(stage, axe) == []
    stage.press("0.03")
    expect(stage.button("Train").last).to_be_enabled()
    stage.page.get_by_label("Exact η").fill("0.03")
    stage.page.get_by_label("Exact η").press("Enter")
    expect(stage.rows.first).to_have_attribute("data-learning-rate", "0.03")
    stage.press("To the end")
    expect(stage.page.get_by_test_id("lesson-step")).to_have_attribute("data-passed", "true")
    stage.at_rest()
    assert violations(stage, axe) == []
    stage.page.goto(stage.page.url.replace("lesson=6", "lesson=11"))
    expect(stage.page.locator(".tempfit-found")).to_be_visible()
    expect(stage.page.locator("[role=img] .main-svg").first).to_be_visible()
    assert violations(stage, axe) == []


def test_axe_would_find_something(visit: Open, axe: str) -> None:
    stage = visit()
    stage.load(RACE)
    stage.page.evaluate("document.querySelector('.tempfit-scrubber input').ariaLabel = null")
    assert [line.split(":")[0] for line in violations(stage, axe)] == ["label"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_sections_below_the_stage(
    visit: Open, axe: str, scheme: str
) -> None:
    stage = visit(color_scheme=scheme)
    stage.load(query_of(moves.Page(RACE)))
    stage.press("To the end")
    stage.is_at_the_end(RACE)
    stage.page.get_by_label("Map").check()
    stage.page.get_by_text("Readings: edit, add, remove", exact=True).click()
    expect(stage.page.locator("[data-testid=stDataFrame] canvas").first).to_be_visible()
    expect(stage.page.locator(".js-plotly-plot")).to_have_count(3)
    stage.at_rest()
    assert violations(stage, axe) == []
    section = Section(stage)
    for role, names in (("tab", TABS), ("radio", TRIALS)):
        for name in names:
            section.place.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
            has_run(stage)
            assert violations(stage, axe) == [], name


def has_run(stage: Stage) -> None:
    """Wait until the script, which a click has just started, has come to its end."""
    stage.frames_pass(5)
    expect(stage.page.locator("[data-test-script-state=notRunning]")).to_be_visible()
    stage.at_rest()


def tables(stage: Stage) -> dict[str, list[str]]:
    """Return the roles in each table that those who do not see are told of, by its name."""
    devtools = stage.page.context.new_cdp_session(stage.page)
    nodes = devtools.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}

    def below(node: dict[str, Any]) -> Iterator[str]:
        for child in (by_id[name] for name in node.get("childIds", []) if name in by_id):
            yield child.get("role", {}).get("value", "")
            yield from below(child)

    return {
        node["name"]["value"]: list(below(node))
        for node in nodes
        if node.get("role", {}).get("value") == "table"
    }


@pytest.mark.parametrize("width", [1280, 640, 390])
def test_every_table_has_a_name_and_headers_of_rows_and_columns(visit: Open, width: int) -> None:
    stage = visit(viewport={"width": width, "height": 844})
    stage.load(query_of(moves.Page(RACE)))
    stage.page.get_by_text("Snapshots as a table").click()
    Section(stage).place.get_by_text(Substep.LOSS_AFTER.value, exact=True).first.click()
    expect(stage.page.locator(".tempfit-numbers .later")).to_have_count(0)
    stage.at_rest()
    found = tables(stage)
    assert len(found) == 3
    stage.page.goto(stage.url + "?view=lesson&lesson=11")
    stage.page.locator(".tempfit-found").wait_for()
    found |= tables(stage)
    assert len(found) == 4
    for name, roles in found.items():
        assert name
        assert roles.count("columnheader") >= 3
        assert roles.count("rowheader") == roles.count("row") - 1 > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_told_by_colour_is_seen_where_the_system_chooses_the_colours(
    visit: Open, scheme: str
) -> None:
    stage = visit(color_scheme=scheme, forced_colors="active")
    stage.load(query_of(moves.Page(RACE)))
    page = stage.page
    keys = [seen(key) for key in page.locator("[data-testid=run] .key").all()]
    assert len(set.union(*keys)) - len(set.intersection(*keys)) >= len(RACE.learning_rates)
    for slider in page.locator("[data-testid=stSlider] [role=group], .tempfit-limit").all():
        assert len(seen(slider)) > 2
    assert len(seen(stage.scrubber)) > 2


def seen(place: Locator) -> set[object]:
    """Return the colours that an element is painted in."""
    picture = Image.open(io.BytesIO(place.screenshot())).convert("RGB")
    return set(picture.get_flattened_data())
