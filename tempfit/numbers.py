"""How numbers are written and read: one spelling for all sentences, labels and links.

`assets/format.js` follows the same rules; tests of both languages check the same examples.
"""

import math
import re
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Final

AT_LIMIT: Final = 1e-6  # nearer to the limit than this, float32 cannot tell a rate from it
MAX_TYPED: Final = 64  # characters

# Outside of this range a number is written with a power of ten.
_LEAST: Final = Decimal("1e-4")
_BEYOND: Final = Decimal("1e6")
# Groups of three digits, as in 5,000 and 1 234.5.
_GROUPED: Final = re.compile(r"[+-]?[1-9]\d{0,2}([,\s]\d{3})+(\.\d+)?")


def number(value: float, digits: int = 3) -> str:
    """Return a number for a reader, to some significant digits: "0.01", "33,600", "−9.09e34".

    A half is rounded away from zero, as JavaScript does it.
    """
    if math.isnan(value):
        return "nan"
    text = _written(_rounded(value, digits), ",") if math.isfinite(value) else "∞"
    return f"−{text}" if value < 0 else text


def exact(value: float) -> str:
    """Return the shortest text that a program reads as exactly this value: "0.01", "-1e-5".

    It is ASCII and without commas. Both zeros are "0".
    """
    if not math.isfinite(value):
        return repr(float(value))
    text = _written(Decimal(repr(float(value))), "")
    return f"-{text}" if value < 0 else text


def count(value: int) -> str:
    """Return a whole number in full: "5,000"."""
    return f"{value:,}".replace("-", "−")


def rounded_down(limit: float, digits: int = 3) -> str:
    """Return a positive limit as text: a value that is below it as printed is below it.

    The text is rounded down, but for less than float32 can tell apart: 0.99999999 is "1".
    """
    if not math.isfinite(limit):
        return number(limit)
    nearest = _rounded(limit, digits)
    close = float(nearest) <= (1 + AT_LIMIT) * limit
    return _written(nearest if close else _rounded(limit, digits, ROUND_FLOOR), ",")


def parse(text: str) -> float | None:
    """Return the number that somebody typed, possibly infinite, or None if it is none.

    It reads what is written here, and besides that a decimal comma and spaces. A comma before
    exactly three digits groups them, as in "5,000"; any other is a decimal comma.
    """
    if len(text) > MAX_TYPED:
        return None
    plain = text.strip().replace("−", "-").replace("∞", "inf")
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[,\s]", "", plain)
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        return None
    return None if math.isnan(value) else value


def _rounded(value: float, digits: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    return Context(prec=digits, rounding=rounding).create_decimal(value)


def _written(value: Decimal, separator: str) -> str:
    """Return the size of a number without its sign, its thousands separated."""
    size = abs(value.normalize())
    if size == 0 or _LEAST <= size < _BEYOND:
        return f"{size:{separator}f}"
    return f"{size:e}".replace("e+", "e")
