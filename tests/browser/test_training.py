"""Training on the page: what is shown is what `fit` finds, frame by frame, and nothing else."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from time import perf_counter

import pytest
from playwright.sync_api import expect

from tempfit import fit, thermometer, verdicts
from tempfit.training.experiment import PRESETS, Experiment
from tests.benchmark.browser import Server
from tests.browser.frames import assert_numbers, epochs_of
from tests.browser.stage import Stage

RACE = PRESETS["Race four learning rates"]  # the fourth run overflows
SHORT = replace(RACE, epochs=400)  # every epoch is a snapshot
ONE = Experiment(epochs=150)
FRAMES = 40


def test_training_to_the_end_shows_what_fit_finds(stage: Stage) -> None:
    runs = RACE.runs(thermometer())
    history = fit(thermometer(), runs, RACE.epochs)
    stage.follow(RACE)
    stage.train("Maximum")
    stage.is_at_the_end(RACE)
    frame = stage.shown()
    assert [row.rate for row in frame.rows] == [run.learning_rate for run in runs]
    assert_numbers(frame.rows, history, -1)
    expected = verdicts(thermometer(), history, runs)
    assert [row.status for row in frame.rows] == [verdict.status for verdict in expected]
    outcomes = stage.page.get_by_test_id("sentence")
    expect(outcomes).to_have_text([verdict.sentence for verdict in expected])


def test_in_slow_motion_early_epochs_are_seen_one_by_one(stage: Stage) -> None:
    stage.follow(SHORT)
    stage.watch()
    stage.train("Normal")
    stage.reach(5)
    epochs = epochs_of(stage.watched())
    assert epochs == list(range(len(epochs)))


def test_at_normal_speed_the_whole_is_played_in_about_nine_seconds_and_no_epoch_is_skipped(
    stage: Stage,
) -> None:
    stage.follow(SHORT)
    stage.watch()
    began = perf_counter()
    stage.train("Normal")
    stage.is_at_the_end(SHORT)
    assert 8 < perf_counter() - began < 14  # a busy machine may stall it
    epochs = epochs_of(stage.watched())
    assert epochs[:11] == list(range(11))


def test_while_the_picture_moves_no_node_of_the_page_comes_or_goes(stage: Stage) -> None:
    """A browser restyles the whole page for a new text, because of what Streamlit's rules ask."""
    stage.follow(RACE)
    stage.train("Normal")
    stage.reach(20)
    changes = stage.page.evaluate("""() => new Promise((resolve) => {
      const changes = [];
      const note = (records) => changes.push(...records.map(({ target }) => target.outerHTML));
      new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
      setTimeout(() => resolve(changes.map((html) => html.slice(0, 200))), 1500);
    })""")
    assert stage.epoch < RACE.epochs
    assert changes == []


def test_a_pause_stops_epochs_and_training_itself(stage: Stage) -> None:
    stage.follow(replace(RACE, epochs=1_000_000))
    stage.train("Fast")
    stage.reach(100)
    stage.press("Pause")
    expect(stage.button("Train")).to_be_enabled()
    stage.frames_pass(FRAMES)  # an answer may be under way
    progress = stage.page.locator(".tempfit-progress")
    epoch, sent, trained_to = stage.epoch, stage.sent, progress.inner_text()
    stage.watch()
    stage.frames_pass(FRAMES)
    assert epochs_of(stage.watched()) == [epoch]
    assert (stage.sent, progress.inner_text()) == (sent, trained_to)
    stage.assert_shows(replace(RACE, epochs=1_000_000), epoch)


def test_resuming_goes_on_from_there_to_the_same_end(stage: Stage) -> None:
    stage.follow(SHORT)
    stage.train("Normal")
    stage.reach(20)
    stage.press("Pause")
    expect(stage.button("Train")).to_be_visible()
    epoch = stage.epoch
    stage.watch()
    stage.press("Train")
    stage.is_at_the_end(SHORT)
    epochs = epochs_of(stage.watched())
    assert epochs[0] == epoch
    assert all(before < after for before, after in pairwise(epochs))
    stage.assert_shows(SHORT, SHORT.epochs)


def test_train_pressed_twice_is_train_pressed_once(stage: Stage) -> None:
    stage.follow(SHORT)
    stage.watch()
    stage.choose("Speed", "Fast")
    stage.button("Train").dblclick()
    stage.is_at_the_end(SHORT)
    epochs = epochs_of(stage.watched())
    assert all(before < after for before, after in pairwise(epochs))
    stage.assert_shows(SHORT, SHORT.epochs)


def test_after_the_end_train_trains_again_to_the_same_numbers(stage: Stage) -> None:
    stage.follow(SHORT)
    stage.train("Maximum")
    stage.is_at_the_end(SHORT)
    once = stage.shown().rows
    stage.watch()
    stage.press("Train")
    expect(stage.page.locator("[data-state=finished]")).to_be_hidden()
    stage.is_at_the_end(SHORT)
    epochs = epochs_of(stage.watched())
    start = epochs.index(0)
    assert epochs[:start] == [SHORT.epochs]
    assert all(before < after for before, after in pairwise(epochs[start:]))
    assert repr(stage.shown().rows) == repr(once)


def test_a_server_that_stalls_for_longer_than_the_page_waits_delays_the_end_and_no_more(
    stage: Stage, server: Server
) -> None:
    # So long that the page asks for more in mid-run.
    long = replace(SHORT, epochs=20_000)
    stage.follow(long)
    stage.watch()
    stage.train("Normal")
    stage.reach(5)
    os.kill(server.pid, signal.SIGSTOP)
    try:
        asked = stage.sent
        wait_until(lambda: stage.sent >= asked + 2, stage)  # once in vain, and again
    finally:
        os.kill(server.pid, signal.SIGCONT)
    stage.is_at_the_end(long)
    epochs = epochs_of(stage.watched())
    assert all(before < after for before, after in pairwise(epochs))
    stage.assert_shows(long, long.epochs)


def wait_until(so: Callable[[], bool], stage: Stage) -> None:
    """Wait for at most a minute of frames until something is so."""
    for _ in range(360):
        if so():
            return
        stage.frames_pass(10)
    pytest.fail("it has not come to be")


def test_a_reload_in_mid_run_opens_the_experiment_at_its_start(stage: Stage) -> None:
    long = replace(RACE, epochs=1_000_000)
    stage.follow(long)
    stage.train("Maximum")
    stage.reach(100)
    stage.page.reload()
    stage.has(long)
    stage.assert_shows(long, 0)
    stage.train("Normal")
    stage.reach(3)
    stage.press("Pause")
    stage.assert_shows(long, stage.epoch)


def test_training_shorter_than_a_frame_is_trained_all_the_same(stage: Stage) -> None:
    two = Experiment(epochs=2)
    stage.follow(two)
    stage.train("Maximum")
    stage.is_at_the_end(two)
    stage.assert_shows(two, 2)


@pytest.mark.parametrize("rate", [1e-20, 100.0])
def test_the_smallest_and_the_largest_learning_rate_train(stage: Stage, rate: float) -> None:
    extreme = replace(ONE, learning_rate=rate, feature_scale=1.0)
    stage.follow(extreme)
    stage.train("Maximum")
    stage.is_at_the_end(extreme)
    stage.assert_shows(extreme, extreme.epochs)
