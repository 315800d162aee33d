"""Where to start with a dataset: for any readings the settings converge, as the sentence says."""

import re

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.data.loading import load
from tempfit.data.sources import EXAMPLES, NAMES, OWN, Source
from tempfit.theory.curvature import curvature, curvatures
from tempfit.theory.law import closed_form
from tempfit.theory.starting import Start, starting
from tempfit.theory.status import Status
from tempfit.theory.verdict import outlooks, verdicts
from tempfit.training.loop import fit

BUILT_IN = [Source(name) for name in NAMES if name != OWN.name]


def readings(size: float, middle: float) -> Dataset:
    """Return twenty readings around a line, x of a size and so many deviations from zero."""
    generator = torch.Generator().manual_seed(0)
    x = size * (middle + torch.randn(20, generator=generator))
    return Dataset(x, 3 * x / size + torch.randn(20, generator=generator))


@pytest.mark.parametrize("source", BUILT_IN, ids=lambda source: source.name)
def test_training_converges_from_the_start_for_every_built_in_source(source: Source) -> None:
    dataset = load(source)
    experiment = starting(dataset).experiment
    runs = experiment.runs(dataset)
    (verdict,) = verdicts(dataset, fit(dataset, runs, experiment.epochs), runs)
    assert verdict.status is Status.CONVERGED, verdict.sentence


@given(st.floats(-25, 25).map(lambda power: 10.0**power), st.floats(0, 300))
def test_the_start_converges_without_overshooting_whatever_the_size_of_x(
    size: float, middle: float
) -> None:
    dataset = readings(size, middle)
    start = starting(dataset).experiment
    runs = start.runs(dataset)
    assert start.learning_rate <= 0.5 * curvatures(dataset, runs)[0].max_stable_learning_rate
    assert outlooks(closed_form(dataset, runs), start.epochs)[0].status is Status.CONVERGED
    assert start.epochs <= 30_000


@given(st.floats(-25, 25).map(lambda power: 10.0**power), st.floats(0, 300))
def test_the_sliders_have_room_for_the_start_and_for_the_raw_feature(
    size: float, middle: float
) -> None:
    dataset = readings(size, middle)
    start = starting(dataset)
    raw = curvature(dataset, 1.0).max_stable_learning_rate
    for value, (low, high) in (
        (start.experiment.feature_scale, start.scale_decades),
        (1.0, start.scale_decades),
        (start.experiment.learning_rate, start.rate_decades),
        (raw, start.rate_decades),
    ):
        assert 10.0**low <= value <= 10.0**high


def numbers(sentence: str) -> list[float]:
    found = re.findall(r"[0-9][0-9.,]*(?:e-?[0-9]+)?", sentence)
    return [float(text.rstrip(".,").replace(",", "")) for text in found]


@pytest.mark.parametrize("source", BUILT_IN, ids=lambda source: source.name)
def test_the_sentence_says_what_was_chosen_and_what_comes_of_it(source: Source) -> None:
    dataset = load(source)
    start = starting(dataset)
    said = numbers(start.sentence)
    (run,) = start.experiment.runs(dataset)
    limit = curvatures(dataset, [run])[0].max_stable_learning_rate
    if not start.experiment.standardize:
        assert said.pop(0) == run.feature_scale
        assert said.pop(0) == pytest.approx(dataset.x.square().mean().sqrt().item(), rel=0.01)
        assert said.pop(0) == 1
    assert said == [
        run.learning_rate,
        pytest.approx(100 * run.learning_rate / limit, abs=0.5),
        *closed_form(dataset, [run]).phases[0].form.convergence_epochs,
    ]


def outcomes(start: Start, dataset: Dataset, name: str) -> list[Status]:
    preset = start.presets[name]
    return [
        out.status for out in outlooks(closed_form(dataset, preset.runs(dataset)), preset.epochs)
    ]


def test_the_presets_of_other_data_do_what_they_say() -> None:
    dataset = load(Source("population"))
    start = starting(dataset)
    assert outcomes(start, dataset, "Start for these data") == [Status.CONVERGED]
    assert outcomes(start, dataset, "Raw feature, the same rate") == [Status.OVERFLOWED]
    assert outcomes(start, dataset, "Raw feature, half the limit") == [Status.STALLED]
    assert outcomes(start, dataset, "Just above the limit") == [Status.DIVERGING]
    race = outcomes(start, dataset, "Race four learning rates")
    assert race[0] is Status.CONVERGED
    assert race[-1] is Status.DIVERGING
    assert len(race) == 4


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_two_presets_are_the_same(name: str) -> None:
    presets = starting(load(Source(name))).presets
    assert len(set(presets.values())) == len(presets) >= 4


def test_a_feature_too_large_for_any_setting_is_named_as_such() -> None:
    dataset = Dataset(torch.tensor([1e38, 2e38, 3e38]), torch.tensor([1.0, 2.0, 3.0]))
    start = starting(dataset)
    assert "Chosen for these data" in start.sentence


def test_the_thermometer_has_presets_of_its_own_and_a_start_all_the_same() -> None:
    assert starting(thermometer()).experiment.feature_scale == 0.02
