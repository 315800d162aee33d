"""Raw beside scaled in one picture, and what is seen of runs side by side."""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

from tempfit import curvature, forecast, thermometer
from tempfit import page as moves
from tempfit.training.experiment import PRESETS, Experiment
from tests.browser.conftest import Open
from tests.browser.frames import trained
from tests.browser.stage import Stage, query_of

BESIDE = PRESETS["Raw beside scaled"]
WILD = Experiment(epochs=100, learning_rate=1e-2, feature_scale=1.0, compare=(1e-4,))
RAW, BOWL = "Loss surface, scale 1", "Loss surface, standardized"

UNITS = """title => {
  const plot = [...document.querySelectorAll(".js-plotly-plot")]
    .find(({ layout }) => layout?.title.text === title);
  const { xaxis, yaxis } = plot._fullLayout;
  return [xaxis, yaxis].map(({ range, _length }) => _length / (range[1] - range[0]));
}"""
# Of each panel's chart of the fitted line, in order: traces, and what the y-axis shows.
PANELS = """() => [...document.querySelectorAll(".tempfit-charts.apart > div")].map((panel) => {
  const { data, _fullLayout: { yaxis } } = panel.querySelector(".js-plotly-plot");
  return {
    names: data.map(({ name }) => name),
    lines: data.filter(({ mode }) => mode === "lines").map(({ name, x, y }) => ({ name, x, y })),
    range: yaxis.range,
    ticks: [...panel.querySelector(".js-plotly-plot").querySelectorAll(".yaxislayer-above text")]
      .map(({ textContent }) => textContent),
  };
})"""

# Where on the screen a loss stands at an epoch, in the panel of a run.
PLACE = """([place, x, y]) => {
  const panel = document.querySelectorAll(".tempfit-charts.apart > div")[place];
  const plot = panel.querySelectorAll(".js-plotly-plot")[1];
  plot.scrollIntoView({ block: "center" });
  const { xaxis, yaxis } = plot._fullLayout, box = plot.getBoundingClientRect();
  return [box.left + xaxis._offset + xaxis.d2p(x), box.top + yaxis._offset + yaxis.d2p(y)];
}"""


def shape(trace: dict[str, Any]) -> float:
    """Return how many times as long as wide a closed curve is."""
    points = np.array([trace["x"], trace["y"]], dtype=float)
    least, most = np.linalg.eigvalsh(np.cov(points[:, :-1]))
    return float(np.sqrt(most / least))


def test_one_click_shows_the_crack_beside_the_bowl_in_one_scale_and_both_train(
    visit: Open,
) -> None:
    stage: Stage = visit()
    stage.load(Experiment(epochs=10))
    stage.page.get_by_label("Preset").click()
    stage.page.get_by_role("option", name="Raw beside scaled").click()
    expect(stage.page.locator(".js-plotly-plot .main-svg:first-child")).to_have_count(4)
    expect(stage.page.get_by_label("Loss surface", exact=True)).to_be_checked()
    stage.page.wait_for_function(
        "title => [...document.querySelectorAll('.js-plotly-plot')]"
        ".some(({ layout }) => layout?.title.text === title)",
        arg=RAW,
    )
    stage.frames_pass(20)
    units = [stage.page.evaluate(UNITS, title) for title in (RAW, BOWL)]
    assert np.ptp(units) == pytest.approx(0, abs=1e-6 * units[0][0])
    for title, scale, shift in ((BOWL, *feature(0)), (RAW, *feature(1))):
        contour = next(t for t in stage.plot(title)["data"] if t.get("fill") == "toself")
        condition = curvature(thermometer(), scale, shift).condition_number
        assert shape(contour) == pytest.approx(np.sqrt(condition), rel=0.02)
    stage.press("To the end")
    stage.is_at_the_end(BESIDE)
    stage.assert_shows(BESIDE, BESIDE.epochs)
    stage.at_rest()
    history = trained(BESIDE, BESIDE.epochs)
    path = next(t for t in stage.plot(BOWL)["data"] if t.get("name") == "0.01 · standardized")
    assert (path["x"][-1], path["y"][-1]) == (history.w[0, 0], history.b[0, 0])
    raw = next(t for t in stage.plot(RAW)["data"] if t.get("name") == "0.01 · scale 1")
    law = forecast(thermometer(), [BESIDE.runs(thermometer())[1]], [0, 1])
    np.testing.assert_allclose([raw["x"], raw["y"]], [law.w[0], law.b[0]], rtol=1e-5, atol=1e-6)


def feature(place: int) -> tuple[float, float]:
    run = BESIDE.runs(thermometer())[place]
    return run.feature_scale, run.feature_shift


def test_side_by_side_each_panel_follows_its_own_explosion(stage: Stage) -> None:
    stage.follow(WILD)
    stage.choose("Runs", "side by side")
    base = stage.page.evaluate(PANELS)[1]["range"]
    for epoch in (1, 2, 3):
        stage.key("ArrowRight")
        stage.is_at(epoch)
    stage.at_rest()
    stage.frames_pass(5)
    wild, tame = stage.page.evaluate(PANELS)
    run = WILD.runs(thermometer())[0]
    law = forecast(thermometer(), [run], [3])
    for x, y in zip(wild["lines"][0]["x"], wild["lines"][0]["y"], strict=True):
        assert y == pytest.approx(law.w[0, 0] * x + law.b[0, 0], rel=1e-4)
    low, high = wild["range"]
    ends = [law.w[0, 0] * float(x) + law.b[0, 0] for x in thermometer().x]
    assert low < min(ends)
    assert max(ends) < high
    assert len(wild["ticks"]) >= 3  # its own numbers
    assert tame["range"] == base
    stage.choose("Runs", "together")


def test_side_by_side_scrubbing_moves_each_panel_and_hover_tells_of_its_own_run(
    stage: Stage,
) -> None:
    both = Experiment(epochs=60, compare=(1e-3,))
    stage.follow(both)
    stage.choose("Runs", "side by side")
    stage.press("To the end")
    stage.is_at_the_end(both)
    stage.scrubber.fill("20")
    stage.is_at(20)
    stage.at_rest()
    stage.frames_pass(5)
    history = trained(both, 20)
    for place, panel in enumerate(stage.page.evaluate(PANELS)):
        run, loss = both.runs(thermometer())[place], float(history.loss[place, 0])
        w, b = run.original(history.w[place, 0], history.b[place, 0])
        line = panel["lines"][0]
        np.testing.assert_allclose(line["y"], w * np.array(line["x"]) + b, rtol=1e-4)
        stage.page.mouse.move(*stage.page.evaluate(PLACE, [place, 20, loss]))
        told = stage.page.locator(".tempfit-charts.apart > div").nth(place).locator(".hoverlayer")
        for said in (f"Learning rate {run.learning_rate}", "epoch 20", f"loss {loss:.6g}"):
            expect(told.last).to_contain_text(said)
    stage.choose("Runs", "together")


def test_side_by_side_the_ghost_stands_in_the_panel_of_its_colour(stage: Stage) -> None:
    tame = Experiment(epochs=60, compare=(1e-3,))
    stage.follow(tame)
    stage.choose("Runs", "side by side")
    stage.press("To the end")
    stage.is_at(60)
    stage.page.get_by_role("slider", name="Learning rate").press("ArrowLeft")
    stage.is_at(0)
    stage.page.wait_for_function(
        "() => document.querySelectorAll('.tempfit-charts.apart > div').length === 2 &&"
        " [...document.querySelectorAll('.tempfit-charts.apart .js-plotly-plot')]"
        ".every(({ data }) => data.some(({ name }) => name?.startsWith('before')))"
    )
    names = [panel["names"] for panel in stage.page.evaluate(PANELS)]
    assert [next(n for n in each if n and n.startswith("before")) for each in names] == [
        "before: 0.01",
        "before: 0.001",
    ]
    stage.choose("Runs", "together")


def test_hover_solo_and_zoom_work_on_each_surface_and_a_zoom_outlasts_playing(
    visit: Open,
) -> None:
    stage: Stage = visit()
    stage.load(query_of(moves.load(moves.Page(), BESIDE)))
    expect(stage.page.locator(".js-plotly-plot .main-svg:first-child")).to_have_count(4)
    stage.press("To the end")
    stage.is_at_the_end(BESIDE)
    stage.at_rest()
    bowl = stage.page.locator(".tempfit-surface").first
    area = bowl.locator(".nsewdrag")
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box
    axes = stage.plot(BOWL)["layout"]
    history = trained(BESIDE, 20)
    shares = [
        (float(value) - low) / (high - low)
        for value, (low, high) in (
            (history.w[0, 0], axes["xaxis"]["range"]),
            (history.b[0, 0], axes["yaxis"]["range"]),
        )
    ]
    place = box["x"] + shares[0] * box["width"], box["y"] + (1 - shares[1]) * box["height"]
    stage.page.mouse.move(*place)
    expect(bowl.locator(".hoverlayer text").first).to_contain_text("0.01")
    stage.page.wait_for_function(
        "loss => Math.abs(document.querySelector('[data-testid=run]').dataset.loss - loss) < 15",
        arg=float(history.loss[0, 0]),
    )
    stage.page.mouse.move(*place)
    stage.page.mouse.down()
    stage.page.mouse.move(place[0] + 80, place[1] - 60, steps=5)
    stage.page.mouse.up()
    stage.page.mouse.move(0, 0)
    zoomed = stage.page.evaluate(UNITS, BOWL)
    assert zoomed[0] > 1.5 * stage.page.evaluate(UNITS, RAW)[0]
    stage.train("Fast")
    stage.reach(30)
    stage.press("Pause")
    stage.at_rest()
    assert stage.page.evaluate(UNITS, BOWL) == pytest.approx(zoomed, rel=1e-6)
    stage.rows.nth(1).hover()
    stage.page.get_by_role("button", name="Show only 0.01 · scale 1").click()
    stage.frames_pass(20)
    assert "0.01 · standardized" not in [trace.get("name") for trace in stage.plot(BOWL)["data"]]
    assert "0.01 · scale 1" in [trace.get("name") for trace in stage.plot(RAW)["data"]]
