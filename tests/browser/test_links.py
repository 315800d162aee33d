"""Links in the browser: each opens its experiment, and a hostile one is answered in a sentence."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tempfit.numbers import exact
from tempfit.training.experiment import Experiment
from tempfit.ui.sidebar.quantities import RATE_SLIDER
from tests.browser.conftest import Open
from tests.browser.stage import NOTHING, Stage, address
from tests.test_link import HOSTILE

SHORT = Experiment(epochs=300)
RATES = RATE_SLIDER.offered


def test_a_link_opens_its_experiment_in_a_new_browser(visit: Open) -> None:
    experiment = Experiment(123, 0.5, (0.25, 1e-3), 0.02, start=(2.0, -3.0))
    stage = visit()
    stage.load(experiment)
    stage.has(experiment)
    stage.assert_shows(experiment, 0)
    stage.train("Maximum")
    stage.is_at_the_end(experiment)
    stage.assert_shows(experiment, 123)


def test_the_address_bar_holds_the_experiment_that_the_controls_say(stage: Stage) -> None:
    stage.follow(SHORT)
    stage.page.get_by_role("slider", name="Learning rate").focus()
    stage.key("ArrowRight")
    further = replace(SHORT, learning_rate=RATES[RATES.index(0.01) + 1])
    stage.has(further)
    assert stage.page.url.endswith(address(further))


def test_the_back_button_brings_the_previous_experiment(stage: Stage) -> None:
    stage.follow(SHORT)
    stage.train("Maximum")
    stage.is_at_the_end(SHORT)
    stage.page.get_by_role("slider", name="Learning rate").focus()
    stage.key("ArrowRight")
    expect(stage.epoch_shown).to_have_text("0")
    stage.page.go_back()
    stage.has(SHORT)
    stage.assert_shows(SHORT, 0)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "9" * 5000])
def test_a_hostile_link_is_answered_with_a_sentence_and_never_a_stack_trace(
    stage: Stage, text: str
) -> None:
    assert text in HOSTILE
    names = ("epochs", "lr", "compare", "scale", "w", "b")
    stage.follow_query("?" + "&".join(f"{name}={text}" for name in names))
    expect(stage.page.get_by_test_id("stAlert")).to_contain_text("In the link, ")
    expect(stage.page.get_by_test_id("stException")).to_have_count(0)
    assert "Traceback" not in stage.page.inner_text("body")
    # The sentence may be there before the stage has left the experiment of the test before.
    before = exact(NOTHING.learning_rate)
    expect(stage.rows.first).not_to_have_attribute("data-learning-rate", before)
    stage.press("One epoch forward")
    stage.is_at(1)


def test_a_hostile_link_can_be_opened_anew(visit: Open) -> None:
    stage = visit()
    stage.load(
        "?lr=%3Cscript%3Ealert(1)%3C/script%3E&epochs=1e999&compare=[x](http://evil.example)"
    )
    expect(stage.page.get_by_test_id("stAlert")).to_contain_text("In the link, lr")
    expect(stage.page.get_by_test_id("stAlert").get_by_role("link")).to_have_count(0)
    stage.train("Maximum")
    stage.reach(1)
    stage.press("Pause")
