"""Every chart is zoomed by dragging over it, keeps that while the stage moves, and comes back."""

from typing import Any

import pytest

from tempfit import page as moves
from tempfit.training.experiment import Experiment
from tests.browser.conftest import Open
from tests.browser.stage import Stage, query_of

TAME = Experiment(epochs=200, compare=(1e-3,))
WILD = Experiment(epochs=100, learning_rate=1e-2, feature_scale=1.0)
RANGES = """plot => {
  const { xaxis, yaxis } = plot._fullLayout;
  return [xaxis, yaxis].map(({ range }) => [...range]);
}"""


@pytest.mark.parametrize(
    ("experiment", "layout", "place", "epoch"),
    [
        pytest.param(TAME, "together", 0, 30, id="line"),
        pytest.param(TAME, "together", 1, 30, id="loss"),
        pytest.param(TAME, "together", 2, 30, id="surface"),
        pytest.param(TAME, "side by side", 2, 30, id="line of a panel"),
        pytest.param(TAME, "side by side", 3, 30, id="loss of a panel"),
        pytest.param(WILD, "together", 0, 3, id="explosion"),
    ],
)
def test_a_zoom_stays_while_the_stage_moves_until_a_double_click(
    visit: Open, experiment: Experiment, layout: str, place: int, epoch: int
) -> None:
    stage: Stage = visit()
    stage.load(query_of(moves.Page(experiment, charts=("surface",))))
    stage.choose("Runs", layout)
    stage.press("To the end")
    stage.is_at_the_end(experiment)
    plot = stage.page.locator(".tempfit-charts .js-plotly-plot").nth(place)

    def ranges() -> Any:
        stage.at_rest()
        stage.frames_pass(10)
        return plot.evaluate(RANGES)

    stage.scrubber.fill(str(epoch))
    stage.is_at(epoch)
    there = ranges()
    stage.key("End")
    stage.is_at(experiment.epochs)
    ranges()
    plot.scroll_into_view_if_needed()
    box = plot.locator(".nsewdrag").bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    stage.page.mouse.move(*middle)
    stage.page.mouse.down()
    stage.page.mouse.move(middle[0] + 0.3 * box["width"], middle[1] + 0.3 * box["height"], steps=5)
    stage.page.mouse.up()
    zoomed = ranges()
    stage.page.mouse.move(0, 0)
    stage.scrubber.fill(str(epoch))
    stage.is_at(epoch)
    assert ranges() == zoomed
    stage.page.mouse.dblclick(*middle)
    stage.page.mouse.move(0, 0)
    stage.key("ArrowRight")
    stage.is_at(epoch + 1)
    stage.key("ArrowLeft")
    stage.is_at(epoch)
    for back, range_ in zip(ranges(), there, strict=True):
        assert back == pytest.approx(range_)
