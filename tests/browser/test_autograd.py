"""The autograd section in a browser: it follows the stage, stays out of its way, is usable."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from tempfit.data.dataset import thermometer
from tempfit.epoch.listing import Substep
from tempfit.epoch.trial import Inputs
from tempfit.epoch.zeroing import zeroing_forgotten
from tempfit.numbers import number
from tempfit.training.experiment import PRESETS, Experiment
from tests.benchmark.browser import Server
from tests.browser.autograd import NAMES, Section
from tests.browser.conftest import Open, opening
from tests.browser.frames import epochs_of

RACE = replace(PRESETS["Race four learning rates"], epochs=200)


# Whether all that is visible of the section lies within the window, or in what can be scrolled
# inside of it.
NOTHING_BEYOND = """() => {
  const within = ".tempfit-numbers, .katex-display, [role=tablist], [data-testid=stButtonGroup]";
  return document.querySelector(".st-key-autograd [role=tabpanel] [data-testid]") &&
    [...document.querySelectorAll(".st-key-autograd *")].every((element) => {
      const { right, width } = element.getBoundingClientRect();
      return right <= innerWidth + 1 || width <= 1 || element.matches("input") ||
        element.closest(within);
    });
}"""


@pytest.fixture(scope="module")
def section(browser: Browser, server: Server) -> Iterator[Section]:
    """Give one page with the race and the section open to all tests that only look at it."""
    with opening(browser, server) as open_page:
        stage = open_page()
        stage.load(RACE)
        yield Section(stage)


@pytest.fixture
def first(section: Section) -> Section:
    """Give the section at its first tab, substep and epoch, of a stage at its start."""
    section.stage.press("To the start")
    section.tab(NAMES[0])
    section.place.get_by_text(Substep.READINGS.value, exact=True).first.click()
    section.marks(Substep.READINGS)
    section.look(1)
    return section


# The stage and the glass.


def test_the_glass_follows_the_stage_and_stops_when_an_epoch_is_chosen(first: Section) -> None:
    stage = first.stage
    first.follow()
    first.is_at(1)
    for _ in range(3):
        stage.press("One epoch forward")
    stage.is_at(3)
    first.is_at(3)
    first.look(12)
    stage.press("One epoch forward")
    stage.is_at(4)
    expect(first.place.get_by_label("Follow the stage")).not_to_be_checked()
    first.is_at(12)


def test_the_loss_after_an_epoch_is_the_one_the_stage_shows_there(first: Section) -> None:
    stage = first.stage
    first.follow()
    stage.press("One epoch forward")
    stage.press("One epoch forward")
    stage.is_at(2)
    first.is_at(2)
    first.place.get_by_text(Substep.LOSS_AFTER.value, exact=True).first.click()
    first.marks(Substep.LOSS_AFTER)
    shown = float(first.place.locator("tr.now .mean span").inner_text())
    assert shown == pytest.approx(float(stage.shown().rows[0].loss), rel=1e-4)


def test_the_stage_plays_without_a_gap_while_the_section_is_used(first: Section) -> None:
    stage = first.stage
    stage.watch()
    stage.train()
    for substep in list(Substep)[1:4]:
        first.press("Next step")
        first.marks(substep)
    stage.is_at_the_end(RACE)
    epochs = epochs_of(stage.watched())
    assert epochs == sorted(epochs)
    assert {frame.charts for frame in stage.watched()} == {stage.watched()[0].charts}


# One epoch.


def test_the_substeps_are_walked_by_keyboard_and_mark_their_lines(first: Section) -> None:
    first.place.get_by_role("button", name="Next step").focus()
    for substep in list(Substep)[1:]:
        first.page.keyboard.press("Enter")
        first.marks(substep)
    expect(first.place.get_by_role("button", name="Next step")).to_be_disabled()
    first.press("Previous step")
    first.marks(Substep.UPDATE)


def test_a_substep_draws_what_it_speaks_of(first: Section) -> None:
    first.press("Next step")
    first.marks(Substep.PREDICTIONS)
    expect(first.charts).to_have_count(2)
    first.page.wait_for_function(
        "() => [...document.querySelectorAll('.tempfit-glass-charts p')]"
        ".some((title) => title.textContent === 'Prediction for each reading')"
    )
    heights = first.charts.nth(1).evaluate("plot => Array.from(plot.data[0].y)")
    assert heights == pytest.approx([x.item() * 0.1 for x in thermometer().x], rel=1e-6)


def test_formulas_are_typeset_and_none_of_them_failed(first: Section) -> None:
    for substep in Substep:
        first.place.get_by_text(substep.value, exact=True).first.click()
        first.marks(substep)
        expect(first.place.locator(".st-key-glass_words .katex").first).to_be_visible()
        expect(first.place.locator(".katex-error")).to_have_count(0)


def test_nothing_below_the_words_moves_from_substep_to_substep(first: Section) -> None:
    charts = first.place.locator(".tempfit-glass-charts")
    tops = set()
    for substep in Substep:
        first.place.get_by_text(substep.value, exact=True).first.click()
        first.marks(substep)
        first.drawn()
        tops.add(
            round(charts.evaluate("(charts) => charts.offsetParent.offsetTop + charts.offsetTop"))
        )
    assert len(tops) == 1


# The other tabs.


def test_the_slope_by_a_difference_changes_with_its_width(first: Section) -> None:
    first.tab(NAMES[1])
    place = first.place.get_by_role("region", name="Slopes compared")
    before = place.inner_text()
    width = first.place.get_by_role("slider", name="Width h of the difference")
    width.focus()
    width.press("Home")
    expect(place).not_to_have_text(before)
    expect(first.place.locator(".katex-error")).to_have_count(0)
    assert [title.partition(",")[0] for title in first.titles()] == [
        "Loss by w",
        "Loss by b",
        "Error of the difference along w",
    ]


def test_the_graph_has_a_box_for_each_node_and_an_arrow_for_each_input(first: Section) -> None:
    first.tab(NAMES[2])
    graph = first.place.locator(".tempfit-graph")
    expect(graph.locator("li")).to_have_count(7)
    expect(graph.locator("path")).to_have_count(7)
    expect(graph.locator("li").first).to_contain_text("params.grad = [−77.614, −10.64]")
    expect(graph.locator("li").last).to_contain_text("MeanBackward0")


def test_torch_s_own_message_is_shown_and_nothing_of_a_traceback(first: Section) -> None:
    first.tab(NAMES[3])
    first.place.get_by_text("A graph serves once").click()
    message = "Trying to backward through the graph a second time"
    expect(first.place.get_by_text(message)).to_be_visible()
    expect(first.page.get_by_text("Traceback")).to_have_count(0)


def test_the_run_that_never_zeroes_swings_beside_the_right_one(first: Section) -> None:
    first.tab(NAMES[3])
    first.place.get_by_text("Forget to zero").click()
    race = first.place.get_by_role("region", name="Two runs side by side")
    epoch = race.get_by_label("Epoch of the two runs")
    first.page.wait_for_function(
        "() => Number(document.querySelector('.tempfit-race input')?.value) > 3"
    )
    race.get_by_role("button", name="Stop").click()
    epoch.focus()
    epoch.press("End")
    expect(race.locator("output")).to_contain_text("epoch 60")
    expect(race.get_by_role("button", name="Play")).to_be_visible()
    run, *_ = RACE.runs(thermometer())
    paths = zeroing_forgotten(Inputs.of(thermometer(), run)).paths
    for name in ("zeroed", "never zeroed"):
        loss = paths[name][-1][0]
        expect(race.locator("output")).to_contain_text(f" {name}: loss {number(loss, 4)}")


# Everywhere.


def test_a_phone_shows_every_tab_without_scrolling_sideways(visit: Open) -> None:
    stage = visit(viewport={"width": 390, "height": 844})
    stage.load(Experiment(epochs=100))
    section = Section(stage)
    for name in NAMES:
        section.tab(name)
        tab = section.place.get_by_role("tab", name=name, exact=True)
        expect(tab).to_have_attribute("aria-selected", "true")
        stage.page.wait_for_function(NOTHING_BEYOND)
        assert stage.page.evaluate("document.querySelector('.stMain').scrollWidth") == 390


def test_a_far_epoch_is_approached_while_the_stage_can_play(visit: Open) -> None:
    stage = visit()
    stage.load(Experiment(epochs=1_000_000))
    section = Section(stage)
    section.epoch.fill("900000")
    section.epoch.press("Enter")
    expect(section.way).to_contain_text("On the way to epoch 900,000")
    stage.train()
    stage.reach(50)
    section.look(2)
    expect(section.way).to_be_empty()
