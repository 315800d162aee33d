"""Numbers as the page writes them in words and in formulas."""

import math
from collections.abc import Sequence
from typing import Final

from torch import Tensor

DIGITS: Final = 5


def plain(value: float, digits: int = DIGITS) -> str:
    """Return a number to some significant digits, as text: −17.301, 1.2e−5, ∞."""
    mantissa, exponent = _parts(value, digits)
    return (mantissa + (f"e{exponent}" if exponent else "")).replace("-", "−")


def tex(value: float, digits: int = DIGITS) -> str:
    r"""Return a number to some significant digits in LaTeX: -17.301, 1.2 \cdot 10^{-5}."""
    mantissa, exponent = _parts(value, digits)
    symbol = {"∞": r"\infty", "-∞": r"-\infty", "nan": r"\text{nan}"}.get(mantissa, mantissa)
    return symbol + (rf" \cdot 10^{{{exponent}}}" if exponent else "")


def bracketed(value: float) -> str:
    """Return a number in LaTeX, in brackets where a sign or a factor needs them."""
    text = tex(value)
    return rf"({text})" if text.startswith("-") or "cdot" in text else text


def signed(value: float) -> str:
    """Return a number in LaTeX as a term to be added: "+ 3.5", "- 2"."""
    text = tex(value)
    return f"- {text[1:]}" if text.startswith("-") else f"+ {text}"


def _parts(value: float, digits: int) -> tuple[str, int]:
    """Return mantissa and power of ten, which is 0 where none is needed."""
    if not math.isfinite(value):
        return ("nan" if math.isnan(value) else "∞" if value > 0 else "-∞"), 0
    value += 0.0  # no minus before a zero
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    power = int(exponent)
    if value == 0 or -4 <= power < 6:
        text = f"{value:.{max(0, digits - 1 - power)}f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text), 0
    return mantissa.rstrip("0").rstrip("."), power


def total(terms: Sequence[float] | Tensor) -> str:
    """Return a sum in LaTeX: all terms of a few, of many the first two or one and the last."""
    numbers = map(float, terms if len(terms) <= 3 else (terms[0], terms[1], terms[-1]))
    shown = [signed(number) if place else tex(number) for place, number in enumerate(numbers)]
    if len(terms) > 3:
        first, second, last = shown
        long = "cdot" in first + second + last
        shown = [first, *([] if long else [second]), r"+ \dots", last]
    return " ".join(shown)


def counted(count: int, noun: str) -> str:
    """Return a number with its noun: "1 reading", "5,000 readings"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
