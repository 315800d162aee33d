"""Numbers in formulas, in TeX. Their digits and powers of ten are those of `numbers.number`."""

from collections.abc import Sequence
from typing import Final

from torch import Tensor

from tempfit.numbers import number

DIGITS: Final = 5


def tex(value: float, digits: int = DIGITS) -> str:
    r"""Return a number in TeX: -17.301, 33{,}600, 1.2 \cdot 10^{-5}."""
    text = number(value, digits)
    if text == "nan":
        return r"\text{nan}"
    mantissa, _, exponent = text.partition("e")
    # Without the braces TeX puts a space behind a comma.
    mantissa = mantissa.replace("−", "-").replace(",", "{,}").replace("∞", r"\infty")
    return rf"{mantissa} \cdot 10^{{{exponent}}}" if exponent else mantissa


def bracketed(value: float) -> str:
    """Return a number in TeX, in brackets where it has a sign or a power of ten."""
    text = tex(value)
    return f"({text})" if text.startswith("-") or "cdot" in text else text


def signed(value: float) -> str:
    """Return a number in TeX as a term to be added: "+ 3.5", "- 2"."""
    text = tex(value)
    return f"- {text[1:]}" if text.startswith("-") else f"+ {text}"


def total(terms: Sequence[float] | Tensor) -> str:
    """Return a sum in TeX: up to three terms, or of more the first two and the last.

    Where these are too long for a line the second is left out.
    """
    if len(terms) <= 3:
        first, *others = map(float, terms)
        return " ".join([tex(first), *map(signed, others)])
    begin = [tex(float(terms[0])), signed(float(terms[1]))]
    end = signed(float(terms[-1]))
    if any("cdot" in text for text in (*begin, end)):
        begin = begin[:1]
    return " ".join([*begin, r"+ \dots", end])
