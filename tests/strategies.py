"""Hypothesis strategies: small data sets, and runs that may descend or overflow on them."""

import torch
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset
from tempfit.training.experiment import Run

# Multiples of 1/8: exact in float32, and neither so small nor so large that they hide a law.
eighths = st.integers(-80, 80).map(lambda count: count / 8)


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Draw a data set of 1 to 12 readings."""
    readings = draw(st.lists(st.tuples(eighths, eighths), min_size=1, max_size=12))
    x, y = zip(*readings, strict=True)
    return Dataset(torch.tensor(x), torch.tensor(y))


def learning_rates(low: float, high: float) -> st.SearchStrategy[float]:
    """Draw a learning rate between 10**low and 10**high, evenly on a logarithmic scale."""
    return st.floats(low, high).map(lambda power: float(10**power))


def runs(low: float = -4.0, high: float = 0.5) -> st.SearchStrategy[Run]:
    """Draw a run of such a learning rate; by default it may descend, diverge or overflow."""
    return st.builds(
        Run,
        learning_rates(low, high),
        feature_scale=st.sampled_from([0.1, 0.5, 1.0]),
        feature_shift=eighths,
        start=st.tuples(eighths, eighths),
    )
