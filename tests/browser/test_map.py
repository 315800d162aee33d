"""The map among the charts: what it draws is the closed form's, and a place on it can be chosen."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from tempfit import Run, curvature, forecast, thermometer
from tempfit.training.experiment import Experiment
from tests.browser.conftest import Open
from tests.browser.stage import Stage

TEXTS = (Path(__file__).parent / "texts.js").read_text()
TITLE = "Map: forecast"
SHORT = Experiment(epochs=300, compare=(1e-3,))
CONVERGED, EXPLODED = (109, 166, 196), (208, 130, 119)

# The colours of the canvas at shares of the axes [across, from below], and the epoch, in one frame.
COLOURS = """places => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => {
  const place = document.querySelector(".tempfit-map");
  const { xaxis, yaxis } = place.querySelector(".js-plotly-plot")._fullLayout;
  const canvas = [...place.querySelectorAll("canvas")].at(-1);
  const ratio = devicePixelRatio;
  const copy = new OffscreenCanvas(canvas.width, canvas.height)
    .getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const colours = places.map(([across, up]) => [...copy.getImageData(
    ratio * (xaxis._offset + across * xaxis._length),
    ratio * (yaxis._offset + (1 - up) * yaxis._length), 1, 1).data].slice(0, 3));
  resolve([Number(document.querySelector("[data-testid=epoch]").textContent), colours]);
})))"""


def opened(visit: Open, experiment: Experiment = SHORT) -> Stage:
    stage: Stage = visit()
    stage.page.add_init_script(TEXTS)
    stage.load(experiment)
    stage.page.get_by_label("Map").check()
    expect(stage.page.locator(".js-plotly-plot")).to_have_count(3)
    stage.page.locator(".tempfit-map .heatmaplayer image").wait_for()
    stage.at_rest()
    return stage


def map_of(stage: Stage) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the map's layout, and its traces: the cells, the limit, and the points of the runs."""
    plot = stage.plot(TITLE)
    cells = next(trace for trace in plot["data"] if trace["type"] == "heatmap")
    return plot["layout"], {"cells": cells} | {t["name"]: t for t in plot["data"] if "name" in t}


def middles(edges: list[float]) -> np.ndarray:
    return np.sqrt(np.multiply(edges[1:], edges[:-1]))


def at(stage: Stage, rate: float, scale: float) -> tuple[float, float]:
    """Return where a place of the map is on the screen."""
    box = stage.page.locator(".tempfit-map .nsewdrag").bounding_box()
    assert box
    layout, _ = map_of(stage)
    shares = [
        (np.log10(value) - low) / (high - low)
        for value, (low, high) in (
            (rate, layout["xaxis"]["range"]),
            (scale, layout["yaxis"]["range"]),
        )
    ]
    return box["x"] + shares[0] * box["width"], box["y"] + (1 - shares[1]) * box["height"]


def written(stage: Stage, title: str) -> list[dict[str, Any]]:
    stage.frames_pass(2)
    found: list[dict[str, Any]] = stage.page.evaluate("title => texts.on(title)", title)
    return found


@pytest.mark.parametrize("epoch", [0, 7, 300])
def test_every_cell_has_the_loss_that_the_closed_form_has(visit: Open, epoch: int) -> None:
    stage = opened(visit)
    stage.press("To the end")
    stage.is_at_the_end(SHORT)
    stage.scrubber.fill(str(epoch))
    stage.is_at(epoch)
    stage.page.wait_for_function(
        "epoch => [...document.querySelectorAll('.js-plotly-plot')].some(({ data }) =>"
        " data.some(({ type, hovertemplate }) => type === 'heatmap' &&"
        " hovertemplate.includes(`at epoch ${epoch}<`)))",
        arg=epoch,
    )
    _, traces = map_of(stage)
    rates, scales = middles(traces["cells"]["x"]), middles(traces["cells"]["y"])
    losses = np.array(traces["cells"]["customdata"], dtype=float)
    losses[np.isnan(losses)] = np.inf  # JSON has none
    assert losses.shape == (scales.size, rates.size)
    for row, column in np.random.default_rng(0).integers(0, rates.size, (40, 2)):
        run = Run(float(rates[column]), float(scales[row]))
        expected = forecast(thermometer(), [run], [epoch]).loss[0, 0]
        np.testing.assert_allclose(losses[row, column], expected, rtol=1e-6)
        level = traces["cells"]["z"][row][column]
        assert (level == 1) is bool(expected <= curvature(thermometer(), 1.0).converged_loss)
        start = forecast(thermometer(), [run], [0]).loss[0, 0]
        assert (level < 0) is bool(expected > start)


def test_the_limit_the_regions_and_the_runs_stand_where_theory_has_them(visit: Open) -> None:
    stage = opened(visit)
    layout, traces = map_of(stage)
    limit = traces["Largest stable learning rate"]
    for rate, scale in zip(limit["x"][::8], limit["y"][::8], strict=True):
        stable = curvature(thermometer(), scale).max_stable_learning_rate
        assert rate == pytest.approx(stable, rel=1e-9)
    assert [(traces[name]["x"], traces[name]["y"]) for name in ("0.01", "0.001")] == [
        ([0.01], [0.1]),
        ([0.001], [0.1]),
    ]
    named = {note["text"]: (10 ** note["x"], 10 ** note["y"]) for note in layout["annotations"]}
    assert set(named) == {"too slow", "converges", "explodes"}
    bowl = curvature(thermometer(), 1.0)
    for text, (rate, scale) in named.items():
        loss = forecast(thermometer(), [Run(rate, scale)], [SHORT.epochs]).loss[0, 0]
        beyond = rate > curvature(thermometer(), scale).max_stable_learning_rate
        assert beyond is (text == "explodes")
        assert bool(loss <= bowl.converged_loss) is (text == "converges")


def test_the_map_fills_as_the_stage_plays(visit: Open) -> None:
    stage = opened(visit)
    axes = map_of(stage)[0]
    (left, right), (bottom, top) = axes["xaxis"]["range"], axes["yaxis"]["range"]
    runs = [Run(1e-5, 0.002), Run(5.0, 0.8), Run(0.3, 0.02)]
    places = [
        (
            (np.log10(run.learning_rate) - left) / (right - left),
            (np.log10(run.feature_scale) - bottom) / (top - bottom),
        )
        for run in runs
    ]
    stage.train("Normal")
    bowl = curvature(thermometer(), 1.0)
    seen = set()
    for epoch in (1, 20, 60, 200):
        stage.reach(epoch)
        now, colours = stage.page.evaluate(COLOURS, places)
        loss = forecast(thermometer(), runs, [0, now])
        for k, colour in enumerate(colours):
            if loss.loss[k, 1] <= bowl.converged_loss:
                np.testing.assert_allclose(colour, CONVERGED, atol=3)
                seen.add("converged")
            elif loss.loss[k, 1] > 1e14 * loss.loss[k, 0]:
                np.testing.assert_allclose(colour, EXPLODED, atol=3)
                seen.add("exploded")
            elif 0.9 < loss.loss[k, 1] / loss.loss[k, 0] <= 1:
                assert np.ptp(colour) < 15  # nearly grey
                seen.add("as it began")
    assert seen == {"converged", "exploded", "as it began"}


def test_a_click_chooses_a_place_and_trains_there(visit: Open) -> None:
    stage = opened(visit)
    stage.page.mouse.click(*at(stage, 0.02, 0.05))
    expect(stage.page).to_have_url(re.compile(r"lr=0\.0\d+&.*scale=0\.0\d+"))
    rate = float(re.findall(r"lr=([\d.]+)", stage.page.url)[0])
    assert rate == pytest.approx(0.02, rel=0.06)
    assert rate == float(f"{rate:.2g}")
    stage.reach(1)  # it trains by itself
    stage.press("To the end")
    stage.at_rest()
    _, traces = map_of(stage)
    assert [rate] in [trace["x"] for name, trace in traces.items() if name != "cells"]


def test_dragging_shows_the_forecast_in_the_charts_and_releasing_sets_it(visit: Open) -> None:
    stage = opened(visit)
    url = stage.page.url
    stage.page.mouse.move(*at(stage, 0.004, 0.05))
    stage.page.mouse.down()
    stage.page.mouse.move(*at(stage, 0.01, 0.05), steps=4)
    stage.page.mouse.move(*at(stage, 0.02, 0.05), steps=4)
    place, said = (
        next(text["text"] for text in written(stage, TITLE) if word in text["text"])
        for word in ("scale", "epoch")
    )
    rate, scale = (float(part) for part in re.findall(r"[\d.]+", place))
    assert rate == pytest.approx(0.02, rel=0.06)
    history = forecast(thermometer(), [Run(rate, scale)], range(1, 20_000)).loss[0]
    converged = 1 + int(np.argmax(history <= curvature(thermometer(), scale).converged_loss))
    assert f"{converged:,}" in said
    label = next(t for t in written(stage, "Loss by epoch") if t["text"].startswith("forecast"))
    assert label["text"] == f"forecast {rate:g}"
    axes = stage.page.evaluate(
        """() => { const { yaxis } = [...document.querySelectorAll(".js-plotly-plot")].find(
          ({ layout }) => layout.title.text === "Loss by epoch")._fullLayout;
          return { top: yaxis._offset, height: yaxis._length, range: yaxis.range }; }"""
    )
    low, high = axes["range"]
    end = np.log10(history[SHORT.epochs - 1])
    y = axes["top"] + axes["height"] * (high - end) / (high - low)
    assert abs(label["y"] - 5 - y) < 25  # where its line ends, or beside another name
    assert stage.page.url == url
    stage.page.mouse.up()
    expect(stage.page).to_have_url(re.compile(f"lr={rate:g}&"))
    expect(stage.rows.first).to_have_attribute("data-learning-rate", f"{rate:g}")


def test_a_place_is_chosen_by_keyboard_or_left_alone(visit: Open) -> None:
    stage = opened(visit)
    place = stage.page.locator(".tempfit-map")
    place.focus()
    for _ in range(2):
        stage.key("ArrowRight")
    stage.key("ArrowUp")
    assert "rate 0.012, scale 0.11" in [text["text"] for text in written(stage, TITLE)]
    stage.key("Escape")
    assert "rate 0.012, scale 0.11" not in [text["text"] for text in written(stage, TITLE)]
    assert "lr=" not in stage.page.url
    stage.key("ArrowLeft")
    stage.key("Enter")
    expect(stage.page).to_have_url(re.compile(r"lr=0\.0091"))
    stage.reach(1)


def test_a_run_that_is_hidden_or_has_no_place_is_not_on_the_map(visit: Open) -> None:
    stage = opened(visit)
    stage.page.get_by_label("Show 0.001").uncheck()
    stage.frames_pass(10)
    assert "0.001" not in map_of(stage)[1]
    stage.page.get_by_text("Standardize (mean 0, variance 1)").click()
    expect(stage.rows.first).to_have_attribute("data-w", "1")
    stage.page.wait_for_function(
        "() => [...document.querySelectorAll('.js-plotly-plot')].some(({ layout }) =>"
        " layout.annotations?.some(({ text }) => text === '0.01: not on this map'))"
    )
    assert "0.01" not in map_of(stage)[1]
