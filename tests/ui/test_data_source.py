"""Bring your own data: what is chosen, brought or edited is what the page runs on."""

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.loading import load
from tempfit.data.pair import read_csv
from tempfit.data.sources import EXAMPLES, NAMES, OWN, TITLES, Recipe, Source
from tempfit.theory.starting import starting
from tempfit.training.experiment import PRESETS, Experiment
from tempfit.ui.readings.table import edited, frame_of

from .conftest import Page

CSV = b"Speed [km/h];Distance [m];Third\n10,5;2,25;1\nfoo;4,5;2\n30;9;4\n50;26;9\n"
PRIVATE = "These readings are in this session only; for others the link opens with the thermometer."


class DataPage(Page):
    """The page, with what it shows of the data."""

    @property
    def x(self) -> list[float]:
        """The readings that are drawn."""
        packed = base64.b64decode(self.stage["setup"]["x"])
        drawn: list[float] = np.frombuffer(packed, "<f4").tolist()
        return drawn

    @property
    def titles(self) -> tuple[str, str]:
        fit = self.stage["setup"]["fit"]
        return fit["xTitle"], fit["yTitle"]

    @property
    def said(self) -> str:
        """What is said of the data, with the markup that it is written in."""
        return self.html("tempfit-data")

    @property
    def refusal(self) -> str:
        return self.html("tempfit-refusal")

    def html(self, name: str) -> str:
        bodies = [part.proto.body for part in self.app.get("html")]
        return next((str(body) for body in bodies if f"='{name}'" in body), "")

    @property
    def presets(self) -> list[str]:
        return list(self.control("Preset").options)

    def upload(self, content: bytes, name: str = "readings.csv") -> None:
        if self.control("Data").value != OWN.name:
            self.set("Data", OWN.name)
        self.app.file_uploader[0].set_value((name, content, "text/csv"))
        self.run()

    def paste(self, text: str) -> None:
        self.app.text_area[0].set_value(text)
        self.run()


@pytest.fixture
def page() -> DataPage:
    return DataPage()


def assert_started(page: DataPage, source: Source) -> None:
    """Check that the page is at the start of a source, and says so in its link."""
    start = starting(load(source))
    assert page.stage["setup"]["epochs"] == start.experiment.epochs
    assert [run.learning_rate for run in page.runs] == [start.experiment.learning_rate]
    assert page.control("Learning rate").value == start.experiment.learning_rate
    assert page.presets == list(start.presets)
    assert page.control("Preset").value == "Start for these data"
    assert start.sentence in page.said
    assert page.link["data"] == [source.name]


def test_the_page_opens_with_the_thermometer_and_its_own_presets(page: DataPage) -> None:
    assert page.control("Data").value == "thermometer"
    assert page.presets == list(PRESETS)
    assert page.link == {}
    assert page.said == ""
    assert page.titles == ("Thermometer reading (t_u)", "Temperature (°C)")


def test_every_built_in_source_can_be_chosen_and_starts_where_it_converges() -> None:
    page = DataPage()
    assert page.control("Data").options == [TITLES[name] for name in NAMES[:-1]] + [
        "Bring your own…"
    ]
    for name in [*EXAMPLES, "generated"]:
        page.set("Data", name)
        assert_started(page, Source(name))
        if name in EXAMPLES:
            assert EXAMPLES[name].lesson in page.said
    page.set("Data", "thermometer")
    page.assert_shows(Experiment())
    assert page.presets == list(PRESETS)


def test_a_link_with_data_and_settings_opens_the_same_page() -> None:
    first = DataPage()
    first.set("Data", "population")
    first.set("Learning rate", 0.1)
    second = DataPage(**first.link)
    assert second.runs == first.runs
    assert second.x == first.x
    assert second.link == first.link
    assert second.notes == []


def test_a_link_with_data_alone_starts_where_it_converges() -> None:
    page = DataPage(data="years")
    assert_started(page, Source("years"))
    assert page.control("Standardize (mean 0, variance 1)").value is True


def test_generated_readings_follow_their_recipe_and_keep_the_settings() -> None:
    page = DataPage(data="generated", slope="-3", readings="12", seed="7")
    assert page.x == load(Source("generated", Recipe(12, -3.0, seed=7))).x.tolist()
    runs = page.runs
    page.set("Outlier", 50.0)
    assert page.runs == runs
    assert page.link["outlier"] == ["50"]
    assert page.link["slope"] == ["-3"]
    assert DataPage(**page.link).stage["setup"]["y"] == page.stage["setup"]["y"]


@pytest.mark.parametrize(
    ("parameters", "sentence"),
    [
        ({"data": "<script>"}, "In the link, data: what stands there names none"),
        ({"data": "own"}, "In the link, data: own names none; the thermometer is used."),
        (
            {"data": "generated", "readings": "0"},
            "0 is not accepted; the nearest accepted value, 2",
        ),
        ({"data": "generated", "noise": "-1"}, "-1 is not accepted; the nearest accepted value, 0"),
        ({"data": "generated", "seed": "nan"}, "seed: nan cannot be used; 0 is."),
        ({"data": "private", "lr": "0.02"}, "This link was made with readings that are not in it"),
    ],
)
def test_a_link_that_names_no_data_here_says_so(
    parameters: Mapping[str, str], sentence: str
) -> None:
    page = DataPage(**parameters)
    assert any(sentence in note for note in page.notes)
    assert page.link.get("data", ["thermometer"]) != ["private"]


def test_an_upload_is_trained_on_named_and_kept_out_of_the_link(page: DataPage) -> None:
    page.upload(CSV)
    assert page.titles == ("Speed [km/h]", "Distance [m]")
    assert page.x == [10.5, 30.0, 50.0]
    assert page.stage["setup"]["unit"] == "m²"
    assert page.link["data"] == ["private"]
    assert not {"Speed", "10.5", "readings.csv"} & set(str(page.link))
    assert "&quot;readings.csv&quot;: 3 readings." in page.said
    assert (
        "1 of 4 rows is left out: row 3, &quot;Speed [km/h]&quot; is &quot;foo&quot;" in page.said
    )
    assert PRIVATE in page.said
    assert "Chosen for these data" in page.said


def test_another_column_can_be_chosen(page: DataPage) -> None:
    page.upload(CSV)
    page.set("Column for y", 2)
    assert page.titles == ("Speed [km/h]", "Third")
    page.set("Column for x", 1)
    assert page.titles == ("Distance [m]", "Third")
    assert len(page.x) == 4


def test_a_paste_is_read_like_a_file(page: DataPage) -> None:
    page.set("Data", OWN.name)
    page.paste("t\tv\n1\t2,5\n2\t3,5\n4\t7\n")
    assert page.titles == ("t", "v")
    assert page.x == [1.0, 2.0, 4.0]
    assert "What was pasted: 3 readings." in page.said


def test_a_pasted_path_is_no_file(page: DataPage) -> None:
    page.set("Data", OWN.name)
    page.paste("/etc/passwd")
    assert "What was pasted is not used." in page.refusal
    assert page.control("Learning rate").value == 0.01


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "is not used. This is no text: save the sheet as CSV"),
        (b"PK\x03\x04\0\0", "is not used. This is no text: save the sheet as CSV"),
        (b"a,b\nfoo,bar\n", "is not used. No column holds numbers"),
        (b"x,y\n5,1\n5,2\n", "is 5 in every row"),
        (b"x,y\n1,1\ninf,2\n3,4\n", "holds inf, beyond what float32 can hold (3.4e38)"),
    ],
)
def test_what_was_there_before_stays_when_a_file_is_refused(content: bytes, sentence: str) -> None:
    page = DataPage(data="iris", lr="0.03")
    before, link = page.stage["setup"], page.link
    page.upload(content, "new.dat")
    assert "&quot;new.dat&quot; is not used." in page.refusal
    assert sentence in page.refusal
    assert page.stage["setup"]["x"] == before["x"]
    assert page.link == link
    page.upload(CSV)
    assert page.refusal == ""
    kept = page.x
    page.upload(content, "other.dat")
    assert page.refusal
    assert page.x == kept


def test_columns_that_are_refused_leave_the_readings(page: DataPage) -> None:
    page.upload(b"a,b,c\n1,2,7\n2,3,7\n3,5,7\n")
    page.set("Column for x", 2)
    assert "These columns are not used." in page.refusal
    assert page.titles == ("a", "b")
    assert page.control("Column for x").value == 0


@pytest.mark.parametrize(
    "name",
    [
        "<img src=x onerror=alert(1)>",
        "=cmd()|'/C calc'!A0",
        "**bold** :red[x] $x^2$",
        "%{x}",
        "n" * 10_000,
        "\u202edesrever",
        "درجة الحرارة",
    ],
)
def test_names_are_shown_as_text_and_change_nothing(name: str, page: DataPage) -> None:
    quoted = name.replace('"', '""')
    page.upload(f'"{quoted}",y,z\n1,2,3\n2,3,4\n4,4,4\n'.encode(), name[:100])
    drawn = page.titles[0]
    assert len(drawn) <= 44
    assert drawn == name.strip("\u202e") or drawn.endswith("…")
    assert "<img" not in page.said
    assert len(page.said) < 2000
    page.upload(f'"{quoted}",y\nfoo,3\nbar,4\n'.encode(), name[:100])
    assert "<img" not in page.refusal
    assert len(page.refusal) < 1000


def test_another_viewer_sees_nothing_of_it(page: DataPage) -> None:
    page.upload(CSV)
    assert DataPage(**page.link).titles == ("Thermometer reading (t_u)", "Temperature (°C)")


def test_going_back_to_private_readings_finds_them_in_the_session(page: DataPage) -> None:
    page.upload(CSV)
    link = page.link
    page.set("Data", "tips")
    assert page.link["data"] == ["tips"]
    page.follow(link)
    assert page.titles == ("Speed [km/h]", "Distance [m]")
    assert page.notes == []


def test_choosing_ones_own_again_brings_it_back(page: DataPage) -> None:
    page.upload(CSV)
    page.set("Data", "tips")
    page.set("Data", OWN.name)
    assert page.titles == ("Speed [km/h]", "Distance [m]")
    assert page.link["data"] == ["private"]


def test_a_million_readings_are_drawn_as_a_sample_that_says_so() -> None:
    page = DataPage(data="generated", readings="1000000", noise="3")
    assert len(page.x) == 400
    title = page.stage["setup"]["fit"]["title"]
    assert title == "Fitted line · 400 of 1,000,000 readings drawn"
    assert "converge" in page.stage["setup"]["runs"][0]["outlook"]


# The table of readings.


def change(**changes: Any) -> dict[str, Any]:
    return {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | changes


def test_cells_are_edited_and_rows_added_and_removed() -> None:
    table = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [4.0, 5.0, 6.0]})
    after = edited(
        table,
        change(
            edited_rows={0: {"x": 9.0}, "2": {"y": None}},
            added_rows=[{"x": 7.0, "y": 8.0}, {"x": 1.0}],
            deleted_rows=[1],
        ),
    )
    expected = [[9.0, 4.0], [3.0, np.nan], [7.0, 8.0], [1.0, np.nan]]
    np.testing.assert_array_equal(after.to_numpy(), expected)
    assert table["x"].tolist() == [1.0, 2.0, 3.0]


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=2, max_size=50, unique=True))
def test_the_table_shows_each_float32_in_as_few_digits_as_it_takes(values: list[float]) -> None:
    rows = "\n".join(f"{value!r},1" for value in values)
    dataset = read_csv(f"x,y\n{rows}\n")
    shown = frame_of(dataset)["x"].to_numpy()
    np.testing.assert_array_equal(shown.astype(np.float32), dataset.x.numpy())
    assert all(len(repr(float(value))) <= 22 for value in shown)


def test_a_thermometer_reading_is_shown_as_it_was_read() -> None:
    assert frame_of(load(Source()))["x"].tolist()[:2] == [35.7, 55.9]
