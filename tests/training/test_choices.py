"""The values that a slider offers: round ones, in every decade."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.training.choices import EPOCH_MANTISSAS, MANTISSAS, choices


@given(st.integers(-30, 30), st.integers(0, 8), st.sampled_from([MANTISSAS, EPOCH_MANTISSAS]))
def test_the_choices_rise_from_the_first_power_of_ten_to_the_last(
    low: int, decades: int, mantissas: tuple[float, ...]
) -> None:
    found = choices(low, low + decades, mantissas)
    assert (found[0], found[-1]) == (float(f"1e{low}"), float(f"1e{low + decades}"))
    assert all(smaller < larger for smaller, larger in pairwise(found))
    assert len(found) == decades * len(mantissas) + 1


@given(st.integers(-30, 30))
def test_the_choices_are_written_with_two_digits_at_most(power: int) -> None:
    assert all(float(f"{choice:.2g}") == choice for choice in choices(power, power + 3))


@pytest.mark.parametrize("mantissas", [MANTISSAS, EPOCH_MANTISSAS])
def test_one_two_and_five_are_among_them(mantissas: tuple[float, ...]) -> None:
    assert {0.01, 0.02, 0.05} <= {*choices(-2, -1, mantissas)}
