"""Training on the page: what is shown is what `fit` finds, frame by frame, and nothing else."""

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from time import perf_counter

import numpy as np
import pytest
from playwright.sync_api import expect

from tempfit import fit, thermometer, verdicts
from tempfit.training.experiment import PRESETS, Experiment
from tests.benchmark.browser import Server
from tests.browser.stage import Frame, Stage, assert_numbers, epochs_of

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


@pytest.fixture(scope="class")
def frames(stage_of_class: Stage) -> list[Frame]:
    stage_of_class.follow(RACE)
    stage_of_class.watch()
    stage_of_class.train("Fast")
    stage_of_class.is_at_the_end(RACE)
    stage_of_class.frames_pass(FRAMES)
    return stage_of_class.watched()


class TestWhatTheFramesShow:
    """One training, of more epochs than snapshots, watched frame by frame."""

    def test_the_epoch_only_rises(self, frames: list[Frame]) -> None:
        epochs = epochs_of(frames)
        assert (epochs[0], epochs[-1]) == (0, RACE.epochs)
        assert all(before < after for before, after in pairwise(epochs))

    def test_training_is_seen_and_not_only_its_end(self, frames: list[Frame]) -> None:
        assert len(epochs_of(frames)) > 20

    def test_epoch_and_numbers_of_every_frame_belong_together(self, frames: list[Frame]) -> None:
        history = fit(thermometer(), RACE.runs(thermometer()), RACE.epochs)
        place = {int(epoch): index for index, epoch in enumerate(history.epoch)}
        for frame in {frame.epoch: frame for frame in frames}.values():
            assert_numbers(frame.rows, history, place[frame.epoch])

    def test_no_frame_is_blank(self, frames: list[Frame]) -> None:
        assert {frame.charts for frame in frames} == {2}

    def test_no_chart_is_replaced(self, frames: list[Frame], stage_of_class: Stage) -> None:
        assert frames
        assert stage_of_class.page.evaluate("watch.strangers") == 0

    def test_an_overflowing_run_ends_in_words_while_the_others_go_on(
        self, frames: list[Frame]
    ) -> None:
        first = next(frame for frame in frames if frame.rows[3].status == "overflowed")
        assert first.epoch < frames[-1].epoch
        assert not np.isfinite(first.rows[3].loss)
        assert frames[-1].rows[3].status == "overflowed"
        assert frames[-1].rows[0].loss < first.rows[0].loss

    def test_the_charts_mark_where_it_ended(
        self, frames: list[Frame], stage_of_class: Stage
    ) -> None:
        assert frames[-1].epoch == RACE.epochs
        stage_of_class.at_rest()
        arrows = [
            trace
            for trace in stage_of_class.plot("Loss by epoch")["data"]
            if trace.get("marker", {}).get("symbol") == "triangle-up"
        ]
        history = fit(thermometer(), RACE.runs(thermometer()), RACE.epochs)
        top = 10 ** stage_of_class.plot("Loss by epoch")["layout"]["yaxis"]["range"][1]
        assert [trace["y"] for trace in arrows] == [[pytest.approx(top)]]
        # On the straight line, on logarithmic axes, between the snapshots around that loss.
        after = int(np.argmax(history.loss[3] > top))
        across, up = (
            np.log(history.epoch[[after - 1, after]]),
            np.log(history.loss[3, [after - 1, after]]),
        )
        assert np.log(arrows[0]["x"][0]) == pytest.approx(np.interp(np.log(top), up, across))
        notes = stage_of_class.plot("Fitted line")["layout"]["annotations"]
        assert ["overflowed" in note["text"] for note in notes] == [True]
        low, high = stage_of_class.plot("Loss by epoch")["layout"]["yaxis"]["range"]
        assert high - low < 6  # powers of ten: the others stay readable


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
