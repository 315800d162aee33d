"""The stage in the lab and presented: the same run, other surroundings, by button, key and link."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tempfit import page as moves
from tempfit.numbers import number
from tempfit.training.experiment import PRESETS, Experiment
from tests.browser.conftest import Open
from tests.browser.stage import Stage, query_of

RACE = replace(PRESETS["Race four learning rates"], epochs=200)
LONG = Experiment(epochs=1_000_000)


def is_in(stage: Stage, view: moves.View) -> None:
    """Wait until the page and its address are those of a view."""
    expect(stage.page.locator(f".tempfit-stage[data-view={view}]")).to_be_visible()
    expect(stage.page.locator("h1")).to_have_count(1 if view == "lab" else 0)
    expect(stage.page.get_by_test_id("stSidebar")).to_have_count(1 if view == "lab" else 0)
    presented = re.compile("[?&]view=present")
    if view == "present":
        expect(stage.page).to_have_url(presented)
    else:
        expect(stage.page).not_to_have_url(presented)


@pytest.mark.parametrize("back", ["P", "Escape"])
def test_a_key_presents_and_leaves_and_the_run_stays_where_it_is(stage: Stage, back: str) -> None:
    stage.finish(RACE)
    stage.at_rest()
    stage.page.evaluate("window.plots = [...document.querySelectorAll('.js-plotly-plot')]")
    stage.key("p")
    is_in(stage, "present")
    stage.assert_shows(RACE, RACE.epochs)
    stage.key(back)
    is_in(stage, "lab")
    stage.assert_shows(RACE, RACE.epochs)
    assert stage.page.evaluate("plots.length === 2 && plots.every((plot) => plot.isConnected)")


def test_training_goes_on_while_the_view_changes(stage: Stage) -> None:
    stage.follow(LONG)
    stage.train("Fast")
    stage.reach(50)
    stage.press("Present")
    is_in(stage, "present")
    epoch = stage.epoch
    stage.reach(epoch + 100)
    stage.press("Pause")
    stage.assert_shows(LONG, stage.epoch)
    stage.press("Back to the lab")
    is_in(stage, "lab")


def test_a_link_opens_in_its_view_and_back_leads_to_the_one_before(stage: Stage) -> None:
    stage.follow(RACE)
    stage.follow_query(query_of(moves.Page(RACE, "present")))
    is_in(stage, "present")
    stage.page.go_back()
    is_in(stage, "lab")


def test_presented_the_rate_can_be_moved_and_the_new_experiment_trained(stage: Stage) -> None:
    stage.follow(RACE)
    stage.key("p")
    is_in(stage, "present")
    stage.page.get_by_role("slider", name="Learning rate").press("ArrowRight")
    expect(stage.rows.first).not_to_have_attribute("data-learning-rate", "0.01")
    expect(stage.page.get_by_role("slider", name="Feature scale")).to_have_count(1)
    stage.press("To the end")
    stage.is_at(RACE.epochs)
    stage.press("Back to the lab")
    is_in(stage, "lab")
    stage.is_at(RACE.epochs)


def test_f_fills_the_screen_and_escape_leaves_it(stage: Stage) -> None:
    stage.follow(RACE)
    stage.key("f")
    stage.page.wait_for_function("document.fullscreenElement !== null")
    stage.key("f")
    stage.page.wait_for_function("document.fullscreenElement === null")


def test_a_question_mark_shows_the_keys(stage: Stage) -> None:
    stage.follow(RACE)
    stage.key("?")
    dialog = stage.page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    stage.key("Escape")
    expect(dialog).to_be_hidden()
    is_in(stage, "lab")


def test_space_on_another_button_presses_that_button(stage: Stage) -> None:
    stage.finish(RACE)
    stage.button("To the start").focus()
    stage.key("Space")
    stage.is_at(0)
    stage.frames_pass(20)
    assert stage.epoch == 0


def test_space_trains_after_the_link_to_the_main_content(stage: Stage) -> None:
    stage.follow(LONG)
    stage.page.get_by_test_id("stSkipToContent").focus()
    stage.key("Enter")
    expect(stage.page.locator("#stMain")).to_be_focused()
    stage.key("Space")
    stage.reach(3)
    stage.press("Pause")


def test_escape_in_a_menu_returns_to_what_opened_it(stage: Stage) -> None:
    stage.follow(RACE)
    summary = stage.page.locator(".tempfit-go-on summary")
    summary.click()
    stage.page.get_by_label("New rate").focus()
    stage.key("Escape")
    expect(summary).to_be_focused()
    is_in(stage, "lab")


def test_a_screen_reader_hears_of_each_run_once_and_of_no_epoch(stage: Stage) -> None:
    stage.follow(RACE)
    expect(stage.epoch_shown).to_have_attribute("aria-live", "off")
    stage.train("Maximum")
    stage.is_at_the_end(RACE)
    said = stage.page.locator(".tempfit-announcer p")
    expect(said).to_have_count(4)
    heard = [line.split(":")[0] for line in said.all_inner_texts()]
    assert sorted(heard) == sorted(["0.01", "0.001", "0.03", "0.036"])


def test_the_snapshots_are_a_table_that_is_walked_by_keyboard(stage: Stage) -> None:
    stage.finish(RACE)
    stage.page.locator(".tempfit-snapshots summary").focus()
    stage.page.keyboard.press("Enter")
    table = stage.page.locator(".tempfit-snapshots").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(1 + len(RACE.learning_rates))
    for row in stage.shown().rows:
        ended = row.status == "overflowed"
        said = row.status if ended else f"{number(float(row.loss), 4)}, {row.status}"
        expect(table.get_by_role("row").last).to_contain_text(said)
    stage.page.keyboard.press("Tab")
    expect(stage.button("Go to epoch 0")).to_be_focused()
    for key, epoch in (("ArrowDown", 1), ("ArrowDown", 2), ("End", RACE.epochs), ("Home", 0)):
        stage.page.keyboard.press(key)
        expect(stage.button(f"Go to epoch {epoch:,}")).to_be_focused()
    stage.page.keyboard.press("ArrowDown")
    stage.page.keyboard.press("Enter")
    stage.is_at(1)
    expect(stage.button("Go to epoch 1")).to_be_focused()
    stage.page.locator(".tempfit-snapshots summary").click()


def test_each_chart_has_one_sentence_and_each_slider_says_what_it_stands_at(stage: Stage) -> None:
    stage.follow(RACE)
    charts = stage.page.locator(".tempfit-charts [role=img]")
    for chart, opening in zip(
        charts.all(), ("Fitted line over 11 readings", "Loss by"), strict=True
    ):
        said = chart.get_attribute("aria-label") or ""
        assert said.startswith(opening)
        assert all(f"{rate:g}: " in said for rate in RACE.learning_rates)
    sliders = stage.page.get_by_role("slider").all()
    assert [slider.get_attribute("aria-valuetext") for slider in sliders] == [
        *(f"{RACE.epochs:,} epochs", "0.01 × slope", "0.1 × reading"),
        "epoch 0",
    ]


def test_where_motion_is_not_wanted_the_picture_leaps(visit: Open) -> None:
    stage = visit(reduced_motion="reduce")
    stage.load(RACE)
    expect(stage.page.get_by_label("Speed")).to_have_value("maximum")


def test_before_training_a_row_tells_the_forecast_and_after_overflow_never(stage: Stage) -> None:
    stage.follow(replace(RACE, learning_rate=0.2, epochs=500))
    row = stage.rows.first
    expect(row.locator(".status")).to_have_text("will overflow")
    expect(row.locator(".reached")).to_have_text("never")
    stage.press("To the end")
    expect(row.locator(".status")).to_have_text("overflowed")
    expect(row.locator(".reached")).to_have_text("never")
    expect(row.locator(".loss")).to_have_text("overflowed")
    expect(row).to_have_attribute("data-loss", re.compile("inf|nan"))
    assert "nan" not in stage.page.locator(".tempfit-runs").inner_text()


def test_further_numbers_are_shown_on_demand(stage: Stage) -> None:
    stage.follow(RACE)
    slope = stage.rows.first.locator(".slope")
    expect(slope).to_be_hidden()
    stage.press("More numbers")
    expect(slope).to_be_visible()
    expect(stage.button("More numbers")).to_have_attribute("aria-expanded", "true")
    stage.press("More numbers")
    expect(slope).to_be_hidden()
