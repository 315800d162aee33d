"""A table of text: how it is written, its columns, and which of them hold numbers."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from statistics import multimode
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tempfit.data.files import TOO_LARGE, DataError, File, read_text
from tempfit.data.names import column_names
from tempfit.words import later, say

SEPARATORS: Final = ("\t", ";", ",", " ")  # of two that are in as many lines, the first
BLANKS: Final = ("", "-", "–", "?", ".", "#n/a", "na", "n/a", "nan", "null", "none")
SPACES: Final = " \u00a0\u2009\u202f"
AROUND: Final = f"[{SPACES}$€£¥%]*"  # what may stand around a number
MAX_COLUMNS: Final = 1000
MAX_CELLS: Final = 10_000_000
SAMPLE_BYTES: Final = 130_000  # no cell is then longer than `csv` allows
SAMPLE_ROWS: Final = 1000

# The names of columns that count the rows, and of those that are to be predicted.
INDEX: Final = re.compile(r"(?i)#|id|index|row|no\.?|nr|obs|编号|序号|")
TARGET: Final = re.compile(r"(?i)(\b|_)(y|target|price|cost|sales|rent|salary)(\b|_)|价|目标")


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Hold the cells of a file, their rows as in the file from 0, and its columns of numbers.

    These are nan where a cell holds none. The last column of `cells` is surplus: it has no name.
    `default` is where x and y stand unless others are chosen. `texts` are the names of the other
    columns. `layout` is the encoding, separator and decimal mark of the file, if there is one.
    """

    names: tuple[str, ...]
    cells: pd.DataFrame
    numbers: dict[int, NDArray[np.float64]]
    default: tuple[int, int] = (0, 1)
    texts: tuple[str, ...] = ()
    layout: tuple[str, str, str] | None = None


def read_table(file: File) -> Table:
    """Read a table, whatever separates its columns; see `read_csv`."""
    text, encoding = read_text(file)
    lines = text[:SAMPLE_BYTES].decode(errors="ignore").split("\n")
    lines = [line for line in lines if not line.startswith("#")]
    separator = max(SEPARATORS, key=lambda mark: sum(mark in line for line in lines))
    cells = _cells(text, separator, _width(lines, separator))
    sample = cells[:: len(cells) // SAMPLE_ROWS + 1]
    decimal = _decimal(sample.melt()["value"], separator)
    values = pd.DataFrame({at: to_numbers(cells[at], decimal) for at in cells.columns[:-1]})
    readings = values.notna().any(axis=1) & ~cells["0"].str.startswith("#")
    start = next(iter(np.flatnonzero(readings).tolist()), len(cells))
    above, cells, values = cells[:start], cells[start:], values[start:]
    used = int((cells.iloc[:, :-1] != "").any().sum())
    header = _header(above.iloc[:, :-1], used, full=bool(values.iloc[:, -1].notna().any()))
    names = column_names(header)
    # A column holds numbers if at least half of what stands in it is numbers.
    words = [_words(cells[at], values[at]) for at in values]
    numbers = {
        place: values[at].to_numpy()
        for place, at in enumerate(values)
        if values[at].count() >= max(1, words[place])
    }
    texts = [name for place, name in enumerate(names) if place not in numbers and words[place]]
    default, layout = _default(header, numbers), (encoding, separator, decimal)
    return Table(names, cells, numbers, default, tuple(texts), layout)


def table_of(x: Sequence[float], y: Sequence[float], names: tuple[str, str]) -> Table:
    """Return two columns of numbers as a table whose rows count from 1; nan is a blank cell."""
    cells = pd.DataFrame({"x": x, "y": y, "": ""}).astype("str").fillna("")
    return Table(names, cells, {0: np.array(x, np.float64), 1: np.array(y, np.float64)})


def _width(lines: Sequence[str], separator: str) -> int:
    """Return how many cells most rows have; one of a single cell is a remark."""
    if separator == " ":
        lines = [" ".join(line.split()) for line in lines]
    rows = csv.reader(lines, delimiter=separator, skipinitialspace=separator != " ")
    return max(multimode(len(row) for row in rows if len(row) > 1), default=2)


def _cells(text: bytes, separator: str, width: int) -> pd.DataFrame:
    """Return the cells of all rows as text, with a column more for what is beyond the last one.

    With a header of plain numbers put above them, and `usecols`, a row may be short or long. Names
    in a comment, as NumPy writes them, "# t v", are as many cells as without the "# ".
    """
    if width > MAX_COLUMNS or text.count(b"\n") * (width + 1) > MAX_CELLS:
        raise DataError(say(TOO_LARGE))
    header = separator.join(map(str, range(width + 1))).encode()
    try:
        return pd.read_csv(
            BytesIO(b"\n".join((header, text)).replace(b"\n# ", b"\n#")),
            sep=r"\s+" if separator == " " else separator,
            usecols=range(width + 1),
            dtype="str",
            na_filter=False,
            skip_blank_lines=False,
            skipinitialspace=True,
        )
    except pd.errors.ParserError as error:
        said = later("A quotation mark is never closed: save the table as CSV anew.")
        raise DataError(say(said)) from error


def digits(mark: str) -> tuple[str, str]:
    """Return the patterns of a plain number, and of one that has its thousands apart.

    `mark` is their decimal point or comma. "0,125" has no thousands.
    """
    apart = ("," if mark == "." else ".") + SPACES + "'’"
    return (
        f"([0-9]+[{mark}]?[0-9]*|[{mark}][0-9]+)([eE][+-]?[0-9]+)?",
        f"[1-9][0-9]{{0,2}}([{apart}][0-9]{{3}})+([{mark}][0-9]*)?",
    )


def to_numbers(cells: "pd.Series[str]", mark: str) -> "pd.Series[float]":
    """Return the numbers in cells, nan where there is none: "-$1,200" and "5 %" are numbers."""
    plain, apart = digits(mark)
    odd = cells[~cells.str.fullmatch(f"-?{plain}")]
    number = f"{AROUND}[+−-]?{AROUND}({plain}|{apart}){AROUND}"
    found = odd.where(odd.str.fullmatch(number)).str.replace("−", "-")
    bare = cells.copy()
    bare[odd.index] = found.str.replace(f"[^0-9eE{mark}-]", "", regex=True)
    return bare.str.replace(mark, ".").astype("float64[pyarrow]").astype(np.float64)


def _decimal(cells: "pd.Series[str]", separator: str) -> str:
    """Return the decimal mark of most numbers: a comma where 1,234 may be either."""
    point, comma = (cells[to_numbers(cells, mark).notna()] for mark in ".,")
    either = separator != "," and comma.str.contains(",").any()
    return "," if len(comma) > len(point) or (len(comma) == len(point) and either) else "."


def _header(above: pd.DataFrame, used: int, *, full: bool) -> list[str]:
    """Return the name of each column, "" where it has none. `used` columns are not blank.

    Names stand in the fullest row that names nearly all of these, or in the last comment. R
    leaves out the first one, so that the last column, `full` of numbers, seems to have none.
    """
    rows = above.tail(SAMPLE_ROWS).to_numpy().tolist()
    wide = [row for row in rows if _filled(row) >= max(2, used - 1)]
    plain = [row for row in wide if not row[0].startswith("#")]
    nameless = [""] * above.shape[1]
    header = max(plain, key=_filled) if plain else (wide or [nameless])[-1]
    return ["", *header[:-1]] if full and not header[-1] else header


def _filled(row: Sequence[str]) -> int:
    return len([*filter(None, row)])


def _words(cells: "pd.Series[str]", values: "pd.Series[float]") -> int:
    """Return how many cells of a column hold neither a number nor a sign for nothing."""
    rest = cells[values.isna()].str.strip().str.lower()
    return len(rest) - int(rest.isin(BLANKS).sum())


def _default(header: Sequence[str], numbers: Mapping[int, NDArray[np.float64]]) -> tuple[int, int]:
    """Return where x and y stand: the first two columns of numbers that vary and are no index.

    A column whose name says that it is to be predicted, as "Price (US$)" does, is y before that.
    """
    if len(numbers) < 2:
        raise DataError(say("No two columns hold numbers: a table needs one for x and one for y."))
    named = [place for place in numbers if not INDEX.fullmatch(header[place].strip())]
    varied = [place for place in named if np.nanmin(numbers[place]) < np.nanmax(numbers[place])]
    places = [*varied, *(place for place in numbers if place not in varied)]
    targets = [place for place in varied if TARGET.search(header[place])]
    y = targets[-1] if targets else max(places[:2])
    return next(place for place in places if place != y), y
