"""One training, of more epochs than snapshots, watched frame by frame."""

from itertools import pairwise

import numpy as np
import pytest

from tempfit import fit, thermometer
from tempfit.training.experiment import PRESETS
from tests.browser.frames import Frame, assert_numbers, epochs_of
from tests.browser.stage import Stage

RACE = PRESETS["Race four learning rates"]  # the fourth run overflows
FRAMES = 40


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
