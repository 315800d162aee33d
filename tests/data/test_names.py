"""Names of columns and files: their unit, and how they are written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.names import (
    column_names,
    listed,
    quoted,
    shortened,
    squared,
    tidy_name,
    unit,
)


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("Distance\nto the\tsun", "Distance to the sun"),
        ("\u202egnp.csv\u202c", "gnp.csv"),
        ("a\u2066b\u2069\u061c\u200e", "ab"),
        ("Tem\u00adperatur", "Temperatur"),
        ("\ufeffx\u200b\x00\x1b\U000e0041", "x"),
        ("T\u00a0(°C)", "T (°C)"),
        ("\udc80", ""),
        ("温度 (℃)", "温度 (℃)"),
        ("درجة الحرارة", "درجة الحرارة"),
        ("n\u0303 👍", "n\u0303 👍"),
    ],
)
def test_a_name_keeps_only_what_is_seen_of_it(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy


@given(st.text())
def test_a_tidy_name_is_one_line_without_controls_and_stays_as_it_is(name: str) -> None:
    tidy = tidy_name(name)
    assert tidy_name(tidy) == tidy
    assert not {"Cc", "Cf", "Cs", "Zl", "Zp"} & {unicodedata.category(sign) for sign in tidy}


@given(st.lists(st.sampled_from(["", "a", "b", "#", "a (2)"]), max_size=6))
def test_every_column_has_a_name(header: list[str]) -> None:
    names = column_names(header)
    assert len(names) == len(header)
    assert all(names)


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (["", ""], ("x", "y")),
        (["", "", ""], ("Column 1", "Column 2", "Column 3")),
        (["", "t", "v"], ("Column 1", "t", "v")),
        (["a", "b", "a"], ("a", "b", "a (3)")),
        (["#t", "v"], ("t", "v")),
    ],
)
def test_a_column_without_a_name_of_its_own_is_named_by_its_number(
    header: list[str], names: tuple[str, ...]
) -> None:
    assert column_names(header) == names


def test_a_long_name_is_quoted_with_an_ellipsis() -> None:
    assert quoted("t") == '"t"'
    assert quoted("n" * 50, 20) == f'"{"n" * 19}…"'


def test_of_many_names_the_first_five_are_listed() -> None:
    assert listed(["a", "b"]) == '"a", "b"'
    assert listed(list("abcdefgh")) == '"a", "b", "c", "d", "e", 3 more'


@pytest.mark.parametrize(
    ("plain", "square"),
    [
        ("°C", "°C²"),
        ("s", "s²"),
        ("US$", "US$²"),
        ("%", "%²"),
        ("t_u", "t_u²"),
        ("km/h", "(km/h)²"),
        ("US$ a year", "(US$ a year)²"),
        ("m²", "(m²)²"),
        ("10^6 kg", "(10^6 kg)²"),
        ("", ""),
    ],
)
def test_a_unit_is_squared_in_brackets_unless_it_is_one_symbol(plain: str, square: str) -> None:
    assert squared(plain) == square


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Speed (km/h)", "km/h"),
        ("Speed [km/h]", "km/h"),
        ("Length (mean) (m)", "m"),
        ("Length (m) of it", ""),
        ("Speed", ""),
        ("", ""),
        (")", ""),
        ("()", ""),
    ],
)
def test_a_name_ends_in_its_unit(name: str, expected: str) -> None:
    assert unit(name) == expected


def test_a_remark_in_brackets_is_no_unit() -> None:
    assert unit("Speed (as it was measured by hand in the yard)") == ""
    assert unit("Speed (m/s)") == "m/s"


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Speed (km/h)", "Speed (km/h)"),
        ("n" * 44, "n" * 44),
        ("n" * 45, "n" * 43 + "…"),
        ("n" * 10_000 + " (km/h)", "n" * 36 + "… (km/h)"),
        ("word " * 20, "word word word word word word word word wor…"),
    ],
)
def test_a_long_name_is_drawn_with_an_ellipsis_and_its_unit(name: str, drawn: str) -> None:
    assert shortened(name) == drawn
    assert len(drawn) <= 44
