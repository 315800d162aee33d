"""A table of text as pandas parses it: its columns, and which of them hold numbers."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tempfit.data.cells import BLANKS, mostly_numbers, to_numbers
from tempfit.data.layout import SPACES, Layout, layout_of, tidy_name
from tempfit.data.text import DataError, Source, read_text

Floats = NDArray[np.float64]

MAX_CELLS: Final = 50_000_000
SAMPLE_CELLS: Final = 60

_INDEX_NAMES: Final = frozenset(
    ("id", "index", "idx", "row", "rownames", "no", "no.", "nr", "nr.", "#", "obs", "unnamed: 0")
)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Hold the cells of a table as pandas read them, the rows as in the file.

    `frame` has a column more than the table has names: what stands there is surplus. `plain` tells
    which columns pandas found numbers alone in, and `filled` how many cells of each are not
    blank. `sample` has a few of the rows.
    """

    layout: Layout
    frame: pd.DataFrame
    plain: tuple[bool, ...]
    filled: NDArray[np.integer]
    sample: NDArray[np.object_]
    _numbers: dict[int, Floats] = field(default_factory=dict, init=False, repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return self.layout.names

    @property
    def numeric_names(self) -> tuple[str, ...]:
        """The names of the columns that hold numbers."""
        return tuple(self.names[place] for place in self.numeric_places())

    def numeric_places(self) -> tuple[int, ...]:
        """Return the places of the columns that hold numbers, in order."""
        return tuple(self._numeric())

    def cell(self, place: int, row: int) -> str | None:
        """Return the text of a cell, or None where it is blank."""
        value = self.frame[place].iloc[row : row + 1].dropna()
        return tidy_name(str(value.iloc[0])) if len(value) else None

    def numbers(self, place: int) -> Floats:
        """Return the numbers of a column, nan where a cell holds none."""
        if place not in self._numbers:
            cells = self.frame[place]
            if self.plain[place]:
                numbers = cells.to_numpy(np.float64, na_value=np.nan)
            else:
                numbers = to_numbers(cells.astype("str"), self.layout.separator)
            self._numbers[place] = numbers
        return self._numbers[place]

    def default_pair(self) -> tuple[int, int]:
        """Return the places of the first two columns of numbers that vary and are no index.

        Where there are not two of them, an index or a constant stands in. Raises DataError
        unless two columns hold numbers.
        """
        found: list[int] = []
        others: list[int] = []
        for place in self._numeric():
            (others if self._is_index(place) or self._is_constant(place) else found).append(place)
            if len(found) == 2:
                break
        pair = sorted([*found, *others][:2])
        if len(pair) < 2:
            raise self._too_few_columns(pair)
        return pair[0], pair[1]

    def _numeric(self) -> Iterator[int]:
        return (place for place in range(len(self.names)) if self.is_numeric(place))

    def is_numeric(self, place: int) -> bool:
        """Return whether a column holds numbers: half of its cells, as a sample has it."""
        if self.plain[place] or not self.filled[place]:
            return bool(self.filled[place])
        cells = [str(cell) for cell in self.sample[:, place] if isinstance(cell, str | int)]
        if not cells:  # all of the sample is blank
            cells = self.frame[place].dropna().iloc[:SAMPLE_CELLS].astype("str").tolist()
        return mostly_numbers(cells)

    def _is_index(self, place: int) -> bool:
        """Return whether a column only counts the rows, by its name or for want of one."""
        if place not in self.layout.unnamed:
            return self.names[place].casefold() in _INDEX_NAMES
        numbers = self.numbers(place)
        counting = (numbers[1:] == numbers[:-1] + 1).all()
        return place == 0 and len(self.names) > 2 and bool(counting)

    def _is_constant(self, place: int) -> bool:
        numbers = self.numbers(place)
        numbers = numbers[~np.isnan(numbers)]
        return bool((numbers == numbers[0]).all()) if len(numbers) else True

    def _too_few_columns(self, pair: list[int]) -> DataError:
        only = f"Only the column {quoted(self.names[pair[0]])} holds" if pair else "No column holds"
        return DataError(
            f"{only} numbers: give a table with two such columns, one for x, one for y."
        )


def read_table(source: Source) -> Table:
    """Read a table from a path, bytes, text or an open file, whatever separates its columns.

    A str without any line break is a path. Raises DataError with one sentence a user can act on.
    """
    text = read_text(source)
    layout = layout_of(text)
    body = text.split("\n", layout.lines)[-1] if layout.lines <= text.count("\n") else ""
    if not body.strip():
        raise DataError("The table has names but no readings: add rows of numbers below them.")
    columns = len(layout.names) + 1
    rows = body.count("\n") + 1
    if rows * columns > MAX_CELLS:
        said = f"The table has {rows:,} rows of {columns - 1:,} columns"
        raise DataError(f"{said}, too many: keep the two columns you need.")
    return _table(layout, _parsed(body, layout, columns))


def table_of(x: Sequence[float], y: Sequence[float], names: tuple[str, str]) -> Table:
    """Return two columns of numbers as a table whose rows count from 1; nan is a blank cell."""
    layout = Layout(",", ".", names, frozenset(), lines=0, first_row=1, ambiguous=False)
    frame = pd.DataFrame({0: x, 1: y, 2: np.nan}, dtype=np.float64)
    return _table(layout, frame)


def _table(layout: Layout, frame: pd.DataFrame) -> Table:
    """Return the table with what is known of its columns at a glance."""
    plain = tuple(dtype.kind in "iuf" for dtype in frame.dtypes)
    chosen = np.random.default_rng(0).permutation(len(frame))[:SAMPLE_CELLS]
    sample = frame.iloc[chosen].to_numpy(np.object_)
    return Table(layout, frame, plain, frame.count().to_numpy(), sample)


def _parsed(body: str, layout: Layout, columns: int) -> pd.DataFrame:
    """Parse the rows below the header; quotes that are never closed count as plain characters.

    A header of plain numbers is put above them, and with `usecols` a row may be shorter or
    longer than it: what a long row holds beyond is cut off.
    """
    mark = " " if layout.separator == SPACES else layout.separator
    header = mark.join(map(str, range(columns)))
    reason: Exception | None = None
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        try:
            frame = pd.read_csv(
                io.BytesIO(f"{header}\n{body}".encode()),
                sep=layout.separator,
                decimal=layout.decimal,
                header=0,
                usecols=range(columns),
                index_col=False,
                na_values=list(BLANKS),
                skip_blank_lines=False,
                skipinitialspace=True,
                quoting=quoting,
                low_memory=False,
            )
        except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
            reason = error
        else:
            frame.columns = pd.RangeIndex(columns)
            return frame
    raise DataError("The rows cannot be told apart: save the table as CSV anew.") from reason


def quoted(name: str, longest: int = 40) -> str:
    """Return a name or a cell as a sentence has it: in quotes, and not too long."""
    return f'"{name}"' if len(name) <= longest else f'"{name[: longest - 1]}…"'
