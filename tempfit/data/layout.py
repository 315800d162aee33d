"""How a table is written: what separates its columns, where it begins, what they are called.

Decided from the first lines alone, by trying each separator and counting the numbers found.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from tempfit.data.cells import decimal_mark, is_ambiguous, is_blank, is_number, mostly_numbers
from tempfit.data.text import DataError

SPACES: Final = r"\s+"
SEPARATORS: Final = ("\t", ";", ",", "|", SPACES)  # of two that do equally well, the first

SAMPLE_ROWS: Final = 100
SAMPLE_CELLS: Final = 5000  # of which three rows are read in any case
SAMPLE_CHARACTERS: Final = 5_000_000
MAX_COLUMNS: Final = 20_000

# Characters without a shape of their own, among them those that turn the direction of a text.
_SHAPELESS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069]+")
_COMMENT: Final = re.compile(r"#+(?:[\s\w]|$)")
_EXCEL_SEPARATOR: Final = re.compile(r"sep=(.)\n", re.IGNORECASE)

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Say how a text is to be read as a table.

    `names` are those of its columns, `unnamed` the places of columns that had no name of their
    own. The readings begin after `lines` lines, in row `first_row`, counted from 1 as a
    spreadsheet does. With `ambiguous` decimal commas, each might set thousands apart as well.
    """

    separator: str
    decimal: str
    names: tuple[str, ...]
    unnamed: frozenset[int]
    lines: int
    first_row: int
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class _Attempt:
    """The first rows as one separator makes them, and at which line each of them ends."""

    separator: str
    rows: Rows
    ends: list[int]

    @property
    def width(self) -> int:
        """How many cells most of the rows have."""
        counts = Counter(len(row) for row in self.rows if row)
        return max(counts, key=lambda width: (counts[width], width), default=0)

    @property
    def start(self) -> int:
        """The first row of the table; what stands above has too few cells to belong to it."""
        fitting = (i for i, row in enumerate(self.rows) if len(row) >= self.width and any(row))
        start = next(fitting, 0)
        above = self.rows[start - 1] if start else []
        # Some programs leave the name of the first column out, and its separator with it.
        short = len(above) == self.width - 1 > 0 and not any(map(is_number, above))
        return start - 1 if short else start

    @property
    def merit(self) -> tuple[int, bool, float]:
        """How well the separator does: columns of numbers, and the share of cells that are.

        Between them counts that a comma or a space may stand within a number.
        """
        body = self.rows[self.start :]
        filled = [cell for row in body for cell in row if not is_blank(cell)]
        share = sum(map(is_number, filled)) / len(filled) if filled else 0.0
        columns = (mostly_numbers(column(body[1:], place)) for place in range(self.width))
        return min(2, sum(columns)), self.separator not in (",", SPACES), share


def layout_of(text: str) -> Layout:
    """Return the layout with which a text gives the most numbers."""
    told = _EXCEL_SEPARATOR.match(text)
    skipped = 1 if told else 0
    lines = text[:SAMPLE_CHARACTERS].split("\n", SAMPLE_ROWS)[skipped:SAMPLE_ROWS]
    comments = list(takewhile(_COMMENT.match, lines))
    skipped += len(comments)
    lines = lines[len(comments) :]
    attempts = [_attempt(lines, mark) for mark in ((told[1],) if told else SEPARATORS)]
    attempt = max(attempts, key=lambda attempt: attempt.merit)
    header, records = _header(attempt, comments)
    rows = attempt.rows[records:]
    width = max(len(header), attempt.width)
    if width > MAX_COLUMNS:
        raise DataError(f"The table has more than {MAX_COLUMNS:,} columns: keep those you need.")
    names, unnamed = named(header, width)
    cells = [cell for row in rows for cell in row if is_number(cell)]
    decimal = "." if attempt.separator == "," else decimal_mark(cells, attempt.separator)
    return Layout(
        separator=attempt.separator,
        decimal=decimal,
        names=names,
        unnamed=unnamed,
        lines=skipped + (attempt.ends[records - 1] if records else 0),
        first_row=skipped + records + 1,
        ambiguous=decimal == "," and all(is_ambiguous(cell) for cell in cells if "," in cell),
    )


def _header(attempt: "_Attempt", comments: Sequence[str]) -> tuple[list[str], int]:
    """Return the cells that name the columns, none where nothing does, and the rows above the body.

    They may stand in the last of the comments above the table, as `numpy.savetxt` writes them.
    """
    start = attempt.start
    first = attempt.rows[start] if attempt.rows else []
    if has_header(first, attempt.rows[start + 1 :]):
        return (["", *first] if len(first) == attempt.width - 1 else first), start + 1
    for comment in comments[-1:]:
        row = _attempt([comment.lstrip("#")], attempt.separator).rows[0]
        if start == 0 and len(row) == attempt.width and not any(map(is_number, row)):
            return row, 0
    return [], start


def _attempt(lines: list[str], separator: str) -> _Attempt:
    """Return the rows that lines are with a separator."""
    if separator == SPACES:
        lines = [line.strip().replace("\t", " ") for line in lines]
    ended = (f"{line}\n" for line in lines)
    mark = " " if separator == SPACES else separator
    reader = csv.reader(ended, delimiter=mark, skipinitialspace=True)
    rows: Rows = []
    ends: list[int] = []
    try:
        for row in reader:
            rows.append(row)
            ends.append(reader.line_num)
            if len(rows) >= 3 and sum(map(len, rows)) > SAMPLE_CELLS:
                break
    except csv.Error as error:
        place = reader.line_num
        raise DataError(f"Row {place} has a cell that is too long: save the table anew.") from error
    return _Attempt(separator, rows, ends)


def column(rows: Rows, place: int) -> list[str]:
    """Return the cells of a column, blank where a row is too short."""
    return [row[place] if place < len(row) else "" for row in rows]


def has_header(first: Sequence[str], body: Rows) -> bool:
    """Return whether the first row names the columns.

    So it does where it has a text above numbers; where nothing but numbers follow a row without
    a number; and where it has years above numbers that are none, beside a text.
    """
    if not first or all(is_number(cell) or is_blank(cell) for cell in first):
        return False
    places = range(len(first))
    numeric = [place for place in places if mostly_numbers(column(body, place))]
    if any(not is_number(first[place]) and not is_blank(first[place]) for place in numeric):
        return True
    if not any(is_number(cell) for cell in first):
        return True
    years = [first[place] for place in numeric]
    below = [cell for place in numeric for cell in column(body, place)]
    return _are_years(years) and not all(map(_is_year, below))


def _are_years(cells: Sequence[str]) -> bool:
    rising = all(earlier < later for earlier, later in pairwise(cells))
    return len(cells) >= 2 and rising and all(map(_is_year, cells))


def _is_year(cell: str) -> bool:
    return bool(re.fullmatch(r"1[5-9][0-9]{2}|20[0-9]{2}", cell.strip()))


def named(header: Sequence[str], width: int) -> tuple[tuple[str, ...], frozenset[int]]:
    """Return a name for each of `width` columns, all different, and the places that had none."""
    if not header and width == 2:
        return ("x", "y"), frozenset()
    cells = [*map(tidy_name, header), *[""] * width][:width]
    names: dict[str, None] = {}
    for place, cell in enumerate(cells):
        name = base = cell or f"Column {place + 1}"
        repeat = 2
        while name in names:
            name = f"{base} ({repeat})"
            repeat += 1
        names[name] = None
    return tuple(names), frozenset(place for place, cell in enumerate(cells) if not cell)


def tidy_name(cell: str) -> str:
    """Return a name on one line, without characters that are not seen."""
    return " ".join(_SHAPELESS.sub(" ", cell).split())
