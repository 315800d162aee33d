"""What is taken along: tables, pictures, scripts, the animation and the link, as they are used."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tempfit import fit, thermometer
from tempfit.export import script
from tempfit.words import say
from tests.browser.conftest import Open
from tests.browser.frames import assert_numbers
from tests.browser.stage import Stage
from tests.browser.test_comparing import EIGHT, RACE

Take = Callable[[str], Path]


def tags(svg: str) -> list[str]:
    """Return the tags that begin the picture and, in it, each chart."""
    return re.findall(r"<svg x=[^>]*|^<svg [^>]*", svg)


@pytest.fixture(scope="class")
def trained_stage(stage_of_class: Stage) -> Stage:
    stage_of_class.finish(RACE)
    return stage_of_class


class TestTakenAlong:
    """One training, and the copies of it that a viewer takes along."""

    @pytest.fixture
    def take(self, trained_stage: Stage, tmp_path: Path) -> Take:
        def taken(name: str) -> Path:
            menu = trained_stage.page.locator(".tempfit-takeaway")
            if menu.get_attribute("open") is None:
                menu.locator("summary").click()
            with trained_stage.page.expect_download() as download:
                trained_stage.press(name)
            path = tmp_path / download.value.suggested_filename
            download.value.save_as(path)
            return path

        return taken

    def test_the_history_reads_back_as_it_was_trained(self, take: Take) -> None:
        lines = list(csv.DictReader(io.StringIO(take("History as CSV").read_text())))
        history = fit(thermometer(), RACE.runs(thermometer()), RACE.epochs)
        assert len(lines) == history.loss.size
        for name, values in (("loss (°C²)", history.loss), ("w", history.w), ("b", history.b)):
            with np.errstate(over="ignore"):
                read = np.array([np.float32(line[name]) for line in lines]).reshape(values.shape)
            np.testing.assert_array_equal(read, values)

    def test_the_table_of_runs_has_a_line_a_run_with_the_last_losses(self, take: Take) -> None:
        lines = list(csv.DictReader(io.StringIO(take("Runs as CSV").read_text())))
        history = fit(thermometer(), RACE.runs(thermometer()), RACE.epochs)
        assert [float(line["learning rate"]) for line in lines] == list(RACE.learning_rates)
        losses = np.array([np.float32(line["loss (°C²)"]) for line in lines])
        np.testing.assert_array_equal(losses, history.loss[:, -1])

    def test_the_script_is_that_of_the_run(self, take: Take) -> None:
        run = RACE.runs(thermometer())[2]
        path = take("PyTorch script, 0.03")
        assert path.name == "tempfit-thermometer-lr0.03.py"
        text = path.read_text()
        assert text == script(thermometer(), run, RACE.epochs)

    @pytest.mark.parametrize("name", ["Fitted line", "Loss by epoch", "All charts"])
    def test_pictures_have_axes_a_title_and_names_at_the_lines(self, take: Take, name: str) -> None:
        svg = take(f"{name} as SVG").read_text()
        assert "Unknown thermometer, feature scale 0.1, epoch " in svg
        for rate in ("0.03", "0.01", "0.001"):
            assert f">{rate}</text>" in svg
        whole, *parts = [dict(re.findall(r'(\w+)="([\d.]+)"', tag)) for tag in tags(svg)]
        assert len({part["height"] for part in parts}) == 1
        ends = [float(part["x"]) + float(part["width"]) for part in parts]
        assert max(ends) <= float(whole["width"])
        assert ("Temperature (°C)" in svg) == (name != "Loss by epoch")
        picture = Image.open(take(f"{name} as PNG"))
        assert picture.width > 600
        assert len(set(picture.convert("RGB").resize((90, 60)).get_flattened_data())) > 20

    def test_the_animation_replays_offline_to_the_same_numbers(
        self, take: Take, browser: Browser
    ) -> None:
        path = take("Animation as HTML")
        assert path.name == "tempfit-thermometer-replay.html"
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        stage = Stage(page, "")
        expect(page).to_have_title("Gradient descent, replayed: Unknown thermometer")
        for gone in ("Present", "Edit readings", "Go on…", "Copy the link", "Animation as HTML"):
            expect(page.get_by_text(gone, exact=True)).not_to_be_visible()
        stage.key("p")
        stage.key("?")
        expect(page.get_by_text("full screen", exact=True)).to_be_visible()
        expect(page.get_by_text("present, and back")).to_be_hidden()
        stage.key("Escape")
        expect(page.locator(".tempfit-stage")).to_have_attribute("data-view", "lab")
        stage.train("Fast")
        stage.is_at(RACE.epochs)
        history = fit(thermometer(), RACE.runs(thermometer()), RACE.epochs)
        assert_numbers(stage.shown().rows, history, -1)
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        page.close()


def test_a_replay_shows_the_charts_that_the_page_showed(
    visit: Open, browser: Browser, tmp_path: Path
) -> None:
    stage = visit()
    stage.load(RACE)
    stage.finish(RACE)
    stage.page.get_by_label("Loss surface").check()
    stage.choose("Loss axis", "linear")
    expect(stage.page.locator(".js-plotly-plot")).to_have_count(3)
    stage.page.locator(".tempfit-takeaway summary").click()
    with stage.page.expect_download() as download:
        stage.press("Animation as HTML")
    download.value.save_as(tmp_path / "replay.html")
    page = browser.new_page()
    page.goto((tmp_path / "replay.html").as_uri())
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    expect(page.get_by_label("Loss surface")).to_be_checked()
    expect(page.get_by_label("Loss axis")).to_have_value("linear")
    page.close()


# Where the title of a picture ends, in px, and how wide the picture is.
TITLE_END = """svg => {
  document.body.innerHTML = svg;
  const box = document.querySelector("svg > text").getBBox();
  return [box.x + box.width, document.querySelector("svg").width.baseVal.value];
}"""


def test_a_chinese_title_fits_into_a_phone_s_picture(visit: Open, speaking_chinese: str) -> None:
    stage = visit(locale=speaking_chinese, viewport={"width": 390, "height": 844})
    stage.load(RACE)
    stage.page.locator(".tempfit-takeaway summary").click()
    with stage.page.expect_download() as download:
        stage.press(say("{picture} as SVG", picture=say("Fitted line")))
    end, width = stage.page.evaluate(TITLE_END, Path(download.value.path()).read_text())
    assert width / 2 < end < width


def test_that_the_link_is_copied_is_seen_below_what_was_pressed(visit: Open) -> None:
    stage = visit(permissions=["clipboard-read", "clipboard-write"])
    stage.load(EIGHT)
    stage.page.locator(".tempfit-takeaway summary").click()
    stage.press("Copy the link")
    said = stage.page.get_by_text("Link copied.")
    expect(said).to_be_in_viewport(ratio=1)
    place, button = said.bounding_box(), stage.page.get_by_text("Copy the link").bounding_box()
    assert place
    assert button
    assert 0 <= place["y"] - (button["y"] + button["height"]) < 20
    assert stage.page.evaluate("navigator.clipboard.readText()") == stage.page.url
