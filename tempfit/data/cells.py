"""Which cells are numbers, and which: decimal points and commas, thousands apart, blanks."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SAMPLE_CELLS: Final = 1000
BLANKS: Final = ("?", "-", "--", "–", "—", ".", "*")  # beside those that pandas knows
_PANDAS_BLANKS: Final = ("", "na", "n/a", "nan", "null", "none", "<na>", "#n/a", "#na", "-nan")
_ALL_BLANKS: Final = frozenset((*BLANKS, *_PANDAS_BLANKS))

_GROUP_SPACES: Final = " \u00a0\u2009\u202f'’"


def _number(mark: str, other: str) -> re.Pattern[str]:
    """Return the pattern of a number with this decimal mark; groups of three may be apart.

    The number itself is the group; a currency or a percent sign may stand beside it.
    """
    grouped = rf"[1-9][0-9]{{0,2}}(?:[{re.escape(other)}{_GROUP_SPACES}][0-9]{{3}})+"
    mark = re.escape(mark)
    size = rf"(?:(?:{grouped}|[0-9]+)(?:{mark}[0-9]*)?|{mark}[0-9]+)(?:[eE][+-]?[0-9]+)?"
    number = rf"([+-]?(?:{size}|(?i:inf|infinity)))"
    return re.compile(rf"(?:[$€£¥]\s?)?{number}(?:\s?[%$€£¥])?")


POINT: Final = _number(".", ",")
COMMA: Final = _number(",", ".")


def is_blank(cell: str) -> bool:
    """Return whether a cell says that there is no value."""
    return cell.strip().casefold() in _ALL_BLANKS


def is_number(cell: str) -> bool:
    """Return whether a cell holds a number in one of the two styles."""
    cell = _tidied(cell)
    return bool(POINT.fullmatch(cell) or COMMA.fullmatch(cell))


def mostly_numbers(cells: Iterable[str]) -> bool:
    """Return whether at least half of the cells that are not blank hold numbers."""
    filled = [cell for cell in cells if not is_blank(cell)]
    return bool(filled) and 2 * sum(map(is_number, filled)) >= len(filled)


def decimal_mark(cells: Sequence[str], separator: str) -> str:
    """Return the decimal mark, "." or ",", with which most of the cells are numbers.

    Where both read equally many, a comma is the decimal mark unless it separates the columns:
    then it stands in quoted cells, and sets thousands apart.
    """
    tidied = [_tidied(cell) for cell in cells]
    point, comma = (sum(map(bool, map(style.fullmatch, tidied))) for style in (POINT, COMMA))
    if point != comma:
        return "." if point > comma else ","
    return "," if separator != "," and any("," in cell for cell in tidied) else "."


def is_ambiguous(cell: str) -> bool:
    """Return whether the comma in a cell may be a decimal comma or set thousands apart."""
    return bool(re.fullmatch(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}", _tidied(cell)))


def to_numbers(column: "pd.Series[str]", separator: str) -> NDArray[np.float64]:
    """Return the numbers that text spells, nan where it spells none."""
    filled = column.dropna()
    mark = decimal_mark(filled.iloc[:: max(1, len(filled) // SAMPLE_CELLS)].tolist(), separator)
    numbers = np.full(len(column), np.nan)
    if mark == ".":  # pandas reads nearly all of them, and fast
        numbers = (
            pd.to_numeric(column, errors="coerce").to_numpy(np.float64, na_value=np.nan).copy()
        )
    style, other = (POINT, ",") if mark == "." else (COMMA, ".")
    apart = str.maketrans("", "", other + _GROUP_SPACES)
    places = np.flatnonzero(np.isnan(numbers) & column.notna().to_numpy())
    for place, cell in zip(places, column.iloc[places], strict=True):
        if match := style.fullmatch(_tidied(cell)):
            numbers[place] = float(match[1].translate(apart).replace(mark, "."))
    return numbers


def _tidied(cell: str) -> str:
    return cell.strip().replace("\u2212", "-")
