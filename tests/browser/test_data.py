"""Bring your own data, in the browser: real files of every kind, and data that are built in."""

import io
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect

from tempfit import Dataset, fit, read_csv, thermometer
from tempfit.data.loading import load
from tempfit.data.names import shortened
from tempfit.data.sources import Recipe, Source
from tempfit.link import from_parameters
from tempfit.page_link import MAKER_ONLY
from tempfit.theory.starting import starting
from tests.browser.conftest import Open
from tests.browser.frames import assert_numbers
from tests.browser.readings import choose, drawn, drop, has_readings, refusal, said
from tests.browser.stage import Stage

TEXT = "Speed [km/h];Distance [m]\n10,5;2,25\n20;4,5\n30;9\n50;26\n"
EXPECTED = ([10.5, 20.0, 30.0, 50.0], [2.25, 4.5, 9.0, 26.0])
MILLION_SECONDS = 20  # 5 on a computer that does nothing else


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


def test_the_columns_of_another_table_are_offered_by_its_own_names(stage: Stage) -> None:
    drop(stage, b"t,u,v\n1,5,2\n2,6,4\n3,7,8\n")
    has_readings(stage, 3)
    drop(stage, b"p;q;r\n1;2;3\n2;3;5\n4;5;7\n5;6;9\n")
    has_readings(stage, 4)
    expect(stage.page.get_by_label("Column for x").first).to_have_value("p")
    choose(stage, "Column for y", "r")
    expect(stage.page.locator(".ytitle").first).to_have_text("r")


def test_of_one_s_own_readings_the_outcome_says_rmse_and_r2_and_the_script_is_theirs(
    stage: Stage,
) -> None:
    rows = [f"2024-01-{1 + i % 28:02d},{i % 9},{1000 * (i % 9) + i % 700}" for i in range(400)]
    drop(stage, "\n".join(["date,rooms,price", *rows]).encode(), "houses.csv")
    has_readings(stage, 400)
    expect(said(stage)).to_contain_text('Left out, as no plain numbers: "date".')
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
        ("words.txt", b"a,b\nfoo,bar\n", "No two columns hold numbers"),
        ("same.csv", b"x,y\n5,1\n5,2\n", 'The column "x" is 5 in every row'),
        ("large.csv", b"x,y\n5,1\n6,1e39\n", 'Row 3 of the column "y" holds 1e+39'),
        ("infinite.csv", b"x,y\n5,1\ninf,2\n", 'A line needs two rows with "x" and "y"'),
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
