"""What the charts let one see: an explosion, names at the lines' ends, a surface, a ghost."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from tempfit import forecast, thermometer
from tempfit.training.experiment import PRESETS, Experiment
from tests.browser.conftest import Open
from tests.browser.frames import trained
from tests.browser.stage import Stage

TEXTS = (Path(__file__).parent / "texts.js").read_text()
EXPLOSION = Experiment(epochs=100, learning_rate=1e-2, feature_scale=1.0)
RACE = PRESETS["Race four learning rates"]
TAME = Experiment(epochs=300, compare=(1e-3, 2e-2))
LINE_PX = 15  # from one name to the next below it

# The texts on a chart, with what Plotly has of its axes, in one and the same frame.
LOOK = """title => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
  const plot = [...document.querySelectorAll(".js-plotly-plot")]
    .find(({ layout }) => layout.title.text === title);
  const { xaxis, yaxis } = plot._fullLayout;
  resolve({
    texts: texts.on(title),
    epoch: Number(document.querySelector("[data-testid=epoch]").textContent),
    left: xaxis._offset,
    right: xaxis._offset + xaxis._length,
    top: yaxis._offset,
    height: yaxis._length,
    xRange: xaxis.range,
    yRange: yaxis.range,
  });
})))"""


def look(stage: Stage, title: str) -> dict[str, Any]:
    found: dict[str, Any] = stage.page.evaluate(LOOK, title)
    return found


def number(text: str) -> float:
    return float(text.replace("−", "-").replace(",", ""))


def line_at(experiment: Experiment, epoch: int, x: float) -> float:
    """Return the closed form's prediction of the first run at an epoch."""
    run = experiment.runs(thermometer())[0]
    history = forecast(thermometer(), [run], [epoch])
    slope, intercept = run.original(float(history.w[0, 0]), float(history.b[0, 0]))
    return slope * x + intercept


def value_at(seen: dict[str, Any], y: float) -> float:
    """Return the value at a height, by the numbers written beside the axis."""
    ticks = [text for text in seen["texts"] if text["x"] < seen["left"] and "(" not in text["text"]]
    heights, values = zip(*((tick["y"], number(tick["text"])) for tick in ticks), strict=True)
    slope, start = np.polyfit(heights, values, 1)
    return float(slope * y + start)


@pytest.fixture
def written(visit: Open) -> Stage:
    """Give a page whose canvases are noted from the start."""
    stage = visit()
    stage.page.add_init_script(TEXTS)
    return stage


def test_the_camera_follows_an_explosion_and_what_it_shows_is_true(written: Stage) -> None:
    written.load(EXPLOSION)
    written.train("Normal")
    looks = []
    for epoch in (1, 2, 3, 4):
        written.reach(epoch)
        looks.append(look(written, "Fitted line"))
    for seen in looks:
        # Its name stands at the line's end, which is between those of two epochs.
        name = next(text for text in seen["texts"] if text["text"] == "0.01")
        assert name["x"] > seen["right"]
        right = seen["xRange"][1]
        ends = [line_at(EXPLOSION, seen["epoch"] + step, right) for step in (0, 1)]
        room = 0.05 * max(map(abs, ends))
        assert min(ends) - room <= value_at(seen, name["y"]) <= max(ends) + room
        assert seen["top"] <= name["y"] <= seen["top"] + seen["height"] + 5
    spans = [abs(value_at(seen, 0) - value_at(seen, 100)) for seen in looks]
    assert all(later > 5 * earlier for earlier, later in pairwise(spans))


def test_at_rest_the_axis_holds_the_line_that_has_exploded_and_comes_back(stage: Stage) -> None:
    stage.follow(EXPLOSION)
    base = stage.plot("Fitted line")["layout"]["yaxis"]["range"]
    for epoch in (1, 2, 3):
        stage.key("ArrowRight")
        stage.is_at(epoch)
    stage.at_rest()
    stage.frames_pass(5)
    fit = stage.plot("Fitted line")
    low, high = fit["layout"]["yaxis"]["range"]
    line = next(trace for trace in fit["data"] if trace["name"] == "0.01")
    expected = [line_at(EXPLOSION, 3, x) for x in line["x"]]
    np.testing.assert_allclose(line["y"], expected, rtol=1e-4)
    for x in fit["layout"]["xaxis"]["range"]:
        assert low < line_at(EXPLOSION, 3, x) < high
    stage.press("To the start")
    stage.is_at(0)
    stage.at_rest()
    stage.frames_pass(5)
    assert stage.plot("Fitted line")["layout"]["yaxis"]["range"] == base


def test_a_run_that_leaves_others_behind_is_an_arrow_with_its_value(stage: Stage) -> None:
    stage.follow(RACE)
    base = stage.plot("Fitted line")["layout"]["yaxis"]["range"]
    stage.key("End")
    stage.is_at_the_end(RACE)
    stage.scrubber.fill("60")
    stage.is_at(60)
    stage.at_rest()
    stage.frames_pass(5)
    layout = stage.plot("Fitted line")["layout"]
    assert layout["yaxis"]["range"] == base
    w = float(trained(RACE, 60).w[3, 0])
    (note,) = layout["annotations"]
    arrow, name, _, value = note["text"].split()
    assert (arrow, name) == ("▲" if w > 0 else "▼", "0.036:")
    assert number(value) == pytest.approx(w, rel=1e-3)


@pytest.mark.parametrize("title", ["Fitted line", "Loss by epoch"])
def test_every_line_is_named_at_its_end_and_no_name_lies_over_another(
    written: Stage, title: str
) -> None:
    written.load(TAME)
    written.press("To the end")
    written.is_at_the_end(TAME)
    written.at_rest()
    written.frames_pass(5)
    seen = look(written, title)
    names = {text["text"]: text for text in seen["texts"]}
    assert set(names) == {"0.01", "0.001", "0.02"}
    heights = sorted(text["y"] for text in names.values())
    assert all(below - above >= LINE_PX - 1 for above, below in pairwise(heights))
    lines = {
        trace["name"]: trace
        for trace in written.plot(title)["data"]
        if trace.get("name") in names and trace["mode"] == "lines"
    }
    low, high = seen["yRange"]
    log = title == "Loss by epoch"
    for name, line in lines.items():
        right = seen["xRange"][1]
        value = np.log10(line["y"][-1]) if log else np.interp(right, line["x"], line["y"])
        y = seen["top"] + seen["height"] * (high - value) / (high - low)
        assert abs(names[name]["y"] - 5 - y) < 1.5 * LINE_PX


def test_the_surface_has_one_scale_until_it_is_stretched(stage: Stage) -> None:
    stage.follow(TAME)
    stage.page.get_by_label("Loss surface").check()
    stage.settled()
    units = """() => {
      const plot = [...document.querySelectorAll(".js-plotly-plot")]
        .find(({ layout }) => layout?.title.text === "Loss surface");
      const { xaxis, yaxis } = plot._fullLayout;
      return [xaxis, yaxis].map(({ range, _length }) => _length / (range[1] - range[0]));
    }"""
    stage.page.wait_for_function(
        "() => document.querySelectorAll('.js-plotly-plot .main-svg').length >= 6"
    )
    stage.frames_pass(10)
    across, up = stage.page.evaluate(units)
    assert across == pytest.approx(up, rel=1e-6)
    stage.press("Stretch")
    stage.frames_pass(20)
    across, up = stage.page.evaluate(units)
    assert across > 1.5 * up
    stage.press("Stretch")
    stage.page.get_by_label("Loss surface").uncheck()


def test_moving_a_slider_keeps_what_was_trained_as_a_ghost_until_it_is_dismissed(
    stage: Stage,
) -> None:
    stage.follow(Experiment(epochs=50))
    stage.press("To the end")
    stage.is_at(50)
    stage.page.get_by_role("slider", name="Learning rate").press("ArrowLeft")
    stage.is_at(0)
    stage.page.wait_for_function(
        "() => [...document.querySelectorAll('.js-plotly-plot')]"
        ".filter(({ data }) => data.some(({ name }) => name === 'before: 0.01')).length === 2"
    )
    ghost = next(t for t in stage.plot("Loss by epoch")["data"] if t.get("name") == "before: 0.01")
    assert ghost["y"][-1] == trained(Experiment(epochs=50), 50).loss[0, 0]
    stage.press("✕ before")
    expect(stage.button("✕ before")).to_have_count(0)
    stage.page.wait_for_function(
        "() => [...document.querySelectorAll('.js-plotly-plot')]"
        ".every(({ data }) => data.every(({ name }) => !name?.startsWith('before')))"
    )
