"""The controls and the link say the same experiment, and the stage is given that one."""

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import thermometer
from tempfit.limits import Limits
from tempfit.link import to_parameters
from tempfit.numbers import exact
from tempfit.training.experiment import (
    EPOCHS,
    FEATURE_SCALE,
    LEARNING_RATE,
    MAX_RUNS,
    PRESETS,
    START,
    Experiment,
    Run,
    standardization,
)
from tempfit.ui.sidebar.quantities import (
    EPOCHS_SLIDER,
    RATE_SLIDER,
    SCALE_SLIDER,
    place_on_slider,
)
from tests.test_link import HOSTILE
from tests.ui.conftest import Page

OTHER_RATE = next(step for step in RATE_SLIDER.offered if step > 0.02)
OTHER_PRESET = "Race four learning rates"

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


# Comparing.


def test_a_rate_typed_into_compare_with_becomes_a_run(page: Page) -> None:
    page.set("Compare with", ["0.001", "0,02", " 3e-2 "])
    page.assert_shows(Experiment(compare=(0.001, 0.02, 0.03)))
    assert page.notes == []


@pytest.mark.parametrize("rubbish", ["abc", "nan", "-1", "0", "", "<b>0.1</b>", "9" * 3000])
def test_rubbish_in_compare_with_is_left_out_with_a_sentence(page: Page, rubbish: str) -> None:
    page.set("Compare with", ["0.001", rubbish])
    page.assert_shows(Experiment(compare=(0.001,)))
    (note,) = page.notes
    assert note.startswith("Compare with: ")
    assert "<" not in note
    page.set("Compare with", ["0.001", "0.002"])
    assert page.notes == []


def test_the_main_rate_or_a_rate_twice_is_one_run(page: Page) -> None:
    page.set("Compare with", ["0.01", "0.02", "2e-2"])
    page.assert_shows(Experiment(compare=(0.02,)))


def test_a_compared_rate_that_the_slider_reaches_is_one_run(page: Page) -> None:
    page.set("Compare with", [exact(OTHER_RATE)])
    page.set("Learning rate", OTHER_RATE)
    assert [run.learning_rate for run in page.runs] == [OTHER_RATE]
    page.set("Learning rate", 0.01)
    assert page.runs[0].learning_rate == 0.01


def test_eight_runs_are_the_most(page: Page) -> None:
    rates = [f"{i / 1000:g}" for i in range(1, 13) if i != 10]
    assert page.control("Compare with").proto.max_selections == MAX_RUNS - 1
    crowded = Page(compare=rates)
    assert [run.learning_rate for run in crowded.runs] == [0.01, *map(float, rates[:7])]
    assert len(crowded.notes) == 1
    assert crowded.control("Keep for comparison").disabled


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


# Keeping.


def test_a_run_that_is_kept_stays_while_the_controls_move_on(page: Page) -> None:
    page.set("Standardize (mean 0, variance 1)", value=True)
    kept = page.runs[0]
    page.press("Keep for comparison")
    page.set("Standardize (mean 0, variance 1)", value=False)
    page.set("Learning rate", OTHER_RATE)
    page.assert_shows(Experiment(learning_rate=OTHER_RATE, kept=(kept,)))
    page.set("Kept runs", [])
    page.assert_shows(Experiment(learning_rate=OTHER_RATE))


def test_a_run_is_kept_once(page: Page) -> None:
    page.press("Keep for comparison")
    page.press("Keep for comparison")
    page.assert_shows(Experiment(kept=(Run(0.01),)))
    assert len(page.runs) == 1


# Links.


@pytest.mark.parametrize(
    "experiment",
    [
        *PRESETS.values(),
        Experiment(7, 1.5, (1e-9, 3.0), 0.77, start=(-3.5, 1e6)),
        Experiment(1, LEARNING_RATE.low, (), FEATURE_SCALE.high, standardize=True),
        Experiment(1_000_000, LEARNING_RATE.high, tuple(10.0**-k for k in range(7)), 1e-12),
        Experiment(kept=(Run(0.5, 0.25, 8.0, (2.0, 3.0)), Run(0.01, 1.0))),
    ],
)
def test_a_link_opens_its_experiment(experiment: Experiment) -> None:
    page = Page(**to_parameters(experiment))
    page.assert_shows(experiment)
    assert page.notes == []


def test_the_same_link_gives_every_viewer_the_same_experiment() -> None:
    link = to_parameters(PRESETS["Race four learning rates"])
    assert len({Page(**link).stage["experiment"] for _ in range(3)}) == 1


def test_back_brings_the_previous_experiment(page: Page) -> None:
    page.set("Learning rate", OTHER_RATE)
    before = page.link
    page.set("Exact s", 0.5)
    page.set("Compare with", ["0.5"])
    page.follow(before)
    page.assert_shows(Experiment(learning_rate=OTHER_RATE))


# Streamlit itself drops an address of more than 512 KiB.
@pytest.mark.parametrize(
    "text", [text[:20_000] for text in HOSTILE], ids=lambda text: ascii(text[:20])
)
def test_a_hostile_link_gives_an_experiment_and_a_sentence(visited: Page, text: str) -> None:
    names = ("epochs", "lr", "compare", "scale", "standardize", "w", "b", "keep")
    visited.follow(dict.fromkeys(names, text))
    assert visited.notes
    assert all(note.startswith("In the link, ") and len(note) < 200 for note in visited.notes)
    shown = visited.notes
    visited.run()
    assert visited.notes == shown  # they stay to be read
    visited.set("Preset", OTHER_PRESET)
    assert visited.notes == []


@pytest.fixture(scope="module")
def visited() -> Page:
    """Open the page once, for links to be followed in it."""
    return Page()


# No more runs than there is room for.

SEVEN = tuple(n / 1000 for n in range(1, 8))


def test_a_main_rate_that_is_compared_already_leaves_no_room_to_keep_and_is_free_to_move() -> None:
    page = Page(**to_parameters(Experiment(learning_rate=0.01, compare=SEVEN)))
    page.set("Exact η", 0.001)
    assert page.control("Keep for comparison").disabled
    page.set("Exact η", 0.02)
    assert page.stage["setup"]["runs"][0]["rate"] == 0.02
    assert len(page.runs) == MAX_RUNS


def test_seven_kept_runs_leave_no_room_to_compare_and_the_page_says_so() -> None:
    kept = tuple(Run(rate) for rate in SEVEN)
    page = Page(**to_parameters(Experiment(kept=kept)))
    assert len(page.runs) == MAX_RUNS
    assert page.control("Compare with").disabled
    assert page.control("Keep for comparison").disabled
    assert "8 runs" in page.control("Compare with").help


def test_a_run_can_be_kept_until_there_is_no_room(page: Page) -> None:
    for rate in SEVEN:
        page.set("Exact η", rate)
        page.press("Keep for comparison")
    page.set("Exact η", 0.02)
    assert len(page.runs) == MAX_RUNS
    assert page.control("Keep for comparison").disabled


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
