"""Numbers in formulas: those of the sentences, as TeX writes them."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.epoch.tex import bracketed, signed, tex, total
from tempfit.numbers import number, parse

numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.mark.parametrize(
    ("value", "formula"),
    [
        (3.57, "3.57"),
        (-17.3012, "-17.301"),
        (-0.0, "0"),
        (80.36434, "80.364"),
        (123450.0, "123{,}450"),
        (1.2e-5, r"1.2 \cdot 10^{-5}"),
        (9.0901e34, r"9.0901 \cdot 10^{34}"),
        (math.inf, r"\infty"),
        (-math.inf, r"-\infty"),
        (math.nan, r"\text{nan}"),
    ],
)
def test_a_number_is_written_with_five_digits(value: float, formula: str) -> None:
    assert tex(value) == formula


@given(numbers, st.integers(1, 9))
def test_a_number_in_a_formula_is_that_of_a_sentence(value: float, digits: int) -> None:
    formula = re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", tex(value, digits))
    assert parse(formula.replace("{,}", ",")) == parse(number(value, digits))


@given(numbers)
def test_a_number_after_a_sign_is_bracketed_or_carries_its_own(value: float) -> None:
    assert not re.search(r"[-+] *[-+]", f"1 {signed(value)}")
    assert bracketed(value).startswith("(") == bool(re.search(r"^-|cdot", tex(value)))


@pytest.mark.parametrize(
    ("terms", "formula"),
    [
        ([2.0], "2"),
        ([2.0, -3.0], "2 - 3"),
        ([2.0, -3.0, 4.0], "2 - 3 + 4"),
        ([2.0, -3.0, 4.0, -5.0], r"2 - 3 + \dots - 5"),
        ([2e9, 3.0, 4.0, 5.0], r"2 \cdot 10^{9} + \dots + 5"),
    ],
)
def test_a_sum_shows_all_terms_of_a_few_and_the_ends_of_many(
    terms: list[float], formula: str
) -> None:
    assert total(terms) == formula
