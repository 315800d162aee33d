"""The readings: what a data set holds, and what it refuses."""

from math import inf, nan

import pytest
import torch

from tempfit.data.dataset import Dataset, thermometer
from tempfit.data.names import unit


def test_the_thermometer_has_the_readings_of_the_book() -> None:
    dataset = thermometer()
    celsius = [0.5, 14.0, 15.0, 28.0, 11.0, 8.0, 3.0, -4.0, 6.0, 13.0, 21.0]
    reading = [35.7, 55.9, 58.2, 81.9, 56.3, 48.9, 33.9, 21.8, 48.4, 60.4, 68.4]
    assert torch.equal(dataset.y, torch.tensor(celsius))
    assert torch.equal(dataset.x, torch.tensor(reading))
    assert len(dataset) == 11


def test_the_names_of_the_thermometer_carry_their_units() -> None:
    assert thermometer().y_unit == "°C"
    assert unit(thermometer().x_name) == "t_u"


def test_each_thermometer_is_its_own() -> None:
    thermometer().x.zero_()
    assert thermometer().x[0].item() == pytest.approx(35.7)


def test_readings_become_float32() -> None:
    dataset = Dataset(torch.tensor([1, 2]), torch.tensor([1.0, 2.0], dtype=torch.float64))
    assert dataset.x.dtype == dataset.y.dtype == torch.float32


@pytest.mark.parametrize(
    ("x", "y", "sentence"),
    [
        ([[1.0]], [1.0], r"x must be 1-D, not of shape \(1, 1\)"),
        ([1.0], 2.0, r"y must be 1-D, not of shape \(\)"),
        ([1.0, 2.0], [1.0], "x has 2 readings and y has 1"),
        ([], [], "at least one reading"),
        ([nan], [1.0], "x must hold finite float32 numbers only"),
        ([1.0], [inf], "y must hold finite float32 numbers only"),
        ([1e300], [1.0], "x must hold finite float32 numbers only"),
    ],
)
def test_bad_readings_are_refused_in_words(x: object, y: object, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        Dataset(torch.tensor(x, dtype=torch.float64), torch.tensor(y, dtype=torch.float64))
