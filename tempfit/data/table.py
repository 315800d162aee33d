"""A table of text: how it is written, its columns, and which of them hold numbers."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from statistics import multimode
from typing import Final

import numpy as np
import pandas as pd

from tempfit.data.cells import BLANKS, Floats, is_number, mostly_numbers, to_numbers
from tempfit.data.files import DataError, File, read_text
from tempfit.data.names import column_names, listed, quoted
from tempfit.numbers import count
from tempfit.words import later, say

SEPARATORS: Final = ("\t", ";", ",", "|", " ")  # of two that do equally well, the first
MAX_COLUMNS: Final = 1000
MAX_CELLS: Final = 50_000_000
SAMPLE_BYTES: Final = 130_000  # no cell is then longer than `csv` allows
SAMPLE_ROWS: Final = 100

# What is to be predicted, in most tables that have a column of this name.
TARGETS: Final = frozenset(
    ("y", "target", "label", "response", "price", "cost", "sales", "revenue", "rent", "salary")
) | frozenset(("价格", "房价", "总价", "目标"))
_DATE: Final = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b.*")
_INDICES: Final = frozenset(("id", "index", "row", "rownames", "no", "no.", "nr", "obs"))

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Say how a table is written in its file: what a program must know to read it again.

    `skipped` lines stand above the readings. The columns at the places `odd` spell numbers that
    Python does not read as they stand, such as "$1,200".
    """

    encoding: str
    separator: str
    decimal: str
    skipped: int
    odd: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Hold the rows of a file from `first_row` on, and the numbers of the columns that hold any.

    Those are nan where a cell holds none. The last column of `frame` is surplus: it has no name.
    There is no layout where there is no file.
    """

    names: tuple[str, ...]
    frame: pd.DataFrame
    numbers: dict[int, Floats]
    first_row: int
    notes: tuple[str, ...]
    layout: Layout | None = None

    def default_pair(self) -> tuple[int, int]:
        """Return the places of x and y: the first two columns of numbers that vary, no index.

        A column whose name says that it is to be predicted, as "Price (US$)" does, is y before
        that. Where too few columns are like this, others are taken. Raises DataError unless two
        columns hold numbers.
        """
        if len(self.numbers) < 2:
            said = later(
                "No column holds numbers: give a table with two such columns, one for x, one for y."
            )
            if self.numbers:
                said = later(
                    "Only the column {column} holds numbers: give a table with two such columns, "
                    "one for x, one for y."
                )
            only = "".join(quoted(self.names[place]) for place in self.numbers)
            raise DataError(say(said, column=only))
        places = sorted(self.numbers, key=self._is_idle)
        targets = [place for place in places if self._is_target(place)]
        if targets:
            return next(place for place in places if place != targets[-1]), targets[-1]
        first, second = sorted(places[:2])
        return first, second

    def _is_target(self, place: int) -> bool:
        """Return whether a column varies and its name says that it is to be predicted."""
        words = re.findall(r"[^\W\d_]+", self.names[place].casefold())
        return not self._is_idle(place) and not TARGETS.isdisjoint(words)

    def _is_idle(self, place: int) -> bool:
        """Return whether a column only counts the rows or repeats one number."""
        name, numbers = self.names[place], self.numbers[place]
        index = name.casefold() in _INDICES or (name == "Column 1" and self.names[1] != "Column 2")
        return index or bool(np.fmin.reduce(numbers) == np.fmax.reduce(numbers))


def read_table(file: File) -> Table:
    """Read a table, whatever separates its columns; see `read_csv`."""
    text, encoding = read_text(file)
    lines = text[:SAMPLE_BYTES].decode(errors="ignore").split("\n")[:SAMPLE_ROWS]
    attempts = {separator: _rows(lines, separator) for separator in SEPARATORS}
    separator, (above, readings) = max(attempts.items(), key=_merit)
    width = len(readings[0]) if readings else 0
    header, skipped = _header(above, width)
    cells = [cell for row in readings for cell in row if is_number(cell)]
    point, comma = (sum(is_number(cell, mark) is True for cell in cells) for mark in ".,")
    ambiguous = point == comma and separator != "," and any("," in cell for cell in cells)
    decimal = "," if comma > point or ambiguous else "."
    newlines = sum("".join(row).count("\n") + 1 for row in above[:skipped])
    start = sum(map(len, islice(BytesIO(text), newlines)))
    frame = _parsed(text, start, separator, decimal, width)
    notes = [say("Commas are read as decimal commas.")] if ambiguous else []
    layout = Layout(encoding, separator, decimal, newlines)
    return _table(column_names(header, width), frame, layout, skipped + 1, notes)


def table_of(x: Sequence[float], y: Sequence[float], names: tuple[str, str]) -> Table:
    """Return two columns of numbers as a table whose rows count from 1; nan is a blank cell."""
    frame = pd.DataFrame({"x": x, "y": y, "": np.nan}, dtype=float)
    return Table(names, frame, {0: frame["x"].to_numpy(), 1: frame["y"].to_numpy()}, 1, ())


def _rows(lines: list[str], separator: str) -> tuple[Rows, Rows]:
    """Return the rows above the readings, and those with readings, as wide as most rows are."""
    if separator == " ":
        lines = [" ".join(line.split()) for line in lines]
    ended = (re.sub(r"^#+\s*", "#", f"{line}\n") for line in lines)
    rows = list(csv.reader(ended, delimiter=separator, skipinitialspace=True))
    filled = [row for row in rows if "".join(row)[:1] not in {"", "#"}]
    width = max(multimode(map(len, filled)), default=0)
    readings = [row for row in filled if len(row) >= width and any(map(is_number, row))]
    start = rows.index(readings[0]) if readings else len(rows)
    return rows[:start], [(row + [""] * width)[:width] for row in rows[start:]]


def _merit(attempt: tuple[str, tuple[Rows, Rows]]) -> tuple[int, bool, int]:
    """Return how well a separator does: two columns of numbers are best, and few other cells."""
    separator, (_, readings) = attempt
    numeric = sum(map(mostly_numbers, zip(*readings, strict=True)))
    others = sum(is_number(cell) is False for row in readings for cell in row)
    return min(2, numeric), separator not in ", ", -others  # these two may be within a number


def _header(above: Rows, width: int) -> tuple[list[str], int]:
    """Return the row that names the columns, [] where none does, and how many rows to skip.

    `numpy.savetxt` writes it as a comment, and R leaves out the name of the first column.
    """
    texts = [row for row in above if not any(map(is_number, row)) and False in map(is_number, row)]
    comments = [row for row in texts if row[0].startswith("#") and len(row) == width]
    least = min(width, max(2, width - 1))
    for row in texts:
        if len(row) >= least and not row[0].startswith("#"):
            return row, above.index(row) + 1
    return (comments[-1] if comments else []), len(above)


def _parsed(text: bytes, start: int, separator: str, decimal: str, columns: int) -> pd.DataFrame:
    """Parse the rows from a byte on, with a column more for what is beyond the last one.

    With a header of plain numbers put above them, and `usecols`, a row may be short or long.
    """
    rows = text.count(b"\n", start) + 1
    if columns > MAX_COLUMNS or rows * (columns + 1) > MAX_CELLS:
        said = later("{rows} × {columns} cells are too many: keep fewer columns or rows.")
        raise DataError(say(said, rows=count(rows), columns=count(columns)))
    header = separator.join(map(str, range(columns + 1))).encode()
    try:
        return pd.read_csv(
            BytesIO(b"\n".join((header, memoryview(text)[start:]))),
            sep=r"\s+" if separator == " " else separator,
            decimal=decimal,
            usecols=range(columns + 1),
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
            skipinitialspace=True,
            low_memory=False,
        )
    except pd.errors.ParserError as error:
        said = later("A quotation mark is never closed: save the table as CSV anew.")
        raise DataError(say(said)) from error


def _table(
    names: tuple[str, ...], frame: pd.DataFrame, layout: Layout, first_row: int, notes: list[str]
) -> Table:
    """Return a table, in which a sample of cells decides what the columns of text hold."""
    numbers: dict[int, Floats] = {}
    odd: set[int] = set()
    dates: list[str] = []
    digits: list[str] = []
    for place in np.flatnonzero(frame.count()[:-1]).tolist():
        if frame.dtypes.iloc[place].kind in "iuf":
            numbers[place] = frame.iloc[:, place].to_numpy(np.float64)
            continue
        cells = frame.iloc[:, place].astype("str").str.strip()
        cells = cells.mask(cells.str.lower().isin(BLANKS))
        sample = cells.dropna()[:: len(cells) // SAMPLE_ROWS + 1].tolist()
        if mostly_numbers(sample, layout.decimal):
            numbers[place], plain = to_numbers(cells, layout.decimal)
            odd |= set() if plain else {place}
        elif sample and all(map(_DATE.fullmatch, sample)):
            dates.append(names[place])
        elif 2 * sum(any(map(str.isdigit, cell)) for cell in sample) >= len(sample) > 0:
            digits.append(names[place])
    said = {
        later("Left out, as dates: {names}."): dates,
        later("Left out, as no plain numbers: {names}."): digits,
    }
    joint = say(" and ")
    notes += [say(note, names=listed(left, joint)) for note, left in said.items() if left]
    layout = replace(layout, odd=frozenset(odd))
    return Table(names, frame, numbers, first_row, tuple(notes), layout)
