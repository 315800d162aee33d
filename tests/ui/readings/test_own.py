"""Bring your own data: what is uploaded or pasted is what the page runs on, and nobody else's."""

import pytest

from tempfit.data.sources import OWN
from tests.ui.data_page import DataPage

CSV = b"Speed [km/h];Distance [m];Third\n10,5;2,25;1\nfoo;4,5;2\n30;9;4\n50;26;9\n"
PRIVATE = "These readings are in this session only; for others the link opens with the thermometer."


@pytest.fixture
def page() -> DataPage:
    return DataPage()


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
        (b"a,b\nfoo,bar\n", "is not used. No two columns hold numbers"),
        (b"x,y\n5,1\n5,2\n", "is 5 in every row"),
        (b"x,y\n1,1\n1e39,2\n3,4\n", "holds 1e+39, beyond what float32 can hold (3.4e38)"),
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
