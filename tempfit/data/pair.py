"""The two columns of a table that a line is fitted to, and what had to be left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from tempfit.data.cells import Floats
from tempfit.data.dataset import Dataset
from tempfit.data.files import DataError, File
from tempfit.data.names import listed, quoted, tidy_name
from tempfit.data.table import Table, read_table
from tempfit.numbers import count
from tempfit.words import later, say

MAX_LISTED: Final = 100
FLOAT32_MAX: Final = float(np.finfo(np.float32).max)
ROUNDED: Final = 1e-3  # the share of its spread that float32 may take off a column unsaid


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that is left out, counted from 1 as a spreadsheet does, and why: `"y" is blank`.

    It has a `cell` in a `column` that is no number, or else more cells than there are columns.
    """

    row: int
    column: str = ""
    cell: str | None = None
    cells: int = 0

    @property
    def why(self) -> str:
        """Why, in the present language."""
        if not self.column:
            return say("it has more than {count} cells", count=self.cells)
        if self.cell is None:
            return say("{column} is blank", column=quoted(self.column))
        return say("{column} is {cell}", column=quoted(self.column), cell=quoted(self.cell, 20))


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Hold the dataset that two columns of a table gave, and `notes` on it, which are sentences.

    Of the `rows` that are not blank, `dropped` are left out; the first of these are `listed`.
    """

    dataset: Dataset
    rows: int
    dropped: int
    listed: tuple[Dropped, ...]
    notes: tuple[str, ...]


def read_csv(source: File, x: str | int | None = None, y: str | int | None = None) -> Dataset:
    """Read the readings from two columns of a table: a path, bytes, text or an open file.

    `x` and `y` are names or places (from 0) of columns; by default the first two columns of
    numbers that vary and are no index, with one called "price" or the like as y. Rows without
    both numbers are left out. A str without any line break is a path. Raises DataError with one
    sentence a user can act on.
    """
    return read_pair(read_table(source), x, y).dataset


def read_pair(table: Table, x: str | int | None = None, y: str | int | None = None) -> Pair:
    """Return the readings of two columns, and which rows were left out; see `read_csv`."""
    chosen = [None if name is None else _place(table, name) for name in (x, y)]
    defaults = table.default_pair() if None in chosen else ()
    spare = (place for place in defaults if place not in chosen)
    places = [next(spare) if place is None else place for place in chosen]
    names = [table.names[place] for place in places]
    values = np.stack([table.numbers[place] for place in places])
    usable = ~np.isnan(values).any(axis=0) & table.frame.iloc[:, -1].isna().to_numpy()
    values, rows = values[:, usable], np.flatnonzero(usable) + table.first_row
    left_out = np.flatnonzero(~usable)
    left_out = left_out[table.frame.iloc[left_out].notna().any(axis=1).to_numpy()]
    _refuse(names, values, rows)
    return Pair(
        Dataset(*torch.from_numpy(values.astype(np.float32)), *names),
        len(rows) + len(left_out),
        len(left_out),
        tuple(_dropped(table, places, row) for row in left_out[:MAX_LISTED].tolist()),
        (*table.notes, *_roundings(names, values)),
    )


def _place(table: Table, name: str | int) -> int:
    """Return the place of a column of numbers that is given by its name or its place."""
    place = table.names.index(name) if name in table.names else name
    if isinstance(place, int) and place in table.numbers:
        return place
    choice = listed([table.names[place] for place in table.numbers], say(" or "))
    said = later("There is no column of numbers {name}: choose another table.")
    if choice:
        said = later("There is no column of numbers {name}: choose {choice}.")
    raise DataError(say(said, name=quoted(str(name)), choice=choice))


def _refuse(names: Sequence[str], values: Floats, rows: NDArray[np.intp]) -> None:
    """Raise DataError unless the values (2, N) are readings that a line can be fitted to."""
    x_name, y_name = map(quoted, names)
    if len(rows) < 2:
        said = later(
            "No row has a number in both {x} and {y}: a line needs at least two, so add rows or "
            "choose other columns."
        )
        if len(rows):
            said = later(
                "Only one row has a number in both {x} and {y}: a line needs at least two, so add "
                "rows or choose other columns."
            )
        raise DataError(say(said, x=x_name, y=y_name))
    for column, place in np.argwhere(~(np.abs(values) <= FLOAT32_MAX)):
        said = later(
            "Row {row} of the column {column} holds {value}, beyond what float32 can hold "
            "(3.4e38): remove the row, or use a larger unit."
        )
        row, value = count(rows[place]), f"{values[column, place]:.3g}"
        raise DataError(say(said, row=row, column=quoted(names[column]), value=value))
    x = values[0].astype(np.float32)
    if (x == x[0]).all():
        said = later(
            "The column {column} is {value} in every row, as float32 has it: choose another x, or "
            "subtract what its numbers have in common."
        )
        raise DataError(say(said, column=x_name, value=f"{x[0]:g}"))


def _dropped(table: Table, places: Sequence[int], row: int) -> Dropped:
    """Return a row that is left out, with the first cell that is no number."""
    dropped = Dropped(table.first_row + row, cells=len(table.names))
    for place in reversed(places):
        if np.isnan(table.numbers[place][row]):
            cell = table.frame.iloc[row, place]  # a float (nan) where it is blank
            text = tidy_name(cell) if isinstance(cell, str) else None
            dropped = Dropped(table.first_row + row, table.names[place], text)
    return dropped


def _roundings(names: Sequence[str], values: Floats) -> Iterator[str]:
    """Say where float32 takes much off the numbers."""
    for name, numbers in zip(names, values, strict=True):
        lost = np.abs(numbers - numbers.astype(np.float32)).max()
        if lost > ROUNDED * numbers.std() > 0:
            yield say(
                "float32 rounds the column {column} by up to {most}: subtract what its numbers "
                "have in common.",
                column=quoted(name),
                most=f"{lost:.2g}",
            )
