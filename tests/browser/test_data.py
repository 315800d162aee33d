"""Bring your own data, in the browser: real files of every kind, the table, and the chart."""

import io
import re
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

from tempfit import Dataset, fit, read_csv, thermometer
from tempfit.data.loading import load
from tempfit.data.names import shortened
from tempfit.data.sources import Recipe, Source
from tempfit.link import from_parameters
from tempfit.page_link import MAKER_ONLY
from tempfit.theory.starting import starting
from tests.browser.conftest import Open
from tests.browser.stage import Stage, assert_numbers

TEXT = "Speed [km/h];Distance [m]\n10,5;2,25\n20;4,5\n30;9\n50;26\n"
EXPECTED = ([10.5, 20.0, 30.0, 50.0], [2.25, 4.5, 9.0, 26.0])
MILLION_SECONDS = 20  # 5 on a computer that does nothing else


def choose(stage: Stage, label: str, option: str) -> None:
    stage.page.get_by_role("combobox", name=label, exact=True).click()
    stage.page.get_by_role("option", name=option, exact=True).click()


def drop(stage: Stage, content: bytes | Path, name: str = "readings.csv") -> None:
    """Upload a file."""
    field = stage.page.locator(".st-key-upload input[type=file]")
    if not field.count():
        choose(stage, "Data", "Bring your own…")
    if isinstance(content, Path):
        field.set_input_files(content)
    else:
        field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def refusal(stage: Stage) -> Locator:
    return stage.page.locator(".tempfit-refusal")


def said(stage: Stage) -> Locator:
    """What is said of the data."""
    return stage.page.locator(".tempfit-data")


def drawn(stage: Stage, title: str = "Fitted line") -> tuple[list[float], list[float]]:
    readings = stage.plot(title)["data"][0]
    return readings["x"], readings["y"]


def has_readings(stage: Stage, count: int, last: tuple[float, float] | None = None) -> None:
    """Wait until so many readings are drawn, with the last one there, to a unit of its axes."""
    stage.page.wait_for_function(
        """([count, last]) => [...document.querySelectorAll(".js-plotly-plot")]
          .some(({ data }) => data?.[0]?.name === "Readings" && data[0].x.length === count
            && (!last || (Math.abs(data[0].x.at(-1) - last[0]) < 1
              && Math.abs(data[0].y.at(-1) - last[1]) < 1)))""",
        arg=[count, last],
    )


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


def assert_trains(stage: Stage, dataset: Dataset) -> None:
    """Train to the end of what was found to start with, and check the numbers on the screen."""
    experiment = starting(dataset).experiment
    expect(stage.page.locator(".of")).to_have_text(f"of {experiment.epochs:,}")
    stage.train("Maximum")
    stage.is_at_the_end(experiment)
    history = fit(dataset, experiment.runs(dataset), experiment.epochs)
    assert_numbers(stage.shown().rows, history, -1)


# Files.


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_a_file_is_read_drawn_and_trained_on(stage: Stage, encoding: str) -> None:
    content = TEXT.encode(encoding)
    drop(stage, content)
    has_readings(stage, 4)
    assert drawn(stage) == EXPECTED
    layout = stage.plot("Fitted line")["layout"]
    assert layout["xaxis"]["title"]["text"] == "Speed [km/h]"
    assert layout["yaxis"]["title"]["text"] == "Distance [m]"
    expect(stage.page.locator(".tempfit-runs th.loss")).to_contain_text("m²")
    assert_trains(stage, read_csv(content))


def test_a_paste_from_a_spreadsheet_is_read(stage: Stage) -> None:
    choose(stage, "Data", "Bring your own…")
    field = stage.page.get_by_label("or paste from a spreadsheet")
    field.wait_for(state="attached")
    if not field.is_visible():  # something has been brought in this session before
        stage.page.get_by_text("Upload or paste").click()
    field.fill(TEXT.replace(";", "\t"))
    field.press("Control+Enter")
    has_readings(stage, 4)
    assert drawn(stage) == EXPECTED


def test_another_column_is_chosen_and_dropped_rows_are_listed(stage: Stage) -> None:
    drop(stage, b"id,t,u,v\n1,1,5,2\n2,2,6,foo\n3,3,7,8\n4,5,9,9\n")
    has_readings(stage, 4)
    choose(stage, "Column for y", "v")
    has_readings(stage, 3)
    expect(said(stage)).to_contain_text('1 of 4 rows is left out: row 3, "v" is "foo".')


def test_of_one_s_own_readings_the_outcome_says_rmse_and_r2_and_the_script_is_theirs(
    stage: Stage,
) -> None:
    rows = [f"2024-01-{1 + i % 28:02d},{i % 9},{1000 * (i % 9) + i % 700}" for i in range(400)]
    drop(stage, "\n".join(["date,rooms,price", *rows]).encode(), "houses.csv")
    has_readings(stage, 400)
    expect(said(stage)).to_contain_text('Left out, as dates: "date".')
    assert stage.plot("Fitted line")["layout"]["yaxis"]["title"]["text"] == "price"
    stage.press("To the end")
    sentence = stage.page.get_by_test_id("sentence")
    expect(sentence).to_contain_text("It misses a reading by about ")
    expect(sentence).to_contain_text("of the spread of y (R² = 0.99")
    stage.press("More numbers")
    expect(stage.rows.first.locator(".explained")).to_contain_text("0.99")
    stage.press("More numbers")
    stage.page.locator(".tempfit-takeaway summary").click()
    with stage.page.expect_download() as download:
        stage.page.get_by_text("PyTorch script").click()
    stage.key("Escape")
    assert download.value.suggested_filename.startswith("tempfit-houses-lr")
    assert "with open('houses.csv'" in download.value.path().read_text()


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readings.csv", TEXT)
    return buffer.getvalue()


def test_what_was_there_before_stays_when_a_file_is_refused(stage: Stage) -> None:
    drop(stage, TEXT.encode())
    has_readings(stage, 4)
    address = stage.page.url
    for name, content, sentence in (
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "This is no text: save the sheet as CSV"),
        ("archive.zip", _zip(), "This is no text: save the sheet as CSV"),
        ("words.txt", b"a,b\nfoo,bar\n", "No column holds numbers"),
        ("same.csv", b"x,y\n5,1\n5,2\n", 'The column "x" is 5 in every row'),
        ("large.csv", b"x,y\n5,1\n6,1e39\n", 'Row 3 of the column "y" holds 1e+39'),
        ("infinite.csv", b"x,y\n5,1\ninf,2\n", 'Row 3 of the column "x" holds inf'),
        ("noise.bin", bytes(range(256)), "This is no text: save the sheet as CSV"),
    ):
        drop(stage, content, name)
        expect(refusal(stage)).to_contain_text(f'"{name}" is not used.')
        expect(refusal(stage)).to_contain_text(sentence)
        assert drawn(stage) == EXPECTED
        assert stage.page.url == address


def test_a_file_of_two_gigabytes_is_not_even_sent(stage: Stage, tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(2 * 10**9)
    drop(stage, TEXT.encode())
    has_readings(stage, 4)
    drop(stage, path)
    expect(stage.page.get_by_test_id("stFileUploader").first).to_contain_text("100.0MB or smaller")
    assert drawn(stage) == EXPECTED


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=document.title='taken'>",
        "=cmd()|'/C calc'!A0",
        "<b>bold</b> %{x} $x^2$ **bold**",
        "n" * 10_000,
        "درجة الحرارة",
    ],
)
def test_names_are_shown_as_text_and_change_nothing(stage: Stage, name: str) -> None:
    drop(stage, f'"{name}",y\n1,2\n2,3\n4,4\n'.encode())
    has_readings(stage, 3)
    title = stage.page.locator(".js-plotly-plot .xtitle").first
    expect(title).to_have_text(shortened(name).replace("%{", "% {"))
    box = title.bounding_box()
    assert box is not None
    assert box["width"] < 460
    assert stage.page.locator("img[src=x], .js-plotly-plot .xtitle tspan[style*=bold]").count() == 0
    assert stage.page.title() == "tempfit"
    overflow = "document.documentElement.scrollWidth - innerWidth"
    assert stage.page.evaluate(overflow) <= 0


# Privacy.


def test_an_upload_is_in_no_link_and_seen_by_nobody_else(stage: Stage, visit: Open) -> None:
    drop(stage, TEXT.encode(), "secret.csv")
    has_readings(stage, 4)
    expect(said(stage)).to_contain_text("These readings are in this session only")
    stage.page.wait_for_url("**data=private**")
    assert "secret" not in stage.page.url
    other = visit()
    other.load(stage.page.url.removeprefix(stage.url))
    expect(other.page.get_by_test_id("stAlert")).to_contain_text(MAKER_ONLY)
    has_readings(other, len(thermometer()))


# A million.


def test_a_million_rows_are_drawn_as_a_sample_and_trained(stage: Stage, tmp_path: Path) -> None:
    generator = np.random.default_rng(0)
    x = generator.normal(50, 15, 1_000_000).round(3)
    table = np.column_stack([x, (0.56 * x - 18).round(3)])
    path = tmp_path / "million.csv"
    np.savetxt(path, table, fmt="%.3f", delimiter=",", header="x,y", comments="")
    start = time.perf_counter()
    drop(stage, path)
    has_readings(stage, 400)
    stage.press("Train")
    stage.reach(1)
    assert time.perf_counter() - start < MILLION_SECONDS
    assert stage.plot("Fitted line · 400 of 1,000,000 readings drawn")
    expect(stage.button("Edit readings")).to_have_count(0)


# Built-in data.


def test_choosing_data_finds_settings_and_a_link_opens_the_same(stage: Stage, visit: Open) -> None:
    choose(stage, "Data", "Life in Brazil, by population")
    dataset = load(Source("population"))
    has_readings(stage, len(dataset))
    expect(said(stage)).to_contain_text(starting(dataset).sentence)
    assert_trains(stage, dataset)
    other = visit()
    other.load(stage.page.url.removeprefix(stage.url))
    has_readings(other, len(dataset))
    assert_trains(other, dataset)


def test_back_and_forward_go_through_the_data(stage: Stage) -> None:
    for query, count in (
        ("?data=tips&lr=0.1&scale=0.05", 244),
        ("?data=generated&readings=12&seed=3&lr=0.1", 12),
        ("?lr=0.02", 11),
    ):
        stage.follow_query(query)
        has_readings(stage, count)
    assert from_parameters({"lr": ["0.02"]})[0].learning_rate == 0.02
    stage.page.go_back()
    has_readings(stage, 12)
    recipe = Recipe(readings=12, seed=3)
    assert drawn(stage)[0] == pytest.approx(load(Source("generated", recipe)).x.tolist())


# Editing.


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
    expect(status).to_contain_text("a line needs at least two")
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
