"""Going on: from an epoch at another rate, for longer, and until each run has converged."""

import csv
import io
from dataclasses import replace

import numpy as np
from playwright.sync_api import expect

from tempfit import curvature, fit, thermometer
from tempfit.training.experiment import Experiment
from tempfit.training.recording import recorded_epochs
from tests.browser.frames import assert_numbers
from tests.browser.stage import Stage

RACE = Experiment(epochs=300, compare=(1e-3, 3e-2, 3.6e-2))


def test_going_on_at_another_rate_trains_what_a_run_that_changes_does(stage: Stage) -> None:
    start = Experiment(epochs=200, learning_rate=0.036)
    changed = replace(start, changes=((15, 0.02),))
    stage.follow(start)
    for _ in range(15):
        stage.key("ArrowRight")
    stage.is_at(15)
    stage.page.get_by_text("Go on…", exact=True).click()
    stage.page.get_by_label("New rate").fill("0.02")
    stage.press("Change the rate here")
    expect(stage.page.get_by_text("then 0.02 from epoch 15").first).to_be_visible()
    stage.is_at(15)
    stage.key("End")
    stage.is_at_the_end(changed)
    history = fit(thermometer(), changed.runs(thermometer()), 200)
    assert_numbers(stage.shown().rows, history, -1)


def test_one_can_go_on_from_an_epoch_between_two_recorded_ones(stage: Stage) -> None:
    start = Experiment(epochs=5000)
    recorded = recorded_epochs(start.epochs)
    gap = int(np.flatnonzero(np.diff(recorded) > 2)[0])
    stage.follow(start)
    stage.key("End")
    stage.is_at_the_end(start)
    stage.scrubber.fill(str(gap + 1))
    stage.key("ArrowLeft")
    between = int(recorded[gap + 1]) - 1
    stage.is_at(between)
    stage.page.get_by_text("Go on…").click()
    stage.page.get_by_label("New rate").fill("0.02")
    stage.press("Change the rate here")
    expect(stage.page.get_by_text(f"then 0.02 from epoch {between:,}").first).to_be_visible()
    stage.is_at(between)
    assert between not in recorded


def test_going_on_for_twice_as_long_keeps_what_was_trained(stage: Stage) -> None:
    stage.finish(Experiment(epochs=50))
    stage.page.get_by_text("Go on…", exact=True).click()
    stage.press("Double the epochs")
    expect(stage.page.locator(".of")).to_have_text("of 100")
    stage.is_at(50)
    stage.key("End")
    stage.is_at(100)
    stage.assert_shows(Experiment(epochs=100), 100)


def test_each_run_stops_where_it_has_converged_if_that_is_asked_for(stage: Stage) -> None:
    experiment = Experiment(epochs=5000, learning_rate=0.03, compare=(0.01, 0.036))
    runs = experiment.runs(thermometer())
    history = fit(thermometer(), runs, experiment.epochs)
    converged = history.loss <= curvature(thermometer()).converged_loss
    first, second = converged[0].argmax(), converged[1].argmax()
    assert 0 < first < second < len(history) - 1  # else nothing would be seen to stop
    stage.follow(experiment)
    stage.page.get_by_text("Go on…", exact=True).click()
    stage.page.get_by_label("Stop each run once it has converged").check()
    stage.train("Fast")
    expect(stage.page.locator("[data-state=paused]")).to_be_visible()
    stage.is_at(int(history.epoch[second]))
    overflowed = stage.shown().rows[2]
    assert overflowed.status == "overflowed"
    for row, place, r in zip(stage.shown().rows, (first, second), range(2), strict=False):
        assert row.status == "converged"
        for name in ("loss", "w", "b"):
            assert getattr(row, name) == getattr(history, name)[r, place]
    outcomes = stage.page.get_by_test_id("sentence")
    expect(outcomes.first).to_have_text(
        f"Stopped at epoch {history.epoch[first]:,}, where it had converged."
    )
    stage.page.wait_for_function(
        "last => document.querySelectorAll('.js-plotly-plot')[1]"
        ".data.find((trace) => trace.name === '0.03').x.at(-1) === last",
        arg=int(history.epoch[first]),
    )
    stage.page.locator(".tempfit-takeaway summary").click()
    with stage.page.expect_download() as download:
        stage.press("History as CSV")
    lines = list(csv.DictReader(io.StringIO(download.value.path().read_text())))
    for rate, place in (("0.03", first), ("0.01", second)):
        epochs = [int(line["epoch"]) for line in lines if line["learning rate"] == rate]
        assert epochs == history.epoch[: place + 1].tolist()
    stage.page.get_by_text("Go on…", exact=True).click()
    stage.page.get_by_label("Stop each run once it has converged").uncheck()
    stage.assert_shows(experiment, int(history.epoch[second]))
