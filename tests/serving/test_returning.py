"""A server that dies and is started again under a page, as when a laptop is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tempfit.page_link import MAKER_ONLY
from tempfit.training.experiment import Experiment
from tempfit.ui.connection import LOST
from tests.browser.readings import drop, has_readings
from tests.browser.stage import Stage
from tests.serving.conftest import Visit
from tests.serving.mortal import Mortal, reported

SHORT = Experiment(epochs=120, learning_rate=2e-2, compare=(1e-2,))
LONG = replace(SHORT, epochs=5000)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("returning") / "terminal"


@pytest.fixture(scope="module")
def mortal(terminal: Path) -> Iterator[Mortal]:
    mortal = Mortal(log=terminal)
    yield mortal
    mortal.life.close()


@pytest.fixture(autouse=True)
def _quiet(mortal: Mortal, terminal: Path) -> Iterator[None]:
    """Check that the server reports at most one line of what happens, and no traceback."""
    assert mortal.server.pid
    before = terminal.read_text()
    yield
    said = terminal.read_text().removeprefix(before)
    assert len(reported(said)) <= 1, said
    assert "Traceback" not in said


@pytest.fixture
def stage(mortal: Mortal, visit: Visit) -> Stage:
    return visit(mortal.server.url)


def says(stage: Stage, sentence: str) -> None:
    """Wait until the page says a sentence."""
    expect(stage.page.get_by_test_id("stAlert")).to_contain_text(sentence)


def test_an_idle_page_trains_after_the_server_was_started_again(
    mortal: Mortal, stage: Stage
) -> None:
    stage.load(SHORT)
    mortal.restart()
    stage.train()
    stage.is_at_the_end(SHORT)
    says(stage, LOST)
    stage.assert_shows(SHORT, SHORT.epochs)


def test_a_run_goes_on_by_itself_after_the_server_was_started_again(
    mortal: Mortal, stage: Stage
) -> None:
    stage.load(LONG)
    stage.train()
    stage.reach(50)
    mortal.restart()
    says(stage, LOST)
    stage.is_at_the_end(LONG)
    stage.assert_shows(LONG, LONG.epochs)


def test_readings_that_went_with_the_server_are_said_to_be_gone(
    mortal: Mortal, stage: Stage
) -> None:
    stage.load(SHORT)
    drop(stage, b"t,u\n1,2\n2,3\n3,7\n4,9\n", "mine.csv")
    has_readings(stage, 4)
    expect(stage.page.locator(".tempfit-data")).to_contain_text("mine.csv")
    mortal.restart()
    has_readings(stage, 11)
    says(stage, LOST)
    says(stage, MAKER_ONLY)
    expect(stage.page.get_by_text("mine.csv")).to_have_count(0)
    stage.train()
    stage.reach(1)


def test_a_page_that_is_loaded_anew_has_lost_nothing(stage: Stage) -> None:
    stage.load(SHORT)
    stage.train("Maximum")
    stage.is_at_the_end(SHORT)
    stage.load(SHORT)
    expect(stage.page.get_by_test_id("stAlert")).to_have_count(0)


def test_what_was_said_of_the_loss_goes_when_the_page_moves_on(
    mortal: Mortal, stage: Stage
) -> None:
    stage.load(SHORT)
    mortal.restart()
    says(stage, LOST)
    stage.follow(replace(SHORT, epochs=110))
    expect(stage.page.get_by_test_id("stAlert")).to_have_count(0)
