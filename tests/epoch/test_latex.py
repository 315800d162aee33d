"""Numbers as they stand on the page: rounded, in powers of ten, and never ambiguous."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.epoch.latex import bracketed, plain, signed, tex, total

numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


@pytest.mark.parametrize(
    ("value", "text", "formula"),
    [
        (3.57, "3.57", "3.57"),
        (-17.3012, "−17.301", "-17.301"),
        (-0.0, "0", "0"),
        (80.36434, "80.364", "80.364"),
        (123456.0, "123456", "123456"),
        (1.2e-5, "1.2e−5", r"1.2 \cdot 10^{-5}"),
        (9.0901e34, "9.0901e34", r"9.0901 \cdot 10^{34}"),
        (math.inf, "∞", r"\infty"),
        (-math.inf, "−∞", r"-\infty"),
        (math.nan, "nan", r"\text{nan}"),
    ],
)
def test_a_number_is_written_with_five_digits(value: float, text: str, formula: str) -> None:
    assert (plain(value), tex(value)) == (text, formula)


@given(numbers)
def test_a_number_reads_back_to_its_five_digits(value: float) -> None:
    read = float(plain(value).replace("−", "-"))
    assert read == pytest.approx(value, rel=5.1e-5)
    formula = re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", tex(value))
    assert float(formula) == read


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
