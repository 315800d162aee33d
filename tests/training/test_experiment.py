"""What runs and experiments accept, and what they make of it."""

from dataclasses import FrozenInstanceError, replace
from math import inf, nan

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.limits import Limits
from tempfit.training.experiment import (
    EPOCHS,
    FEATURE_SCALE,
    FEATURE_SHIFT,
    LEARNING_RATE,
    MAX_RUNS,
    PRESETS,
    START,
    Experiment,
    Run,
    standardization,
)
from tests.strategies import datasets, eighths

ALL_LIMITS = [EPOCHS, LEARNING_RATE, FEATURE_SCALE, FEATURE_SHIFT, START]


def settings_out_of(limits: Limits, setting: object) -> list[tuple[str, object, str]]:
    """Return what is refused for one setting: its name, its value, and the sentence."""
    refused = (limits.low * 2 - limits.high, limits.high * 2 - limits.low, nan, inf, -inf)
    return [
        (limits.field, (0.0, value) if setting == "pair" else value, said(limits, value))
        for value in refused
    ]


def said(limits: Limits, value: float) -> str:
    return f"{limits.field} must be between {limits.low} and {limits.high}, not {value}"


OF_BOTH = [
    *settings_out_of(LEARNING_RATE, "number"),
    *settings_out_of(FEATURE_SCALE, "number"),
    *settings_out_of(START, "pair"),
]


@pytest.mark.parametrize(
    ("field", "value", "sentence"), [*OF_BOTH, *settings_out_of(FEATURE_SHIFT, "number")]
)
def test_a_run_refuses_by_field_value_and_range(field: str, value: object, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole sentence is compared
        Run(**{"learning_rate": 0.01, field: value})  # type: ignore[arg-type]
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("start", [(), (1.0,), (1.0, 2.0, 3.0)])
def test_a_start_is_two_numbers(start: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="start must be two numbers, w and b, not"):
        Run(0.01, start=start)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value", "sentence"), [*OF_BOTH, *settings_out_of(EPOCHS, "number")]
)
def test_an_experiment_refuses_what_its_runs_would(
    field: str, value: object, sentence: str
) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        replace(Experiment(), **{field: value})  # type: ignore[arg-type]
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("rate", [0.0, -0.01, nan, inf])
def test_an_experiment_refuses_a_bad_rate_to_compare_with(rate: float) -> None:
    with pytest.raises(ValueError, match=f"learning_rate must be between .* not {rate}"):
        Experiment(compare=(0.1, rate))


def test_an_experiment_has_eight_runs_at_most_the_kept_ones_among_them() -> None:
    rates = tuple(0.01 + i / 1000 for i in range(1, MAX_RUNS))
    assert len(Experiment(compare=rates).runs(thermometer())) == MAX_RUNS
    assert len(Experiment(compare=rates[1:], kept=(Run(0.5),)).runs(thermometer())) == MAX_RUNS
    for settings in ({"compare": (*rates, 0.5)}, {"compare": rates, "kept": (Run(0.5),)}):
        with pytest.raises(ValueError, match="compare and kept must make at most 8 runs, not 9"):
            replace(Experiment(), **settings)


def test_a_kept_run_that_is_trained_anyway_counts_once() -> None:
    kept = (Run(1e-2), Run(1e-2, feature_scale=1.0))
    assert Experiment(learning_rate=1e-2, kept=kept).runs(thermometer()) == kept


@pytest.mark.parametrize("moments", [(0,), (5000,), (20, 10), (10, 10)])
def test_changes_are_at_rising_epochs_within_the_training(moments: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="changes must be at rising epochs from 1 to 4999"):
        Experiment(epochs=5000, changes=tuple((moment, 0.01) for moment in moments))


def test_an_experiment_refuses_to_change_to_a_bad_rate() -> None:
    with pytest.raises(ValueError, match=r"learning_rate must be between .* not 0"):
        Experiment(changes=((10, 0.0),))


@pytest.mark.parametrize("limits", ALL_LIMITS, ids=lambda limits: limits.field)
def test_the_ends_of_a_range_belong_to_it(limits: Limits) -> None:
    limits.check(limits.low)
    limits.check(limits.high)


@given(st.sampled_from(ALL_LIMITS), st.floats(allow_nan=False))
def test_the_nearest_accepted_value_is_accepted(limits: Limits, value: float) -> None:
    nearest = limits.nearest(value)
    limits.check(nearest)
    if limits.low <= value <= limits.high:
        assert nearest == value


def test_a_repeated_learning_rate_counts_once_and_the_main_one_is_first() -> None:
    experiment = Experiment(learning_rate=0.02, compare=(0.03, 0.02, 0.01, 0.03))
    assert experiment.learning_rates == (0.02, 0.03, 0.01)


def test_runs_share_what_the_experiment_sets() -> None:
    experiment = Experiment(
        learning_rate=0.02, compare=(0.03,), feature_scale=0.5, start=(2.0, 1.0)
    )
    assert experiment.runs(thermometer()) == (
        Run(0.02, 0.5, 0.0, (2.0, 1.0)),
        Run(0.03, 0.5, 0.0, (2.0, 1.0)),
    )


@given(datasets())
def test_standardizing_gives_the_feature_mean_0_and_variance_1(dataset: Dataset) -> None:
    assume(len(set(dataset.x.tolist())) > 1)
    (run,) = Experiment(standardize=True).runs(dataset)
    feature = run.feature_scale * (dataset.x.double() - run.feature_shift)
    assert feature.mean().item() == pytest.approx(0, abs=1e-9)
    assert feature.var(correction=0).item() == pytest.approx(1)


def test_a_feature_that_does_not_vary_is_only_centred() -> None:
    dataset = Dataset(torch.tensor([4.0, 4.0]), torch.tensor([1.0, 2.0]))
    assert standardization(dataset) == (1.0, 4.0)


@pytest.mark.parametrize("spread", [1e-30, 1e30])
def test_standardizing_keeps_to_the_limits_of_a_run(spread: float) -> None:
    dataset = Dataset(torch.tensor([0.0, spread]), torch.tensor([1.0, 2.0]))
    Run(0.01, *standardization(dataset))


@given(eighths, eighths, eighths, eighths)
def test_original_params_predict_from_the_reading_what_the_run_does_from_the_feature(
    w: float, b: float, shift: float, x: float
) -> None:
    run = Run(0.01, feature_scale=0.5, feature_shift=shift)
    slope, intercept = run.original(w, b)
    assert slope * x + intercept == w * (0.5 * (x - shift)) + b


@pytest.mark.parametrize(
    "value", [Run(0.01), Experiment(compare=(0.1,))], ids=["run", "experiment"]
)
def test_equal_values_are_one_key_and_never_change(value: Run | Experiment) -> None:
    assert {value, replace(value)} == {value}
    with pytest.raises(FrozenInstanceError):
        value.learning_rate = 1.0  # type: ignore[misc]


def test_the_reference_experiments_are_presets() -> None:
    book = {
        (preset.epochs, preset.learning_rates, preset.feature_scale) for preset in PRESETS.values()
    }
    assert {(5000, (1e-2,), 0.1), (100, (1e-2,), 1.0), (100, (1e-4,), 1.0)} < book
    assert len(PRESETS["Race four learning rates"].learning_rates) == 4
