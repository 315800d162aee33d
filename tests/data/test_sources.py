"""Data with a name: the thermometer, examples that ship with plotly, and generated readings."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.data.loading import INTERCEPT, generated, load
from tempfit.data.sources import (
    EXAMPLES,
    NAMES,
    NOISE,
    OUTLIER,
    OWN,
    READINGS,
    SEED,
    SLOPE,
    TITLES,
    Recipe,
    Source,
)
from tempfit.limits import Limits
from tempfit.theory.curvature import curvature

RECIPES = st.builds(
    Recipe,
    readings=st.integers(2, 200),
    slope=st.floats(-1e3, 1e3),
    noise=st.floats(0, 100),
    outlier=st.floats(-1e3, 1e3),
    seed=st.integers(0, 1000),
)


def equal(one: Dataset, other: Dataset) -> bool:
    return torch.equal(one.x, other.x) and torch.equal(one.y, other.y)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_is_there_and_named_with_its_columns(name: str) -> None:
    dataset, example = load(Source(name)), EXAMPLES[name]
    assert len(dataset) >= 10
    assert (dataset.x_name, dataset.y_name) == (example.x_name, example.y_name)
    assert len(dataset.x.unique()) >= 10


def test_each_lesson_is_true_of_its_readings() -> None:
    sets = {name: load(Source(name)) for name in EXAMPLES}
    assert len(sets["tips"]) == 244
    assert curvature(sets["tips"]).best_loss > 0.5 * sets["tips"].summary.y_variance
    assert curvature(sets["iris"], 1.0).condition_number < 200
    assert sets["population"].summary.x_mean > 1e8
    assert curvature(sets["population"], 1.0).max_stable_learning_rate < 1e-16
    assert curvature(sets["years"], 1 / 2000).condition_number > 10_000
    assert len(sets["income"]) == 142
    assert curvature(sets["income"]).best_loss > 0.5 * sets["income"].summary.y_variance
    assert curvature(sets["shares"], 1.0).condition_number > 500
    assert sets["shares"].x.max() < 1.3


def test_the_thermometer_is_the_thermometer() -> None:
    assert equal(load(Source()), thermometer())


def test_own_readings_cannot_be_loaded() -> None:
    with pytest.raises(ValueError, match="in the session that has them"):
        load(OWN)


def test_every_source_has_a_title_and_no_other_name_is_accepted() -> None:
    assert [Source(name).title for name in NAMES] == list(TITLES.values())
    with pytest.raises(ValueError, match=r"name must be one of thermometer, .* not nowhere"):
        Source("nowhere")


@given(RECIPES)
def test_the_same_recipe_gives_the_same_readings(recipe: Recipe) -> None:
    assert equal(generated(recipe), generated(recipe))
    assert len(generated(recipe)) == recipe.readings


@given(st.integers(2, 100), st.floats(-100, 100), st.integers(0, 100))
def test_without_noise_the_readings_lie_on_the_line(count: int, slope: float, seed: int) -> None:
    dataset = generated(Recipe(count, slope, 0.0, 0.0, seed))
    torch.testing.assert_close(dataset.y, slope * dataset.x + INTERCEPT)


def test_an_outlier_is_one_reading_and_a_seed_another_draw() -> None:
    plain, off = generated(Recipe()), generated(Recipe(outlier=40.0))
    assert (off.y - plain.y).count_nonzero() == 1
    assert (off.y - plain.y).max().item() == pytest.approx(40.0)
    assert not equal(plain, generated(Recipe(seed=1)))


def test_noise_has_the_deviation_asked_for() -> None:
    recipe = Recipe(100_000, 2.0, 3.0)
    dataset = generated(recipe)
    assert (dataset.y - 2 * dataset.x - INTERCEPT).std().item() == pytest.approx(3.0, rel=0.02)


@pytest.mark.parametrize("limits", [READINGS, SLOPE, NOISE, OUTLIER, SEED])
def test_a_recipe_outside_the_limits_is_refused_in_words(limits: Limits) -> None:
    for value in (limits.low - 1, limits.high + 1):
        with pytest.raises(ValueError, match=f"{limits.field} must be between"):
            Recipe(**{limits.field: value})  # type: ignore[arg-type]
