"""The controls and the link say the same experiment, and the stage is given that one."""

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import thermometer
from tempfit.limits import Limits
from tempfit.training.experiment import (
    EPOCHS,
    FEATURE_SCALE,
    LEARNING_RATE,
    PRESETS,
    START,
    Experiment,
    Run,
    standardization,
)
from tempfit.ui.sidebar.quantities import EPOCHS_SLIDER, RATE_SLIDER, SCALE_SLIDER, place_on_slider
from tests.ui.conftest import Page

OTHER_RATE = next(step for step in RATE_SLIDER.offered if step > 0.02)

# Controls.


def test_the_page_opens_with_the_default_experiment_and_its_controls_by_name(page: Page) -> None:
    page.assert_shows(Experiment())
    assert page.notes == []
    assert page.control("Preset").value == "Converges: scaled feature"
    assert page.control("Standardize (mean 0, variance 1)").value is False


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_sets_every_control(name: str) -> None:
    page = Page(epochs="77", w="3", standardize="1")
    page.set("Preset", name)
    page.assert_shows(PRESETS[name])
    assert page.control("Preset").value == name


def test_settings_that_are_no_preset_are_called_one_s_own(page: Page) -> None:
    page.set("Epochs", 300)
    assert page.control("Preset").value == "Own settings"
    page.set("Epochs", 5000)
    assert page.control("Preset").value == "Converges: scaled feature"
    assert "Own settings" not in page.control("Preset").options


@pytest.mark.parametrize(
    ("label", "value", "settings"),
    [
        ("Epochs", 200, {"epochs": 200}),
        ("Exact n", 123, {"epochs": 123}),
        ("Learning rate", 0.001, {"learning_rate": 0.001}),
        ("Exact η", 0.0123456789, {"learning_rate": 0.0123456789}),
        ("Feature scale", 0.2, {"feature_scale": 0.2}),
        ("Exact s", 0.3217, {"feature_scale": 0.3217}),
        ("w at the start", -2.5, {"start": (-2.5, 0.0)}),
        ("b at the start", 7.25, {"start": (1.0, 7.25)}),
    ],
)
def test_a_control_changes_its_setting_and_no_other(
    page: Page, label: str, value: float, settings: dict[str, Any]
) -> None:
    page.set(label, value)
    page.assert_shows(Experiment(**settings))


def test_a_slider_goes_on_from_a_value_that_was_typed(page: Page) -> None:
    page.set("Exact η", 0.0123)
    assert "0.0123 × slope" in page.control("Learning rate").options
    page.set("Learning rate", OTHER_RATE)
    page.assert_shows(Experiment(learning_rate=OTHER_RATE))


def test_a_control_that_moves_gives_the_stage_another_experiment(page: Page) -> None:
    before = page.stage["experiment"]
    page.run()
    assert page.stage["experiment"] == before
    page.set("Learning rate", OTHER_RATE)
    assert page.stage["experiment"] != before
    assert page.component("trained")["trained"] == 0
    page.set("Learning rate", 0.01)
    assert page.stage["experiment"] == before


@pytest.mark.parametrize(
    ("label", "limits", "value", "sentence"),
    [
        ("Exact n", EPOCHS, 0, "0 is not used: the number of epochs may be from 1 to 1e6."),
        ("Exact η", LEARNING_RATE, 5000.0, "5,000 is not used: the learning rate may be from"),
        ("Exact s", FEATURE_SCALE, -1.0, "−1 is not used: the feature scale may be from"),
        ("w at the start", START, 1e7, "1e7 is not used: w or b at the start may be from"),
    ],
)
def test_a_number_out_of_range_is_not_used_and_a_sentence_says_so(
    page: Page, label: str, limits: Limits, value: float, sentence: str
) -> None:
    page.set(label, value)
    (note,) = page.notes
    assert note.startswith(sentence)
    page.assert_shows(Experiment())
    assert limits.low <= page.control(label).value <= limits.high
    kind = type(page.control(label).value)
    page.set(label, kind(limits.high))
    assert page.notes == []


@pytest.mark.parametrize("quantity", [EPOCHS_SLIDER, RATE_SLIDER, SCALE_SLIDER])
def test_a_slider_offers_rising_steps_that_a_run_accepts(quantity: Any) -> None:
    assert all(low < high for low, high in pairwise(quantity.offered))
    for step in (quantity.offered[0], quantity.offered[-1]):
        quantity.limits.check(step)


def test_the_learning_rate_s_steps_have_two_digits_and_are_a_third_apart_at_most() -> None:
    steps = RATE_SLIDER.offered
    assert max(high / low for low, high in pairwise(steps)) < 1.34
    assert all(float(f"{step:.2g}") == step for step in steps)


@given(st.floats(LEARNING_RATE.low, LEARNING_RATE.high))
def test_a_place_on_the_slider_lies_between_those_of_its_neighbours(rate: float) -> None:
    steps = RATE_SLIDER.offered
    place = place_on_slider(RATE_SLIDER, rate)
    assert 0 <= place <= 1
    lower = [step for step in steps if step <= rate]
    assert math.isclose(place * (len(steps) - 1), max(len(lower) - 1, 0), abs_tol=1)


# Features.


def test_standardizing_gives_every_run_the_feature_of_mean_0_and_variance_1(page: Page) -> None:
    page.set("Compare with", ["0.5"])
    page.set("Standardize (mean 0, variance 1)", value=True)
    page.assert_shows(Experiment(compare=(0.5,), standardize=True))
    scale, shift = standardization(thermometer())
    assert page.runs == [Run(rate, scale, shift) for rate in (0.01, 0.5)]
    assert page.control("Feature scale").disabled
    page.set("Standardize (mean 0, variance 1)", value=False)
    page.assert_shows(Experiment(compare=(0.5,)))
    assert not page.control("Feature scale").disabled


def test_a_control_that_is_not_told_its_value_any_more_begins_with_it_all_the_same() -> None:
    # A browser that has missed the run in which a value was set draws the control in the next.
    page = Page(epochs="300", lr="0.012", compare=["0.3", "0.2"], standardize="1", w="2.5")
    page.run()
    kinds = ("number_input", "checkbox", "selectbox", "multiselect", "select_slider")
    controls: list[Any] = [control for kind in kinds for control in page.app.get(kind)]
    assert len(controls) > 9
    for control in controls:
        assert begins_with(control) == shown(control), control.label


def begins_with(control: Any) -> object:
    """Return what a browser shows that is told of a control, and of no value for it."""
    default = control.proto.default
    return default if isinstance(default, bool | int | float) else list(default)


def shown(control: Any) -> object:
    """Return the value that a control has, as the server says it to the browser."""
    match control.type:
        case "selectbox":
            return control.index
        case "multiselect":
            return [control.options.index(value) for value in control.value]
        case "select_slider":
            return [list(control.proto.options).index(control.format_func(control.value))]
    return control.value
