"""Both layouts of a batch in memory give every run the same numbers, to the bit."""

from unittest.mock import patch

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.training import layout as module
from tempfit.training.experiment import Run
from tempfit.training.history import History
from tempfit.training.layout import GROUP, ReadingAfterReading, RunAfterRun, layout
from tempfit.training.loop import fit
from tempfit.training.problem import MAX_ROWS, problem
from tests.strategies import runs
from tests.training.same import assert_equal_bits


def fitted(many_numbers: int, dataset: Dataset, together: list[Run]) -> History:
    """Return 40 epochs, in the second layout from so many numbers on."""
    with patch.object(module, "MANY_NUMBERS", many_numbers):
        return fit(dataset, together, 40)


def readings(count: int, seed: int = 0) -> Dataset:
    generator = torch.Generator().manual_seed(seed)
    return Dataset(*(10 * torch.randn(2, count, generator=generator)))


@given(
    count=st.integers(1, MAX_ROWS + 3),
    seed=st.integers(0, 9),
    few=st.lists(runs(), min_size=1, max_size=5),
    size=st.integers(1, 3 * GROUP),
)
def test_a_batch_trains_the_same_in_both(count: int, seed: int, few: list[Run], size: int) -> None:
    together = (few * size)[:size]
    dataset = readings(count, seed)
    by_run, by_reading = (fitted(many, dataset, together) for many in (10**9, 0))
    assert_equal_bits(by_reading, by_run)


@pytest.mark.parametrize("count", [1, 11, MAX_ROWS, 1000])
def test_a_run_among_thousands_trains_as_it_does_alone(count: int) -> None:
    dataset = readings(count)
    together = [Run(1e-4 * 1.002**place, 0.1, place / 500) for place in range(4096)]
    history = fit(dataset, together, 40)
    for place in (0, 1, 63, 64, 2047, 4095):
        assert_equal_bits(history.of_runs([place]), fit(dataset, [together[place]], 40))


def test_the_second_is_for_many() -> None:
    one, many = (problem(thermometer(), [Run(0.01)] * count) for count in (1, 1000))
    assert isinstance(layout(one), RunAfterRun)
    assert isinstance(layout(many), ReadingAfterReading)


@pytest.mark.parametrize("kind", [RunAfterRun, ReadingAfterReading])
def test_what_is_laid_is_found_again(kind: type[RunAfterRun | ReadingAfterReading]) -> None:
    laid_out = kind(problem(thermometer(), [Run(0.01), Run(0.02), Run(0.03)]))
    numbers = torch.arange(6.0).reshape(2, 3)
    assert torch.equal(laid_out.by_run(laid_out.lay(numbers)), numbers)
