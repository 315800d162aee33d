"""The two charts beside a step: what is spoken of is drawn strongly, the rest faintly or not.

On the left the readings and the line; on the right the quantity of the step, reading by
reading. For the gradient and the update, the loss along w and along b.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.data.names import squared
from tempfit.epoch import slopes
from tempfit.epoch.anatomy import Epoch
from tempfit.epoch.latex import plain
from tempfit.epoch.slopes import Parabola, cut
from tempfit.export import Step
from tempfit.figures import MAX_POINTS_DRAWN, padded
from tempfit.ui.epoch.charts import HIDDEN, Panel

STEPS: Final = list(Step)
STEP_VIEW: Final = 2.5
STEEPEST: Final = 1e4  # times the readings
FAR: Final = 3.0  # data ranges beyond which a line is left outside the picture
Trace = dict[str, Any]


def panels(dataset: Dataset, epoch: Epoch, step: Step, reading: int) -> list[Panel]:
    """Return the charts of a step; `reading` is the place of the one that is followed."""
    if step in (Step.GRADIENT, Step.UPDATE):
        return cuts(dataset, epoch, slopes.parabolas(epoch), stepping=step is Step.UPDATE)
    return [_fit(dataset, epoch, step, reading), _by_reading(dataset, epoch, step, reading)]


def _fit(dataset: Dataset, epoch: Epoch, step: Step, reading: int) -> Panel:
    """Draw the readings and, from the predictions on, the line and what it misses."""
    every = -(-len(dataset) // MAX_POINTS_DRAWN)
    u, y = dataset.x[::every].tolist(), dataset.y[::every].tolist()
    prediction = epoch.prediction[::every].tolist()
    traces: list[Trace] = []
    if step is Step.LOSS_AFTER:
        traces = [*_line(epoch, 0.3, after=False), *_line(epoch, 1.0, after=True)]
    elif step is not Step.READINGS:
        traces = _line(epoch, 1.0 if step is Step.PREDICTIONS else 0.5, after=False)
    if step in (Step.RESIDUALS, Step.SQUARES):
        traces.append(_sticks(u, y, prediction, strong=step is Step.RESIDUALS))
    if step is Step.PREDICTIONS:
        hollow = {"symbol": "circle-open", "size": 9, "color": "@run", "line": {"width": 2}}
        traces.append(_dots(u, prediction, hollow, "prediction %{y:.5~g}"))
    strong = step in (Step.READINGS, Step.RESIDUALS)
    filled = {"size": 8, "color": "@text", "opacity": 0.9 if strong else 0.5}
    traces.append(_dots(u, y, filled, "y %{y:.5~g}"))
    if step is not Step.LOSS_AFTER:
        ring = {"symbol": "circle-open", "size": 15, "color": "@accent", "line": {"width": 2}}
        traces.append(
            {**_dots([dataset.x[reading].item()], [dataset.y[reading].item()], ring, ""), **HIDDEN}
        )
    lines = [epoch.prediction, *([_ahead(epoch)] if step is Step.LOSS_AFTER else [])]
    y_range, outside = _y_range(dataset.y, lines if step is not Step.READINGS else [])
    note = [{"text": "The line is outside the picture", **TOP_RIGHT}] if outside else []
    return Panel(
        "Readings" if step is Step.READINGS else "Readings and line",
        f"{len(dataset)} readings"
        + ("" if step is Step.READINGS else f" and the line of w {plain(epoch.before.w)}, ")
        + ("" if step is Step.READINGS else f"b {plain(epoch.before.b)}"),
        {"title": dataset.x_name, "range": _x_range(dataset)},
        {"title": dataset.y_name, "range": y_range},
        traces,
        note,
    )


TOP_RIGHT: Final[Mapping[str, Any]] = {
    "xref": "paper",
    "yref": "paper",
    "x": 1,
    "y": 1,
    "xanchor": "right",
    "yanchor": "top",
}


def _ahead(epoch: Epoch) -> Tensor:
    """Return the predictions of the line after the update."""
    return epoch.after.w * epoch.x + epoch.after.b


def _x_range(dataset: Dataset) -> tuple[float, float]:
    return padded((dataset.x.min().item(), dataset.x.max().item()), 0.06)


def _y_range(y: Tensor, lines: Sequence[Tensor]) -> tuple[tuple[float, float], bool]:
    """Return a range that holds the readings and the lines near them, and if one is not."""
    low, high = y.min().item(), y.max().item()
    room = FAR * max(high - low, 1e-6)
    ends = [end for line in lines for end in (line.min().item(), line.max().item())]
    near = [end for end in ends if low - room <= end <= high + room]
    return padded((min([low, *near]), max([high, *near])), 0.08), len(near) < len(ends)


def _line(epoch: Epoch, opacity: float, *, after: bool) -> list[Trace]:
    """Draw the line of the params before or after the update, unless it is out of all bounds.

    A line that is as good as upright no drawing places correctly.
    """
    w, b = epoch.after if after else epoch.before
    run, ends = epoch.run, np.array([epoch.readings.min().item(), epoch.readings.max().item()])
    reach = (ends[1] - ends[0]) or 1.0
    at = ends + np.array([-reach, reach])
    y = w * run.feature_scale * (at - run.feature_shift) + b
    if not np.abs(y).max() < STEEPEST * max(1.0, epoch.y.abs().max().item()):
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": at,
            "y": y,
            "line": {"color": "@run", "width": 3},
            "opacity": opacity,
            **HIDDEN,
        }
    ]


def _sticks(
    u: Sequence[float], y: Sequence[float], prediction: Sequence[float], *, strong: bool
) -> Trace:
    """Draw a stick from each reading to the line."""
    gap = [None] * len(u)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [value for three in zip(u, u, gap, strict=True) for value in three],
        "y": [value for three in zip(y, prediction, gap, strict=True) for value in three],
        "line": {"color": "@accent", "width": 3 if strong else 1.5},
        "opacity": 1.0 if strong else 0.5,
        **HIDDEN,
    }


def _dots(u: Sequence[float], y: Sequence[float], marker: Trace, hover: str) -> Trace:
    template = f"reading %{{x:.5~g}}<br>{hover}<extra></extra>"
    return {
        "type": "scatter",
        "mode": "markers",
        "x": u,
        "y": y,
        "marker": marker,
        "hovertemplate": template,
    }


def _by_reading(dataset: Dataset, epoch: Epoch, step: Step, reading: int) -> Panel:
    """Draw the quantity of a step as a bar for each reading."""
    unit = dataset.y_unit
    title, values, in_unit = {
        Step.READINGS: ("x of each reading", epoch.x, ""),
        Step.PREDICTIONS: ("Prediction for each reading", epoch.prediction, unit),
        Step.RESIDUALS: ("Residual of each reading", epoch.residual, unit),
        Step.SQUARES: ("Squared residual of each reading", epoch.squared, squared(unit)),
        Step.LOSS: ("The loss is the mean of the squares", epoch.squared, squared(unit)),
        Step.LOSS_AFTER: ("Squares after the update", epoch.squared_after, squared(unit)),
    }[step]
    every = -(-len(values) // MAX_POINTS_DRAWN)
    place = list(range(1, len(values) + 1, every))
    height = values[::every].tolist()
    faint = step is Step.LOSS
    colour = ["@accent" if at == reading + 1 and not faint else "@run" for at in place]
    traces: list[Trace] = []
    if step is Step.LOSS_AFTER:
        before = epoch.squared[::every].tolist()
        traces.append(_bars(place, before, "@faint", 0.5, "before %{y:.5~g}"))
    traces.append(_bars(place, height, colour, 0.4 if faint else 0.85, "%{y:.5~g}"))
    notes: list[Trace] = []
    means = {Step.LOSS: [epoch.loss], Step.LOSS_AFTER: [epoch.loss_after]}.get(step, [])
    for mean in means:
        ends = [0.4, len(values) + 0.6]
        across = {"type": "scatter", "mode": "lines", "x": ends, "y": [mean, mean]}
        traces.append({**across, "line": {"color": "@accent", "width": 3}, **HIDDEN})
        notes.append({"text": f"mean {plain(mean)}", "font": {"color": "@accent"}, **TOP_RIGHT})
    if not np.isfinite(height).any():
        notes.append({"text": "nothing finite to draw", **TOP_RIGHT, "yshift": -16})
    ticks = {"dtick": 1} if len(values) <= 12 else {}
    return Panel(
        title,
        f"{title}: {', '.join(plain(value) for value in height[:12])}",
        {"title": "Number of the reading", "range": [0.4, len(values) + 0.6], **ticks},
        {"title": in_unit, "zeroline": True, "zerolinecolor": "@faint"},
        traces,
        notes,
    )


def _bars(
    place: Sequence[int], height: Sequence[float], colour: object, opacity: float, hover: str
) -> Trace:
    template = f"reading number %{{x}}: {hover}<extra></extra>"
    marker = {"color": colour, "opacity": opacity}
    return {"type": "bar", "x": place, "y": height, "marker": marker, "hovertemplate": template}


def cuts(
    dataset: Dataset,
    epoch: Epoch,
    parabolas: Sequence[Parabola],
    *,
    stepping: bool = False,
    secants: Sequence[Trace] = (),
) -> list[Panel]:
    """Draw the loss along w and along b with the slope, and the update's step if `stepping`."""
    unit = squared(dataset.y_unit)
    panels = []
    for place, (name, parabola) in enumerate(zip("wb", parabolas, strict=True)):
        moved = epoch.after[place] - epoch.before[place]
        reach = parabola.reach(moved)
        if stepping and moved and math.isfinite(moved):
            reach = STEP_VIEW * abs(moved)  # near enough to see the step, however short
        at, height = cut(parabola, reach)
        traces = [
            _curve(at, height),
            _tangent(parabola, at, strong=not stepping),
            *(_step(parabola, moved) if stepping else secants[place : place + 1]),
            _here(parabola),
        ]
        drawn = np.isfinite(height).all()
        top = float(height.max()) if drawn else 1.0
        low = float(height.min()) if drawn else 0.0
        panels.append(
            Panel(
                f"Loss by {name}, slope {plain(epoch.gradient[place], 4)}",
                f"The loss as {name} varies and the other stays, a parabola; at {name} "
                f"{plain(parabola.at)} its slope is {plain(parabola.slope)}",
                {"title": name, "range": [at[0], at[-1]]},
                {"title": unit, "range": padded((low, top), 0.06)},
                traces if drawn else [],
                [] if drawn else [{"text": "beyond what can be drawn", **TOP_RIGHT}],
            )
        )
    return panels


def _curve(at: object, height: object) -> Trace:
    line = {"color": "@faint", "width": 2.5}
    hover = "at %{x:.5~g}: loss %{y:.5~g}<extra></extra>"
    trace = {"type": "scatter", "mode": "lines", "x": at, "y": height, "line": line}
    return {**trace, "hovertemplate": hover}


def _tangent(parabola: Parabola, at: Any, *, strong: bool) -> Trace:
    """Draw the slope as a straight line through the present point."""
    ends = np.array([at[0], at[-1]])
    return {
        "type": "scatter",
        "mode": "lines",
        "x": ends,
        "y": parabola.loss + parabola.slope * (ends - parabola.at),
        "line": {"color": "@run", "width": 3 if strong else 1.5},
        "opacity": 1.0 if strong else 0.4,
        **HIDDEN,
    }


def _step(parabola: Parabola, moved: float) -> list[Trace]:
    """Draw where the update goes: along the axis first, as far as the learning rate has it."""
    there = parabola.at + moved
    height = float(parabola.height(np.array([there]))[0])
    line = {"color": "@accent", "width": 3}
    across = {"type": "scatter", "mode": "lines+markers", "line": line, **HIDDEN}
    arrow = {"symbol": ["circle", "arrow"], "angleref": "previous", "size": [0, 14]}
    return [
        {
            **across,
            "x": [parabola.at, there],
            "y": [parabola.loss, parabola.loss],
            "marker": {**arrow, "color": "@accent"},
        },
        {
            **across,
            "mode": "lines",
            "x": [there, there],
            "y": [parabola.loss, height],
            "line": {"color": "@accent", "width": 1.5, "dash": "dot"},
        },
        _dots([there], [height], {"size": 10, "color": "@accent"}, "loss %{y:.5~g}"),
    ]


def _here(parabola: Parabola) -> Trace:
    marker = {"size": 11, "color": "@run"}
    return {**_dots([parabola.at], [parabola.loss], marker, ""), **HIDDEN}
