"""The two columns of a table that a line is fitted to, and what had to be left out."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.data.table import Floats, Table, quoted, read_table
from tempfit.data.text import DataError, Source

MAX_LISTED: Final = 100
MAX_NAMED: Final = 5
FLOAT32_MAX: Final = float(np.finfo(np.float32).max)
ROUNDED: Final = 1e-3  # the share of its spread that float32 may take off a column unsaid


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that is left out, counted from 1 as a spreadsheet does, and why: `"y" is blank`."""

    row: int
    why: str


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Hold the dataset that two columns of a table gave, and what is to be said of it.

    `rows` counts the rows that are not blank, `dropped` those of them that are left out; the
    first of these are `listed`. `notes` are sentences.
    """

    dataset: Dataset
    rows: int
    dropped: int
    listed: tuple[Dropped, ...]
    notes: tuple[str, ...]


def read_csv(source: Source, x: str | int | None = None, y: str | int | None = None) -> Dataset:
    """Read the readings from two columns of a table: a path, bytes, text or an open file.

    `x` and `y` are names or places (from 0) of columns; by default the first two columns of
    numbers that vary and are no index. Rows without both numbers are left out. A str without
    any line break is a path. Raises DataError with one sentence a user can act on.
    """
    return read_pair(read_table(source), x, y).dataset


def read_pair(table: Table, x: str | int | None = None, y: str | int | None = None) -> Reading:
    """Return the readings of two columns, and which rows were left out; see `read_csv`."""
    places = _places(table, x, y)
    pair = [table.numbers(place) for place in places]
    surplus = table.frame[len(table.names)].notna().to_numpy()
    usable = ~(np.isnan(pair[0]) | np.isnan(pair[1]) | surplus)
    blank = table.frame.isna().to_numpy().all(axis=1) if not usable.all() else ~usable
    rows = int((~blank).sum())
    _refuse(table, places, pair, usable)
    left_out = np.flatnonzero(~usable & ~blank)
    columns = [torch.from_numpy(numbers[usable].astype(np.float32)) for numbers in pair]
    x_name, y_name = (table.names[place] for place in places)
    dataset = Dataset(columns[0], columns[1], x_name, y_name)
    return Reading(
        dataset,
        rows,
        len(left_out),
        tuple(_dropped(table, places, pair, int(row)) for row in left_out[:MAX_LISTED]),
        tuple(_notes(table, places, [column[usable] for column in pair])),
    )


def _places(table: Table, x: str | int | None, y: str | int | None) -> tuple[int, int]:
    """Return the places of the columns that are named, or chosen where they are not."""
    chosen = [None if name is None else _place(table, name) for name in (x, y)]
    for place in chosen:
        if place is not None and not table.is_numeric(place):
            cells = (table.cell(place, row) for row in range(len(table.frame)))
            text = next(filter(None, cells), None)
            held = f"holds {quoted(text)}, no number" if text else "is blank"
            said = f"The column {quoted(table.names[place])} {held}"
            raise DataError(f"{said}: choose {_some(table.numeric_names)}.")
    first, second = chosen
    if first is None or second is None:
        defaults = [place for place in table.default_pair() if place not in chosen]
        first = defaults.pop(0) if first is None else first
        second = defaults.pop(0) if second is None else second
    return first, second


def _place(table: Table, name: str | int) -> int:
    """Return the place of a column that is given by its name or its place."""
    if isinstance(name, int) and 0 <= name < len(table.names):
        return name
    if name in table.names:
        return table.names.index(name)
    raise DataError(f"There is no column {quoted(str(name))}: choose {_some(table.numeric_names)}.")


def _refuse(
    table: Table, places: tuple[int, int], pair: list[Floats], usable: NDArray[np.bool_]
) -> None:
    """Raise DataError unless the usable rows are readings that a line can be fitted to."""
    names = [quoted(table.names[place]) for place in places]
    count = int(usable.sum())
    if count < 2:
        held = f"{'Only one' if count else 'No'} row has a number in both {names[0]} and {names[1]}"
        raise DataError(f"{held}: a line needs at least two, so add rows or choose other columns.")
    for name, numbers in zip(names, pair, strict=True):
        for row in np.flatnonzero(usable & ~(np.abs(numbers) <= FLOAT32_MAX)):
            at = f"Row {table.layout.first_row + row:,} of the column {name}"
            if np.isinf(numbers[row]):
                raise DataError(f"{at} is infinite: remove the row, or give it a number.")
            beyond = f"holds {numbers[row]:.3g}, beyond what float32 can hold (3.4e38)"
            raise DataError(f"{at} {beyond}: use a larger unit, or remove the row.")
    x = pair[0][usable]
    if (x == x[0]).all():
        said = f"The column {names[0]} is {x[0]:g} in every row"
        raise DataError(f"{said}, and a line needs two different x: choose another column for x.")
    if (x.astype(np.float32) == np.float32(x[0])).all():
        said = f"float32 cannot tell the numbers of the column {names[0]} apart (about {x[0]:g})"
        raise DataError(f"{said}: subtract what they have in common.")


def _dropped(table: Table, places: tuple[int, int], pair: list[Floats], row: int) -> Dropped:
    """Say why a row is left out."""
    number = table.layout.first_row + row
    for place, numbers in zip(places, pair, strict=True):
        if np.isnan(numbers[row]):
            cell = table.cell(place, row)
            name = quoted(table.names[place])
            why = "blank" if cell is None else quoted(cell, 20)
            return Dropped(number, f"{name} is {why}")
    return Dropped(number, f"it has more than {len(table.names)} cells")


def _notes(table: Table, places: tuple[int, int], pair: list[Floats]) -> list[str]:
    """Say what was assumed in reading, and what float32 does to the numbers."""
    notes: list[str] = []
    for place, numbers in zip(places, pair, strict=True):
        name = quoted(table.names[place])
        lost = np.abs(numbers - numbers.astype(np.float32)).max()
        if lost > ROUNDED * numbers.std() > 0:
            advice = "subtract what its numbers have in common"
            notes.append(f"float32 rounds the column {name} by up to {lost:.2g}: {advice}.")
        if table.layout.ambiguous and (numbers % 1 != 0).any():
            notes.append(f"Commas in the column {name} are read as decimal commas.")
    return notes


def _some(names: tuple[str, ...]) -> str:
    """Return the first few names as a choice: "a" or "b"."""
    if not names:
        return "a table with columns of numbers"
    named = [quoted(name) for name in names[:MAX_NAMED]]
    more = [f"one of {len(names) - MAX_NAMED:,} more"] if len(names) > MAX_NAMED else []
    return " or ".join([*named, *more])
