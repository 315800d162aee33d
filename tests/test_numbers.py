"""A number has one spelling, it says what it claims to, and what is written can be read."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.numbers import MAX_TYPED, count, exact, number, parse, rounded_down

# The tests of the JavaScript read the same table; `steady` is theirs alone.
TABLE = json.loads((Path(__file__).parent / "numbers.json").read_text(encoding="utf-8"))

finite = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(("value", "digits", "text"), TABLE["number"])
def test_a_number_is_written_as_the_table_has_it(
    value: float | str, digits: int, text: str
) -> None:
    assert number(float(value), digits) == text


@pytest.mark.parametrize(("value", "text"), TABLE["exact"])
def test_an_exact_number_is_written_as_the_table_has_it(value: float | str, text: str) -> None:
    assert exact(float(value)) == text


@given(st.floats(-1e300, 1e300), st.integers(1, 17))
def test_a_number_reads_back_to_its_digits(value: float, digits: int) -> None:
    read = parse(number(value, digits))
    assert read == pytest.approx(value, rel=0.5001 * 10.0 ** (1 - digits), abs=5e-324)


@given(finite, st.integers(1, 17))
def test_a_number_has_no_plus_no_zeros_at_its_end_and_a_minus_of_its_own(
    value: float, digits: int
) -> None:
    mantissa, _, exponent = number(value, digits).partition("e")
    assert "+" not in mantissa + exponent
    assert "-" not in mantissa
    assert not ("." in mantissa and mantissa[-1] in "0.")
    assert exponent == "" or str(int(exponent)) == exponent
    assert ("−" in mantissa) == (value < 0)


@given(st.floats(allow_nan=False))
def test_an_exact_number_reads_back_as_it_was(value: float) -> None:
    text = exact(value)
    assert float(text) == parse(text) == value
    assert text.isascii()
    assert len(text) <= len(repr(value)) + 1  # "1e5" is written out


@pytest.mark.parametrize(("value", "text"), TABLE["whole"])
def test_a_count_is_written_as_the_table_has_it(value: int, text: str) -> None:
    assert count(value) == text


@given(st.integers(-(10**9), 10**9))
def test_a_count_is_written_in_full(value: int) -> None:
    assert parse(count(value)) == value


@given(st.floats(1e-30, 1e30), st.integers(2, 7))
def test_what_is_below_a_limit_as_printed_is_below_it(limit: float, digits: int) -> None:
    printed = parse(rounded_down(limit, digits))
    assert printed is not None
    assert (1 - 10.0 ** (1 - digits)) * limit <= printed <= (1 + 1e-6) * limit


@pytest.mark.parametrize(
    ("limit", "text"),
    [(0.0355617, "0.0355"), (0.99999999, "1"), (33_599.0, "33,500"), (math.inf, "∞")],
)
def test_a_limit_is_rounded_down_unless_float32_cannot_tell(limit: float, text: str) -> None:
    assert rounded_down(limit) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.01", 0.01),
        (" 7 ", 7.0),
        ("1e-5", 1e-5),
        ("0,01", 0.01),
        ("0,001", 0.001),
        ("−1,5e-3", -0.0015),
        ("5,000", 5000.0),
        ("5 000", 5000.0),
        ("5\u202f000.5", 5000.5),
        ("1,234,567.5", 1234567.5),
        ("1,2345", 1.2345),
        ("inf", math.inf),
        ("−∞", -math.inf),
        ("nan", None),
        ("", None),
        ("1,23,4", None),
        ("1.234,5", None),
        ("1 2", None),
        ("0x10", None),
        ("seven", None),
        ("9" * MAX_TYPED, float("9" * MAX_TYPED)),
        ("9" * (MAX_TYPED + 1), None),
    ],
)
def test_a_typed_number_is_read_as_it_is_meant(text: str, value: float | None) -> None:
    assert parse(text) == value


@given(st.text())
def test_any_text_is_a_number_or_none(text: str) -> None:
    value = parse(text)
    assert value is None or not math.isnan(value)
