"""The transport: every move of it shows the epoch that it names, with that epoch's numbers."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from tempfit.training.experiment import PRESETS, Experiment
from tempfit.training.recording import recorded_epochs
from tests.browser.frames import assert_numbers, epochs_of, trained
from tests.browser.stage import Stage

RACE = replace(PRESETS["Race four learning rates"], epochs=200)
ONE = Experiment()  # 5000 epochs: more than snapshots
LONG = Experiment(epochs=1_000_000)
FRAMES = 40
# Note after each move of the scrubber what the canvases over the charts show.
NOTE_PICTURES = """
scrubber => {
  window.pictures = [];
  const canvases = () => [...document.querySelectorAll(".js-plotly-plot")]
    .map((plot) => [...plot.parentElement.querySelectorAll("canvas")])
    .map((layers) => layers.map((layer) => layer.toDataURL()).join());
  scrubber.addEventListener("input", () => pictures.push(canvases()));
}
"""


# One epoch at a time.


def test_one_epoch_forward_trains_one_epoch(stage: Stage) -> None:
    stage.follow(RACE)
    for epoch in (1, 2, 3):
        stage.press("One epoch forward")
        stage.is_at(epoch)
        stage.assert_shows(RACE, epoch)
    expect(stage.page.locator(".tempfit-progress")).to_contain_text("3")


def test_one_epoch_back_and_forward_again_shows_the_same(stage: Stage) -> None:
    stage.follow(RACE)
    stage.train()
    stage.reach(30)
    stage.press("Pause")
    epoch = stage.epoch
    before = stage.shown()
    stage.press("One epoch back")
    stage.is_at(epoch - 1)
    stage.assert_shows(RACE, epoch - 1)
    stage.press("One epoch forward")
    stage.is_at(epoch)
    assert repr(stage.shown().rows) == repr(before.rows)


def test_late_in_a_run_too_a_step_is_one_epoch(stage: Stage) -> None:
    place = 520
    epoch = int(recorded_epochs(ONE.epochs)[place])
    assert recorded_epochs(ONE.epochs)[place + 1] > epoch + 2
    stage.finish(ONE)
    stage.scrubber.fill(str(place))
    stage.is_at(epoch)
    for button, expected in (
        ("One epoch forward", epoch + 1),
        ("One epoch forward", epoch + 2),
        ("One epoch back", epoch + 1),
        ("One epoch back", epoch),
        ("One epoch back", epoch - 1),
    ):
        stage.press(button)
        stage.is_at(expected)
        stage.assert_shows(ONE, expected)


def test_the_last_epoch_but_one_is_one_step_from_the_end(stage: Stage) -> None:
    stage.finish(ONE)
    stage.press("One epoch back")
    stage.is_at(ONE.epochs - 1)
    stage.assert_shows(ONE, ONE.epochs - 1)
    stage.press("One epoch forward")
    stage.is_at_the_end(ONE)
    stage.press("One epoch forward")
    stage.frames_pass(3)
    assert stage.epoch == ONE.epochs


def test_there_is_nothing_before_the_start(stage: Stage) -> None:
    stage.follow(RACE)
    stage.press("One epoch back")
    stage.frames_pass(3)
    stage.assert_shows(RACE, 0)


# Leaps.


def test_to_the_end_and_to_the_start(stage: Stage) -> None:
    stage.finish(RACE)
    stage.assert_shows(RACE, RACE.epochs)
    stage.press("To the start")
    stage.is_at(0)
    stage.assert_shows(RACE, 0)


def test_to_the_start_calls_off_the_way_to_the_end(stage: Stage) -> None:
    stage.follow(LONG)
    stage.press("To the end")
    stage.reach(1)
    stage.press("To the start")
    stage.is_at(0)
    stage.frames_pass(FRAMES)  # an answer may be under way
    sent = stage.sent
    stage.watch()
    stage.frames_pass(FRAMES)
    assert epochs_of(stage.watched()) == [0]
    assert stage.sent == sent


def test_pause_stops_training_on_the_way_to_the_end(stage: Stage) -> None:
    stage.follow(LONG)
    stage.press("To the end")
    stage.press("Pause")
    expect(stage.button("Train")).to_be_enabled()
    stage.frames_pass(FRAMES)  # an answer may be under way
    trained_to = stage.page.locator(".tempfit-progress").inner_text()
    sent, epoch = stage.sent, stage.epoch
    assert epoch < LONG.epochs
    stage.frames_pass(FRAMES)
    assert (stage.sent, stage.epoch) == (sent, epoch)
    expect(stage.page.locator(".tempfit-progress")).to_have_text(trained_to)


# The scrubber.


def test_a_drag_of_the_scrubber_moves_everything_at_once(stage: Stage) -> None:
    stage.finish(RACE)
    box = stage.scrubber.bounding_box()
    assert box
    mouse, y = stage.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + box["width"] - 9, y)
    mouse.down()
    stage.scrubber.evaluate(NOTE_PICTURES)
    for share in (0.8, 0.5, 0.2, 0.6):
        mouse.move(box["x"] + box["width"] * share, y)
        stage.frames_pass(1)
        frame = stage.shown()
        assert frame.epoch == int(stage.scrubber.input_value())
        assert abs(frame.epoch - share * RACE.epochs) < 0.05 * RACE.epochs
        assert_numbers(frame.rows, trained(RACE, frame.epoch), 0)
    mouse.up()
    fits, losses = zip(*stage.page.evaluate("pictures"), strict=True)
    assert len(set(fits)) == len(set(losses)) == len(fits) == 4


def test_at_rest_the_charts_hold_the_snapshot_that_is_shown(stage: Stage) -> None:
    stage.finish(RACE)
    stage.scrubber.fill("50")
    stage.is_at(50)
    stage.at_rest()
    stage.frames_pass(1)
    lines = {
        trace["name"]: trace
        for trace in stage.plot("Loss by epoch")["data"]
        if trace.get("customdata") and trace["mode"] == "lines"
    }
    assert [len(line["x"]) for line in lines.values()] == [51] * 4
    history = trained(RACE, 50)
    assert {round(line["y"][-1], 4) for line in lines.values()} == {
        round(float(loss), 4) for loss in history.loss[:, 0]
    }


# Speed and axes.


@pytest.mark.parametrize("speed", ["Normal", "Fast", "Maximum"])
def test_a_speed_changed_while_playing_changes_the_pace_and_not_the_numbers(
    stage: Stage, speed: str
) -> None:
    stage.follow(RACE)
    stage.train("Normal")
    stage.reach(2)
    stage.choose("Speed", speed)
    stage.is_at_the_end(RACE)
    stage.assert_shows(RACE, RACE.epochs)


@pytest.mark.parametrize(("label", "axis"), [("Epoch axis", "xaxis"), ("Loss axis", "yaxis")])
def test_an_axis_can_be_linear_and_logarithmic_while_it_plays(
    stage: Stage, label: str, axis: str
) -> None:
    stage.follow(LONG)
    stage.train("Normal")
    stage.reach(2)
    for kind in ("linear", "log"):
        stage.choose(label, kind)
        stage.page.wait_for_function(
            "([axis, kind]) => [...document.querySelectorAll('.js-plotly-plot')].some((plot) =>"
            " plot.layout.title.text === 'Loss by epoch' && plot._fullLayout[axis].type === kind)",
            arg=[axis, kind],
        )
    epoch = stage.epoch
    stage.reach(epoch + 2)
    stage.press("Pause")


def test_the_loss_surface_can_be_switched_in_and_out(stage: Stage) -> None:
    stage.follow(RACE)
    charts = stage.page.locator(".js-plotly-plot")
    expect(charts).to_have_count(2)
    stage.page.get_by_label("Loss surface").check()
    stage.press("To the end")
    stage.is_at_the_end(RACE)
    expect(charts).to_have_count(3)
    stage.at_rest()
    surface = stage.plot("Loss surface")
    optimum = next(
        trace for trace in surface["data"] if trace.get("marker", {}).get("symbol") == "star"
    )
    (low, high), (bottom, top) = (surface["layout"][axis]["range"] for axis in ("xaxis", "yaxis"))
    assert low < optimum["x"][0] < high
    assert bottom < optimum["y"][0] < top
    stage.page.get_by_label("Loss surface").uncheck()
    expect(charts).to_have_count(2)
