"""What is read from a table, and why another one is refused, as tests compare them."""

from math import nan

import pytest

from tempfit import DataError, Dataset, read_csv
from tempfit.data.files import File

Numbers = tuple[list[float], list[float]]

PLAIN: Numbers = ([1.5, 2.5, 4.0], [10.0, 12.0, 18.0])

CELLS: list[tuple[str, str, float]] = [  # a cell, the decimal mark of its file, and its number
    ("1,234,567", ".", 1234567),
    ("2,345.5", ".", 2345.5),
    ("1.234.567,5", ",", 1234567.5),
    ("2.345", ",", 2345),
    ("1 234,5", ",", 1234.5),
    ("1\u00a0234,5", ",", 1234.5),
    ("1\u202f234\u202f567", ",", 1234567),
    ("1\u2009234.5", ".", 1234.5),
    ("1'234.50", ".", 1234.5),
    ("1’234", ".", 1234),
    ("$ 1,234", ".", 1234),
    ("-$1,200.50", ".", -1200.5),
    ("$-5", ".", -5),
    ("12,5\u00a0€", ",", 12.5),
    ("12.5 %", ".", 12.5),
    ("−1.5", ".", -1.5),
    ("+1.5E+03", ".", 1500),
    (".5", ".", 0.5),
    ("0,125", ".", nan),
    ("0.125", ",", nan),
    ("1,2345", ".", nan),
    ("1,23,456", ".", nan),
    ("1.5", ",", nan),
    ("1 2", ".", nan),
    ("1_000", ".", nan),
    ("0x10", ".", nan),
    ("inf", ".", nan),
    ("٣", ".", nan),
    ("5+", ".", nan),
    ("2024-01-05", ".", nan),
    ("12:30", ".", nan),
]


def pair(dataset: Dataset) -> Numbers:
    return dataset.x.tolist(), dataset.y.tolist()


def names(dataset: Dataset) -> tuple[str, str]:
    return dataset.x_name, dataset.y_name


def refusal(content: File, x: str | None = None, y: str | None = None) -> str:
    with pytest.raises(DataError) as raised:
        read_csv(content, x, y)
    return str(raised.value)
