"""Numbers as the sentences print them."""

from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context
from math import isfinite

AT_LIMIT = 1e-6  # nearer to the limit than this, float32 cannot tell a rate from it


def number(value: float, digits: int = 3, rounding: str = ROUND_HALF_EVEN) -> str:
    """Return a number to a few significant digits: 0.01, 33,600, 9.09e34."""
    if not isfinite(value):
        return str(value)
    rounded = Context(prec=digits, rounding=rounding).create_decimal(value).normalize()
    if rounded == 0 or 1e-6 <= abs(rounded) < 1e7:
        return f"{rounded:,f}"
    return f"{rounded:e}".replace("e+", "e")


def rounded_down(limit: float, digits: int = 3) -> str:
    """Return a limit as text: a learning rate that is below it as printed is below it.

    Rounded down, that is, except by less than float32 rounding: 0.99999999 is 1.
    """
    nearest = number(limit, digits)
    close = float(nearest) <= (1 + AT_LIMIT) * limit
    return nearest if close else number(limit, digits, ROUND_FLOOR)
