"""The two columns of a table that a line is fitted to, and what had to be left out."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.data.files import DataError, File
from tempfit.data.names import listed, quoted, tidy_name
from tempfit.data.table import Table, read_table
from tempfit.numbers import count
from tempfit.words import later, say

ROUNDED: Final = 1e-3  # of a column's standard deviation


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Hold the dataset that two columns of a table gave, and which rows it leaves out.

    `rounded` are the columns of which float32 loses more than `ROUNDED`.
    """

    dataset: Dataset
    table: Table
    columns: tuple[int, int]
    dropped: NDArray[np.intp]
    rounded: tuple[str, ...]

    def left_out(self, most: int) -> list[str]:
        """Say why rows are left out, the first of them, and how many more there are."""
        said = [self._why(row) for row in self.dropped[:most].tolist()]
        more = len(self.dropped) - len(said)
        return [*said, say("and {count} more", count=count(more))] if more else said

    def _why(self, row: int) -> str:
        """Say which row is left out, counted from 1 as a spreadsheet does, and why."""
        number = count(self.table.cells.index[row] + 1)
        for place in self.columns:
            if np.isnan(self.table.numbers[place][row]):
                cell = tidy_name(str(self.table.cells.iloc[row, place]))
                said = later("row {row}, {column} is {cell}")
                said = said if cell else later("row {row}, {column} is blank")
                column = quoted(self.table.names[place])
                return say(said, row=number, column=column, cell=quoted(cell, 20))
        return say("row {row}, more cells than columns", row=number)


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
    spare = (place for place in table.default if place not in chosen)
    columns = [next(spare) if place is None else place for place in chosen]
    names = [table.names[place] for place in columns]
    values = np.stack([table.numbers[place] for place in columns])
    float32 = torch.from_numpy(values).float()
    for column, row in float32.isinf().nonzero().tolist():
        said = later(
            "Row {row} of the column {column} holds {value}, beyond what float32 can hold "
            "(3.4e38): remove the row, or use a larger unit."
        )
        number, value = count(table.cells.index[row] + 1), f"{values[column, row]:.3g}"
        raise DataError(say(said, row=number, column=quoted(names[column]), value=value))
    blank = (table.cells == "").to_numpy()
    usable = ~np.isnan(values).any(axis=0) & blank[:, -1]
    x_values, y_values = float32[:, torch.from_numpy(usable)]
    if len(x_values) < 2:
        said = later("A line needs two rows with {x} and {y}: add rows or choose other columns.")
        raise DataError(say(said, x=quoted(names[0]), y=quoted(names[1])))
    if (x_values == x_values[0]).all():
        said = later(
            "The column {column} is {value} in every row, as float32 has it: choose another x, or "
            "subtract what its numbers have in common."
        )
        raise DataError(say(said, column=quoted(names[0]), value=f"{x_values[0]:g}"))
    dropped = np.flatnonzero(~usable & ~blank.all(axis=1))
    lost = np.abs(values - float32.numpy())[:, usable].max(axis=1)
    much = lost > ROUNDED * values[:, usable].std(axis=1)
    rounded = tuple(name for name, rounds in zip(names, much, strict=True) if rounds)
    dataset = Dataset(x_values, y_values, *names)
    return Pair(dataset, table, (columns[0], columns[1]), dropped, rounded)


def _place(table: Table, name: str | int) -> int:
    """Return the place of a column of numbers that is given by its name or its place."""
    place = table.names.index(name) if name in table.names else name
    if isinstance(place, int) and place in table.numbers:
        return place
    choice = listed([table.names[place] for place in table.numbers])
    said = later("There is no column of numbers {name}: choose one of {choice}.")
    raise DataError(say(said, name=quoted(str(name)), choice=choice))
