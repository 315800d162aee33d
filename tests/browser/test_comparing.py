"""Comparing runs: side by side, hidden, sorted, pointed at, kept, gone on with."""

import re
from dataclasses import replace

import numpy as np
from playwright.sync_api import expect

from tempfit import Run, fit, thermometer
from tempfit.training.experiment import Experiment
from tests.browser.conftest import Open
from tests.browser.frames import epochs_of
from tests.browser.stage import Stage

RACE = Experiment(epochs=300, compare=(1e-3, 3e-2, 3.6e-2))
EIGHT = Experiment(epochs=300, compare=(1e-3, 3e-3, 5e-3, 2e-2, 2.5e-2, 3e-2, 3.6e-2))


def drawn(stage: Stage, title: str) -> set[str]:
    """Return the names of the runs whose lines a chart draws."""
    return {
        trace["name"]
        for trace in stage.plot(title)["data"]
        if trace["mode"] == "lines" and trace.get("name")
    }


def test_side_by_side_every_run_has_a_fit_above_a_loss_on_the_same_axes(stage: Stage) -> None:
    stage.follow(EIGHT)
    stage.choose("Runs", "side by side")
    expect(stage.page.locator(".tempfit-charts.apart > div")).to_have_count(8)
    plots = stage.page.locator(".js-plotly-plot")
    expect(plots).to_have_count(16)
    expect(stage.page.locator(".main-svg").first).to_be_visible()
    ranges = stage.page.evaluate(
        "[...document.querySelectorAll('.js-plotly-plot')].map((plot) =>"
        " JSON.stringify([plot.layout.xaxis.range, plot.layout.yaxis.range]))"
    )
    assert len(set(ranges[0::2])) == 1
    assert len(set(ranges[1::2])) == 1


def test_switched_in_mid_run_the_panels_go_on_moving(stage: Stage) -> None:
    stage.follow(EIGHT)
    stage.train("Normal")
    stage.reach(3)
    stage.choose("Runs", "side by side")
    before = stage.epoch
    stage.watch()
    stage.reach(before + 4)
    stage.press("Pause")
    assert len(epochs_of(stage.watched())) >= 4
    stage.assert_shows(EIGHT, stage.epoch)


def test_a_hidden_run_is_in_no_chart_and_keeps_its_row(stage: Stage) -> None:
    stage.finish(RACE)
    assert drawn(stage, "Loss by epoch") == {"0.01", "0.001", "0.03", "0.036"}
    stage.page.get_by_label("Show 0.001", exact=True).uncheck()
    for title in ("Fitted line", "Loss by epoch"):
        stage.page.wait_for_function(
            "title => ![...document.querySelectorAll('.js-plotly-plot')]"
            ".find((plot) => plot.layout.title.text === title)"
            ".data.some((trace) => trace.name === '0.001')",
            arg=title,
        )
    expect(stage.rows).to_have_count(4)


def test_only_one_run_is_shown_and_then_all_again(stage: Stage) -> None:
    stage.finish(RACE)
    only = stage.page.get_by_role("button", name="Show only 0.03", exact=True)
    only.click()
    for rate, shown in (("0.01", False), ("0.03", True), ("0.036", False)):
        expect(stage.page.get_by_label(f"Show {rate}", exact=True)).to_be_checked(checked=shown)
    only.click()
    expect(stage.page.get_by_label("Show 0.036", exact=True)).to_be_checked()


def test_rows_are_sorted_by_a_column_up_down_and_as_given(stage: Stage) -> None:
    stage.finish(RACE)
    rates = (
        "[...document.querySelectorAll('[data-testid=run]')].map((r) => +r.dataset.learningRate)"
    )
    losses = "[...document.querySelectorAll('[data-testid=run]')].map((r) => +r.dataset.loss)"
    heading = stage.page.get_by_role("button", name="Loss (°C²)", exact=True)
    heading.click()
    ascending = [loss for loss in stage.page.evaluate(losses) if loss is not None]
    finite = [loss for loss in ascending if np.isfinite(loss)]
    assert finite == sorted(finite)
    heading.click()
    finite = [loss for loss in stage.page.evaluate(losses) if loss and np.isfinite(loss)]
    assert finite == sorted(finite, reverse=True)
    heading.click()
    assert stage.page.evaluate(rates) == [0.01, 0.001, 0.03, 0.036]


def test_pointing_at_an_epoch_shows_it_in_all_rows_and_leaving_ends_that(stage: Stage) -> None:
    stage.finish(RACE)
    stage.page.wait_for_function(
        "document.querySelectorAll('.js-plotly-plot')[1]"
        ".data.find((trace) => trace.name === '0.01').x.length === 301"
    )
    x, y = stage.page.evaluate(
        """() => {
          const plot = document.querySelectorAll(".js-plotly-plot")[1];
          const curve = plot.data.find((trace) => trace.name === "0.01");
          const { xaxis, yaxis } = plot._fullLayout;
          const { left, top } = plot.getBoundingClientRect();
          return [
            left + xaxis._offset + xaxis.d2p(curve.x[100]),
            top + yaxis._offset + yaxis.d2p(curve.y[100]),
          ];
        }"""
    )
    stage.page.mouse.move(x, y - 30)
    stage.page.mouse.move(x, y - 1, steps=5)
    stage.page.wait_for_function(
        "document.querySelector('[data-testid=epoch]').textContent !== '300'"
    )
    stage.frames_pass(10)  # the pointer came in steps
    stage.assert_shows(RACE, stage.epoch)
    stage.page.mouse.move(5, 5)
    stage.is_at(300)


def test_the_loss_above_the_best_is_a_straight_line_on_a_log_axis(stage: Stage) -> None:
    stage.follow(replace(RACE, epochs=2000))
    stage.choose("Epoch axis", "linear")
    stage.choose("Loss axis", "above best")
    stage.press("To the end")
    stage.is_at_the_end(replace(RACE, epochs=2000))
    stage.at_rest()
    curve = next(t for t in stage.plot("Loss by epoch")["data"] if t.get("name") == "0.01")
    x, y = np.array(curve["x"]), np.array(curve["y"])
    late = x > 500
    slope, start = np.polyfit(x[late], np.log(y[late]), 1)
    np.testing.assert_allclose(np.log(y[late]), slope * x[late] + start, atol=0.02)


def test_a_zoom_survives_playback(stage: Stage) -> None:
    stage.follow(RACE)
    box = stage.page.locator(".nsewdrag").nth(1).bounding_box()
    assert box is not None
    stage.page.mouse.move(box["x"] + 50, box["y"] + 40)
    stage.page.mouse.down()
    stage.page.mouse.move(box["x"] + 200, box["y"] + 150, steps=4)
    stage.page.mouse.up()
    zoomed = stage.plot("Loss by epoch")["layout"]["xaxis"]["range"]
    stage.train("Maximum")
    stage.is_at_the_end(RACE)
    stage.frames_pass(30)
    assert stage.plot("Loss by epoch")["layout"]["xaxis"]["range"] == zoomed


def test_a_kept_run_stands_beside_another_scale_and_is_in_the_link(stage: Stage) -> None:
    stage.follow(Experiment(epochs=100))
    stage.press("Keep for comparison")
    expect(stage.page).to_have_url(re.compile("keep="))
    slider = stage.page.get_by_role("slider", name="Feature scale")
    slider.press("ArrowLeft")
    expect(stage.rows).to_have_count(2)
    stage.press("To the end")
    stage.is_at(100)
    kept = fit(thermometer(), [Run(1e-2, 0.1)], 100)
    assert stage.shown().rows[1].loss == kept.loss[0, -1]


def test_with_eight_panels_a_phone_has_no_sideways_scrolling(visit: Open) -> None:
    stage = visit(viewport={"width": 390, "height": 844})
    stage.load(EIGHT)
    stage.choose("Runs", "side by side")
    stage.frames_pass(20)
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= 390
