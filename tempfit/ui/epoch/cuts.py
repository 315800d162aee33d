"""Cuts through the loss: the parabola along w and the one along b, with what is drawn on them."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from tempfit.data.dataset import Dataset
from tempfit.data.names import squared
from tempfit.epoch.anatomy import Epoch
from tempfit.epoch.slopes import Floats, Parabola, cut
from tempfit.epoch.tex import DIGITS
from tempfit.figures import padded
from tempfit.numbers import number
from tempfit.ui.epoch.charts import TOP_RIGHT, chart, scatter
from tempfit.ui.wire.sections import ChartData, Plotly
from tempfit.words import later, say

AT: Final = later("at {at}: loss {loss}")
UPDATE_VIEW: Final = 2.5  # how far to look on both sides, in lengths of the update


def cuts(
    dataset: Dataset,
    epoch: Epoch,
    parabolas: Sequence[Parabola],
    *,
    updating: bool = False,
    secants: Sequence[Plotly] = (),
) -> list[ChartData]:
    """Draw the loss along w and along b with its slope.

    If `updating`, an arrow shows where the update goes; else the secants are drawn, if any.
    """
    both = []
    for place, (name, parabola) in enumerate(zip("wb", parabolas, strict=True)):
        moved = epoch.after[place] - epoch.before[place]
        reach = parabola.reach(moved)
        if updating and moved and math.isfinite(moved):
            reach = UPDATE_VIEW * abs(moved)  # near enough to see the update, however short
        at, height = cut(parabola, reach)
        drawn = bool(np.isfinite(height).all())
        low, high = (float(height.min()), float(height.max())) if drawn else (0.0, 1.0)
        traces = [
            scatter("lines", at, height, _hover(), line={"color": "@faint", "width": 2.5}),
            _tangent(parabola, at, strong=not updating),
            *(_update(parabola, moved) if updating else secants[place : place + 1]),
            scatter(
                "markers", [parabola.at], [parabola.loss], marker={"size": 11, "color": "@run"}
            ),
        ]
        both.append(
            chart(
                say(
                    "Loss by {name}, slope {slope}",
                    name=name,
                    slope=number(epoch.gradient[place], 4),
                ),
                _label(name, parabola),
                {"title": name, "range": [at[0], at[-1]]},
                {"title": squared(dataset.y_unit), "range": padded((low, high), 0.06)},
                traces if drawn else [],
                [] if drawn else [{"text": say("beyond what can be drawn"), **TOP_RIGHT}],
            )
        )
    return both


def _label(name: str, parabola: Parabola) -> str:
    """Say what a cut shows."""
    if not (math.isfinite(parabola.loss) and math.isfinite(parabola.slope)):
        return say("The loss as {name} varies: overflowed", name=name)
    at, slope = number(parabola.at, DIGITS), number(parabola.slope, DIGITS)
    said = later(
        "The loss as {name} varies and the other stays, a parabola; at {name} {at} its slope is "
        "{slope}"
    )
    return say(said, name=name, at=at, slope=slope)


def _hover() -> str:
    return say(AT, at="%{x:.5~g}", loss="%{y:.5~g}")


def _tangent(parabola: Parabola, at: Floats, *, strong: bool) -> Plotly:
    """Draw the slope as a straight line through the present point."""
    ends = np.array([at[0], at[-1]])
    height = parabola.loss + parabola.slope * (ends - parabola.at)
    line = {"color": "@run", "width": 3 if strong else 1.5}
    return scatter("lines", ends, height, line=line, opacity=1.0 if strong else 0.4)


def _update(parabola: Parabola, moved: float) -> list[Plotly]:
    """Draw where the update goes: an arrow as long as it is, then a dotted line to the loss."""
    there = parabola.at + moved
    height = float(parabola.height(np.array([there]))[0])
    arrow = {"symbol": ["circle", "arrow"], "angleref": "previous", "size": [0, 14]}
    return [
        scatter(
            "lines+markers",
            [parabola.at, there],
            [parabola.loss, parabola.loss],
            line={"color": "@accent", "width": 3},
            marker={**arrow, "color": "@accent"},
        ),
        scatter(
            "lines",
            [there, there],
            [parabola.loss, height],
            line={"color": "@accent", "width": 1.5, "dash": "dot"},
        ),
        scatter("markers", [there], [height], _hover(), marker={"size": 10, "color": "@accent"}),
    ]
