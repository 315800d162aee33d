"""The outlook: what the law expects is what training does."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.theory.curvature import curvature
from tempfit.theory.law import closed_form, forecast
from tempfit.theory.verdict import outlooks, verdicts
from tempfit.training.experiment import Run
from tempfit.training.loop import fit
from tempfit.training.recording import recorded_epochs
from tests.strategies import datasets, eighths
from tests.theory.judging import RACE, scales


def foreseen(dataset: Dataset, together: list[Run], epochs: int) -> int:
    """Hold the outlook against what training in float32 does; return how many runs were compared.

    Two statuses meet at some rates, where rounding decides: runs for which one part in a hundred
    of the rate changes the outlook prove nothing, and are left out.
    """
    less, more = (
        [replace(run, learning_rate=factor * run.learning_rate) for run in together]
        for factor in (0.99, 1.01)
    )
    expected = outlooks(closed_form(dataset, together), epochs)
    around = zip(
        outlooks(closed_form(dataset, less), epochs),
        outlooks(closed_form(dataset, more), epochs),
        strict=True,
    )
    outcomes = verdicts(dataset, fit(dataset, together, epochs), together)
    recorded = recorded_epochs(epochs)
    compared = 0
    for outlook, outcome, (one, other) in zip(expected, outcomes, around, strict=True):
        if one.status is outlook.status is other.status:
            assert outcome.status is outlook.status, (outlook.sentence, outcome.sentence)
            if outlook.epoch is not None and outcome.epoch is not None:
                late = max(recorded[recorded >= outlook.epoch - 1][0] - outlook.epoch, 0)
                assert abs(outcome.epoch - outlook.epoch) <= 1 + late + 0.01 * outlook.epoch
            compared += 1
    return compared


@pytest.mark.parametrize("epochs", [5, 60, 700])
@pytest.mark.parametrize("scale", [0.03, 0.1, 1.0])
def test_the_outlook_on_the_thermometer_is_what_training_does(scale: float, epochs: int) -> None:
    together = [Run(float(rate), scale) for rate in np.geomspace(1e-6, 50, 40)]
    assert foreseen(thermometer(), together, epochs) >= 35


@settings(max_examples=15)
@given(
    datasets(),
    scales,
    st.tuples(eighths, eighths),
    st.lists(st.floats(0.01, 3), min_size=8, max_size=8),
)
def test_the_outlook_on_any_readings_is_what_training_does(
    dataset: Dataset, scale: float, start: tuple[float, float], multiples: list[float]
) -> None:
    assume(dataset.y.abs().max() > 0)  # a best loss of exactly 0 is reached by rounding alone
    bowl = curvature(dataset, scale)
    limit = bowl.max_stable_learning_rate
    together = [Run(multiple * limit, scale, start=start) for multiple in multiples]
    # So is what becomes of a start on the optimum beyond the limit.
    assume(forecast(dataset, together, [0]).loss[0, 0] > bowl.converged_loss)
    event(f"{foreseen(dataset, together, 200)} of 8 compared")


def test_outlooks_on_runs_together_are_those_on_each_alone() -> None:
    assert outlooks(closed_form(thermometer(), RACE), 5000) == [
        outlook for run in RACE for outlook in outlooks(closed_form(thermometer(), [run]), 5000)
    ]
