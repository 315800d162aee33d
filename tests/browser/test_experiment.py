"""Controls in the browser: a picture is never shown for settings it is not of."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tempfit import fit, thermometer
from tempfit.theory.curvature import curvature
from tempfit.theory.law import closed_form
from tempfit.theory.status import Status
from tempfit.theory.verdict import outlooks, verdicts
from tempfit.training.experiment import PRESETS, Experiment
from tempfit.ui.sidebar.quantities import RATE_SLIDER
from tests.browser.conftest import Open
from tests.browser.frames import Frame, assert_numbers
from tests.browser.stage import Stage, address

RACE = PRESETS["Race four learning rates"]
LONG = replace(RACE, epochs=1_000_000)
SHORT = Experiment(epochs=300)
LIMIT = curvature(thermometer()).max_stable_learning_rate
RATES = RATE_SLIDER.offered
FRAMES = 30


def slider(stage: Stage, name: str = "Learning rate") -> None:
    stage.page.get_by_role("slider", name=name).focus()


def assert_belongs(frame: Frame, experiments: list[Experiment]) -> Experiment:
    """Check that the numbers of a frame are those of the experiment whose rates it names."""
    rates = tuple(row.rate for row in frame.rows)
    (experiment,) = [one for one in experiments if one.learning_rates == rates]
    if frame.epoch > 0:
        history = fit(thermometer(), experiment.runs(thermometer()), frame.epoch)
    else:
        history = fit(thermometer(), experiment.runs(thermometer()), 1).part(slice(0, 1))
    assert_numbers(frame.rows, history, -1)
    return experiment


# Controls.


def test_a_control_that_moves_in_mid_run_brings_the_start_of_the_new_experiment(
    stage: Stage,
) -> None:
    stage.follow(LONG)
    stage.train("Normal")
    stage.reach(3)
    stage.watch()
    slider(stage)
    stage.key("ArrowRight")
    moved = replace(LONG, learning_rate=RATES[RATES.index(0.01) + 1])
    stage.has(moved)
    sent = stage.sent
    stage.frames_pass(FRAMES)
    frames = stage.watched()
    shown = [
        assert_belongs(frame, [LONG, moved]) for frame in {f.epoch: f for f in frames}.values()
    ]
    assert shown
    assert [row.rate for row in frames[-1].rows] == list(moved.learning_rates)
    assert {f.epoch for f in frames if f.rows[0].rate == moved.learning_rate} == {0}
    assert stage.sent == sent


def test_the_axes_are_those_of_the_new_experiment(stage: Stage) -> None:
    stage.follow(SHORT)
    before = stage.plot("Loss by epoch")["layout"]
    raw = replace(SHORT, epochs=3000, feature_scale=1.0)
    stage.follow(raw)
    stage.page.wait_for_function(
        "before => { const plot = [...document.querySelectorAll('.js-plotly-plot')].find("
        "(plot) => plot.layout.title.text === 'Loss by epoch');"
        " return plot.layout.xaxis.range[1] !== before }",
        arg=before["xaxis"]["range"][1],
    )
    after = stage.plot("Loss by epoch")["layout"]
    assert after["yaxis"]["range"] != before["yaxis"]["range"]


def test_an_exact_number_can_be_typed(stage: Stage) -> None:
    stage.follow(SHORT)
    box = stage.page.get_by_label("Exact η")
    box.fill("0.0123456")
    box.press("Enter")
    typed = replace(SHORT, learning_rate=0.0123456)
    stage.has(typed)
    stage.assert_shows(typed, 0)
    slider(stage)
    stage.key("ArrowRight")
    stage.has(replace(SHORT, learning_rate=min(rate for rate in RATES if rate > 0.0123456)))


def test_a_rate_typed_into_compare_with_becomes_a_run(stage: Stage) -> None:
    stage.follow(SHORT)
    stage.page.get_by_role("combobox", name="Compare with").click()
    stage.page.keyboard.type("0.0077")
    stage.key("Enter")
    stage.has(replace(SHORT, compare=(0.0077,)))
    stage.page.keyboard.type("rubbish")
    stage.key("Enter")
    expect(stage.page.get_by_test_id("stAlert")).to_contain_text("rubbish is no learning rate")
    expect(stage.rows).to_have_count(2)
    stage.key("Escape")


def test_a_preset_chosen_by_name_is_on_the_stage(stage: Stage) -> None:
    stage.follow(SHORT)
    stage.page.get_by_role("combobox", name="Preset").click()
    stage.page.get_by_role("option", name="Diverges: raw feature").click()
    stage.has(PRESETS["Diverges: raw feature"])
    stage.assert_shows(PRESETS["Diverges: raw feature"], 0)


def test_a_slider_moved_quickly_is_not_moved_back(stage: Stage) -> None:
    stage.follow(SHORT)
    slider(stage)
    for key in (["ArrowRight"] * 5 + ["ArrowLeft"] * 5) * 3 + ["ArrowRight"]:
        stage.key(key)
        stage.frames_pass(3)
    moved = replace(SHORT, learning_rate=RATES[RATES.index(0.01) + 1])
    expect(stage.page).to_have_url(stage.url + address(moved))
    stage.has(moved)
    stage.frames_pass(FRAMES)
    stage.assert_shows(moved, 0)
    stage.train("Maximum")
    stage.is_at_the_end(moved)
    stage.assert_shows(moved, moved.epochs)


def test_settings_moved_quickly_one_after_another_all_stay(stage: Stage) -> None:
    stage.follow(Experiment())  # a preset, which the first move leaves
    for name in ("Epochs", "Learning rate", "Feature scale"):
        slider(stage, name)
        stage.key("ArrowRight")
    moved = Experiment(7000, RATES[RATES.index(0.01) + 1], feature_scale=0.12)
    stage.has(moved)
    expect(stage.page).to_have_url(stage.url + address(moved))
    stage.assert_shows(moved, 0)


# What is said.


@pytest.mark.parametrize("factor", [0.999, 1.0, 1.001])
def test_the_sentences_below_at_and_above_the_limit_are_the_law_s(
    stage: Stage, factor: float
) -> None:
    experiment = replace(SHORT, learning_rate=LIMIT * factor)
    runs = experiment.runs(thermometer())
    (expected,) = outlooks(closed_form(thermometer(), runs), experiment.epochs)
    (found,) = verdicts(thermometer(), fit(thermometer(), runs, experiment.epochs), runs)
    stage.follow(experiment)
    said = stage.page.get_by_test_id("sentence")
    expect(said).to_have_text(expected.sentence)
    assert (expected.status is Status.DIVERGING) == (factor > 1)
    stage.train("Maximum")
    stage.is_at_the_end(experiment)
    expect(said).to_have_text(found.sentence)
    assert stage.shown().rows[0].status == found.status == expected.status


def test_the_controls_have_the_names_that_they_are_found_by(stage: Stage) -> None:
    for name in ("Epochs", "Learning rate", "Feature scale"):
        expect(stage.page.get_by_role("slider", name=name)).to_have_count(1)
    expect(stage.page.get_by_role("combobox", name="Compare with")).to_have_count(1)
    stage.follow(replace(SHORT, epochs=1_000_000))
    stage.press("Train")
    stage.press("Pause")
    expect(stage.button("Train")).to_have_count(1)


def test_a_note_that_comes_and_goes_leaves_the_stage_where_it_is(visit: Open) -> None:
    stage = visit()
    stage.load("?lr=nothing")
    note = stage.page.get_by_role("alert")
    expect(note).to_contain_text("cannot be used")
    stage.page.evaluate("document.querySelector('.tempfit-stage').dataset.mine = 'yes'")
    stage.page.get_by_label("Exact η").fill("0.02")
    stage.key("Enter")
    expect(note).to_have_count(0)
    expect(stage.rows.first).to_have_attribute("data-learning-rate", "0.02")
    expect(stage.page.locator(".tempfit-stage")).to_have_count(1)
    expect(stage.page.locator(".tempfit-stage")).to_have_attribute("data-mine", "yes")
