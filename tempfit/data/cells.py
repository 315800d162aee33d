"""Which cells hold numbers, and what numbers: with a decimal point or comma, thousands grouped."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BLANKS: Final = frozenset(("", "?", "-", "–", "—", ".", "#n/a", "na", "n/a", "nan", "null", "none"))
_SPACES: Final = " \u00a0\u2009\u202f"


def _number(mark: str, apart: str) -> str:
    """Return the pattern of a number with this decimal mark; groups of three may be apart."""
    whole = rf"(?:[1-9][0-9]{{0,2}}(?:[{apart}{_SPACES}'’][0-9]{{3}})+|[0-9]+)"
    size = rf"(?:{whole}(?:[{mark}][0-9]*)?|[{mark}][0-9]+)(?:[eE][+-]?[0-9]+)?"
    return rf"[+\-−]?(?:[$€£¥][{_SPACES}]?)?(?:{size}|(?i:inf|infinity))(?:[{_SPACES}]?[%$€£¥])?"


NUMBERS: Final = {".": _number(".", ","), ",": _number(",", ".")}


def is_number(cell: str, marks: str = ".,") -> bool | None:
    """Return whether a cell holds a number with one of the decimal marks, None for a blank one."""
    if cell.strip().casefold() in BLANKS:
        return None
    return any(re.fullmatch(NUMBERS[mark], cell.strip()) for mark in marks)


def mostly_numbers(cells: Sequence[str], marks: str = ".,") -> bool:
    """Return whether at least half of the cells that are not blank hold numbers."""
    kinds = [is_number(cell, marks) for cell in cells]
    return kinds.count(True) >= max(1, kinds.count(False))


def to_numbers(cells: "pd.Series[str]", mark: str) -> tuple[Floats, bool]:
    """Return the numbers that cells spell with a decimal mark, nan where a cell spells none.

    The second value says whether Python reads all of them once the mark is a point.
    """
    plain = cells if mark == "." else cells.str.replace(".", "?").str.replace(mark, ".")
    try:  # most columns of numbers and blanks, and fast
        found, simple = plain.astype("float64[pyarrow]"), True
    except ValueError:
        cells = cells.where(cells.str.fullmatch(NUMBERS[mark])).str.replace("−", "-")
        plain = cells.str.replace(rf"[^0-9A-Za-z{mark}-]", "", regex=True).str.replace(mark, ".")
        found, simple = plain.astype("float64[pyarrow]"), False
    return np.asarray(found.to_numpy(np.float64, na_value=np.nan)), simple
