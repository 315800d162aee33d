"""Refusing a table: whatever it holds ends in a dataset or in one sentence."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tempfit import DataError, read_csv
from tempfit.data.files import TOO_LARGE, File
from tempfit.data.pair import read_pair
from tempfit.data.table import read_table
from tests.data.reading import names, pair, refusal

TWO_COLUMNS = "No two columns hold numbers: a table needs one for x and one for y."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file cannot be read: "),
        ("\n \n", TWO_COLUMNS),
        ("x,y\n", TWO_COLUMNS),
        ("# x,y\n", TWO_COLUMNS),
        ("x\n1\n2\n", TWO_COLUMNS),
        ("a,b\nfoo,bar\nbaz,qux\n", TWO_COLUMNS),
        ("x,y\n1,2\n", 'A line needs two rows with "x" and "y": add rows'),
        ("x,y\n1,\n,2\n", 'A line needs two rows with "x" and "y": add rows'),
        (
            "x,y\n5,2\n5,3\n",
            'The column "x" is 5 in every row, as float32 has it: choose another x',
        ),
        ("x,y\n1,2\n2,1e999\n", 'Row 3 of the column "y" holds inf, beyond what float32 can'),
        ("x,y\n1,2\n2,-1e39\n", 'Row 3 of the column "y" holds -1e+39, beyond what float32 can'),
        ("x,y\n1700000000,2\n1700000001,3\n", "subtract what its numbers have in common."),
        ('x,y\n1,2\n2,3\n"3,4\n', "A quotation mark is never closed: save the table as CSV anew."),
        ((",".join("1" * 1001) + "\n") * 2, TOO_LARGE),
        ((",".join("1" * 1000) + "\n") * 100 + "1\n" * 50_000, TOO_LARGE),
    ],
)
def test_a_refusal_is_one_sentence_that_names_what_to_do(text: str, sentence: str) -> None:
    said = refusal(text)
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said


def test_a_column_that_cannot_be_used_is_named_with_those_that_can() -> None:
    text = "town,t,v\nBerlin,1,2\nParis,2,3\n"
    for name in ("T", "town"):
        assert refusal(text, x=name) == (
            f'There is no column of numbers "{name}": choose one of "t", "v".'
        )
    with pytest.raises(DataError, match='There is no column of numbers "3"'):
        read_pair(read_table(text), 3)


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readings.csv", "x,y\n1,2\n3,4\n")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        _zip(),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        b"\x1f\x8b\x08\0\0\0\0\0",
        bytes(range(256)),
        b"1,2\n3,\0\n",
        b"%PDF-1.4\n1 0 obj\nBT 1 2 Td\n3 4 Td\nET\n",
        "1,2\n3,4\n".encode("utf-16-le"),
        "1,2\n3,4\n".encode("utf-32"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    said = "This is no text: save the sheet as CSV, or choose a text file."
    assert refusal(content) == said


def test_a_header_may_begin_like_another_kind_of_file() -> None:
    assert names(read_csv(b"PAR1,BZh\n1,2\n3,4\n")) == ("PAR1", "BZh")


def test_a_file_of_two_gigabytes_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(2 * 10**9)
    assert refusal(path) == TOO_LARGE


def test_a_cell_may_be_longer_than_what_is_looked_at_first() -> None:
    reading = read_pair(read_table("x;y\n1;2\n" + "x" * 200_000 + ";5\n3;4\n"))
    assert pair(reading.dataset) == ([1.0, 3.0], [2.0, 4.0])
    assert reading.left_out(1) == [f'row 3, "x" is "{"x" * 19}…"']


def test_a_path_that_is_none_is_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "none.csv")
    assert "Is a directory" in refusal(tmp_path)
    assert refusal("a\0b") == "The file cannot be read: it is no text."


def test_a_file_that_is_opened_in_a_wrong_encoding_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "readings.csv"
    path.write_bytes("Größe,y\n1,2\n3,4\n".encode("latin-1"))
    with path.open(encoding="utf-8") as text:
        assert refusal(text) == "The file cannot be read: it is no text."


cells = st.one_of(
    st.floats(allow_nan=True).map(str),
    st.integers(-(10**12), 10**12).map(str),
    st.sampled_from(
        ["", "1,5", "1.234,5", '"', '"a', "NA", "-", "1e999", "x", " ", "#", "٣", "=1"]
    ),
)
tables = st.tuples(
    st.sampled_from([",", ";", "\t", "|", " ", ", "]),
    st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=8),
).map(lambda drawn: "\n".join(drawn[0].join(row) for row in drawn[1]) + "\n")


def ends_well(content: File) -> None:
    """Check that there is a dataset a line can be fitted to, or one sentence."""
    try:
        dataset, said = read_csv(content), "."
    except DataError as error:
        dataset, said = None, str(error)
    assert re.fullmatch(r"[^\n]*\.", said)
    assert dataset is None or len(dataset.x.unique()) >= 2


@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00")
@example(b'1,2\n"3,4\n5,6')
@example(b"\xef\xbb\xbf")
def test_any_bytes_end_in_a_dataset_or_a_sentence(content: bytes) -> None:
    ends_well(content)


@given(st.text(max_size=200).map(lambda text: text + "\n"))
@example("\udc80,1\n2,3\n4,5\n")
def test_any_text_ends_in_a_dataset_or_a_sentence(text: str) -> None:
    ends_well(text)


@given(tables)
def test_any_table_ends_in_a_dataset_or_a_sentence(text: str) -> None:
    ends_well(text)
    ends_well(text.encode("utf-16"))


@given(
    st.lists(
        st.tuples(*[st.floats(-(2.0**100), 2.0**100, width=32, allow_subnormal=False)] * 2),
        min_size=2,
        max_size=20,
        unique_by=lambda reading: reading[0],
    ),
    st.sampled_from([(",", "."), (";", "."), (";", ","), ("\t", ","), (" ", ".")]),
)
def test_what_is_written_is_what_is_read(
    readings: list[tuple[float, float]], style: tuple[str, str]
) -> None:
    separator, mark = style
    rows = (separator.join(repr(value).replace(".", mark) for value in row) for row in readings)
    dataset = read_csv("\n".join([separator.join(("first", "second")), *rows]))
    assert list(zip(*pair(dataset), strict=True)) == readings


@given(
    st.lists(st.floats(-(2.0**100), 2.0**100, width=32), min_size=2, max_size=20, unique=True),
    st.sampled_from([(";", "."), (";", ","), ("\t", ",")]),
    st.sampled_from(["n/a", "?", "off"]),
)
def test_a_word_among_the_numbers_changes_none_of_them(
    values: list[float], style: tuple[str, str], word: str
) -> None:
    separator, mark = style
    cells = [repr(value).replace(".", mark) for value in values]
    rows = [f"{cell}{separator}{place}" for place, cell in enumerate([word, *cells])]
    reading = read_pair(read_table("\n".join([separator.join(("first", "second")), *rows])))
    assert reading.dataset.x.tolist() == values
    assert reading.left_out(9) == [f'row 2, "first" is "{word}"']
