"""How good a line is, in words."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.numbers import number
from tempfit.theory.sentences import quality
from tests.strategies import datasets


@given(datasets(), st.floats(0, 1e6))
def test_a_line_s_quality_is_its_rmse_and_the_share_of_the_spread(
    dataset: Dataset, loss: float
) -> None:
    said = quality(dataset, loss)
    variance = dataset.y.double().var(correction=0).item()
    assert f"about {number(loss**0.5)} (RMSE" in said
    assert ("the mean of y alone does better" in said) == (0 < variance < loss)
    if variance:
        assert f"(R² = {number(1 - loss / variance)})" in said


def test_of_a_loss_without_a_number_no_quality_is_told() -> None:
    assert quality(thermometer(), np.inf) == quality(thermometer(), np.nan) == ""
    assert "about 1.71 °C (RMSE" in quality(thermometer(), 2.9276)
    assert "explains 96.2 % of the spread of y (R² = 0.962)" in quality(thermometer(), 2.9276)
