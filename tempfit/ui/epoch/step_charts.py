"""The two charts beside a step. What the step is about is drawn strongly, the rest faintly.

On the left are the readings and the line, on the right the quantity of the step, reading by
reading. The gradient and the update have the loss along w and along b instead.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.data.names import squared
from tempfit.epoch import slopes
from tempfit.epoch.anatomy import Epoch
from tempfit.epoch.listing import Step
from tempfit.epoch.tex import DIGITS
from tempfit.figures import MAX_POINTS_DRAWN, drawn_points, padded
from tempfit.numbers import count, number
from tempfit.ui.epoch.charts import TOP_RIGHT, chart, scatter, spoken
from tempfit.ui.epoch.cuts import cuts
from tempfit.ui.wire.sections import ChartData, Plotly
from tempfit.words import named, say, say_many

STEEPEST: Final = 1e4  # times the readings
VALUE: Final = "%{y:.5~g}"  # for Plotly to fill in
FAR: Final = 3.0  # data ranges beyond which a line is left outside the picture
HOLLOW: Final[Plotly] = {"symbol": "circle-open", "size": 9, "color": "@run", "line": {"width": 2}}
RING: Final[Plotly] = {**HOLLOW, "size": 15, "color": "@accent"}


def both(dataset: Dataset, epoch: Epoch, step: Step, reading: int) -> list[ChartData]:
    """Return the charts of a step; `reading` is the place of the one that is followed."""
    if step in (Step.GRADIENT, Step.UPDATE):
        return cuts(dataset, epoch, slopes.parabolas(epoch), updating=step is Step.UPDATE)
    return [_fit(dataset, epoch, step, reading), _by_reading(dataset, epoch, step, reading)]


# The readings and the line.


def _fit(dataset: Dataset, epoch: Epoch, step: Step, reading: int) -> ChartData:
    """Draw the readings and, from the predictions on, the line and what it misses."""
    readings = len(dataset)
    title = say("Readings")
    label = say_many("{count} reading", "{count} readings", readings, count=count(readings))
    lines: list[Tensor] = []
    if step is not Step.READINGS:
        w, b = epoch.before
        title = say("Readings and line")
        label = say_many(
            "{count} reading and the line of w {w}, b {b}",
            "{count} readings and the line of w {w}, b {b}",
            readings,
            count=count(readings),
            w=spoken(w),
            b=spoken(b),
        )
        lines = [epoch.prediction]
    if step is Step.LOSS_AFTER:
        lines.append(epoch.after.w * epoch.x + epoch.after.b)
    y_range, outside = _y_range(dataset.y, lines)
    notes = [{"text": say("The line is outside the picture"), **TOP_RIGHT}] if outside else []
    x_range = padded((dataset.x.min().item(), dataset.x.max().item()), 0.06)
    return chart(
        title,
        label,
        {"title": named(dataset.x_name), "range": x_range},
        {"title": named(dataset.y_name), "range": y_range},
        [*_lines(epoch, step), *_points(dataset, epoch, step, reading)],
        notes,
    )


def _y_range(y: Tensor, lines: Sequence[Tensor]) -> tuple[tuple[float, float], bool]:
    """Return a range that holds the readings and the lines near them, and if one is not."""
    low, high = y.min().item(), y.max().item()
    room = FAR * max(high - low, 1e-6)
    ends = [end for line in lines for end in (line.min().item(), line.max().item())]
    near = [end for end in ends if low - room <= end <= high + room]
    return padded((min([low, *near]), max([high, *near])), 0.08), len(near) < len(ends)


def _lines(epoch: Epoch, step: Step) -> list[Plotly]:
    """Draw the line of the params before the update, and at the end the one after it too."""
    if step is Step.READINGS:
        return []
    if step is Step.LOSS_AFTER:
        return [*_line(epoch, 0.3, after=False), *_line(epoch, 1.0, after=True)]
    return _line(epoch, 1.0 if step is Step.PREDICTIONS else 0.5, after=False)


def _line(epoch: Epoch, opacity: float, *, after: bool) -> list[Plotly]:
    """Draw the line of the params before or after the update.

    A line that is almost upright is left out: browsers do not draw it at the right place.
    """
    w, b = epoch.after if after else epoch.before
    run, ends = epoch.run, np.array([epoch.readings.min().item(), epoch.readings.max().item()])
    reach = (ends[1] - ends[0]) or 1.0
    at = ends + np.array([-reach, reach])
    y = w * run.feature_scale * (at - run.feature_shift) + b
    if not np.abs(y).max() < STEEPEST * max(1.0, epoch.y.abs().max().item()):
        return []
    return [scatter("lines", at, y, line={"color": "@run", "width": 3}, opacity=opacity)]


def _points(dataset: Dataset, epoch: Epoch, step: Step, reading: int) -> list[Plotly]:
    """Draw the readings, and what the step compares them with."""
    x, y = (values.tolist() for values in drawn_points(dataset))
    prediction = epoch.prediction[:: _every(epoch)].tolist()
    traces: list[Plotly] = []
    if step in (Step.RESIDUALS, Step.SQUARES):
        traces.append(_sticks(x, y, prediction, strong=step is Step.RESIDUALS))
    if step is Step.PREDICTIONS:
        traces.append(_dots(x, prediction, HOLLOW, say("prediction {value}", value=VALUE)))
    strong = step in (Step.READINGS, Step.RESIDUALS)
    filled = {"size": 8, "color": "@text", "opacity": 0.9 if strong else 0.5}
    traces.append(_dots(x, y, filled, f"y {VALUE}"))
    if step is not Step.LOSS_AFTER:
        at, height = dataset.x[reading].item(), dataset.y[reading].item()
        traces.append(scatter("markers", [at], [height], marker=RING))
    return traces


def _every(epoch: Epoch) -> int:
    """Return which of many readings are drawn: every so many."""
    return -(-len(epoch.readings) // MAX_POINTS_DRAWN)


def _sticks(
    x: Sequence[float], y: Sequence[float], prediction: Sequence[float], *, strong: bool
) -> Plotly:
    """Draw a stick from each reading to the line."""
    gap = [None] * len(x)
    return scatter(
        "lines",
        [value for three in zip(x, x, gap, strict=True) for value in three],
        [value for three in zip(y, prediction, gap, strict=True) for value in three],
        line={"color": "@accent", "width": 3 if strong else 1.5},
        opacity=1.0 if strong else 0.5,
    )


def _dots(x: Sequence[float], y: Sequence[float], marker: Plotly, hover: str) -> Plotly:
    reading = say("reading {value}", value="%{x:.5~g}")
    return scatter("markers", x, y, f"{reading}<br>{hover}", marker=marker)


# The quantity of the step.


def _by_reading(dataset: Dataset, epoch: Epoch, step: Step, reading: int) -> ChartData:
    """Draw the quantity of a step as a bar for each reading."""
    title, values, unit = _quantity(dataset, epoch, step)
    every = _every(epoch)
    place = list(range(1, len(values) + 1, every))
    height = values[::every].tolist()
    colour, opacity = ["@accent" if at == reading + 1 else "@run" for at in place], 0.85
    traces: list[Plotly] = []
    notes: list[Plotly] = []
    if step is Step.LOSS:
        colour, opacity = ["@run"] * len(place), 0.4
    if step is Step.LOSS_AFTER:
        before = epoch.squared[::every].tolist()
        traces.append(_bars(place, before, "@faint", 0.5, say("before: {run}", run=VALUE)))
    traces.append(_bars(place, height, colour, opacity, VALUE))
    if step in (Step.LOSS, Step.LOSS_AFTER):
        mean = epoch.loss if step is Step.LOSS else epoch.loss_after
        traces.append(_mean(mean, len(values)))
        text = say("mean {value}", value=number(mean, DIGITS))
        notes.append({"text": text, "font": {"color": "@accent"}, **TOP_RIGHT})
    if not np.isfinite(height).any():
        notes.append({"text": say("nothing finite to draw"), **TOP_RIGHT, "yshift": -16})
    ticks = {"dtick": 1} if len(values) <= 12 else {}
    return chart(
        title,
        say("{name}: {said}", name=title, said=spoken(*height)),
        {"title": say("Number of the reading"), "range": [0.4, len(values) + 0.6], **ticks},
        {"title": unit, "zeroline": True, "zerolinecolor": "@faint"},
        traces,
        notes,
    )


def _quantity(dataset: Dataset, epoch: Epoch, step: Step) -> tuple[str, Tensor, str]:
    """Return the title, the values (N,) and the unit of what a step computes."""
    unit = dataset.y_unit
    return {
        Step.READINGS: (say("x of each reading"), epoch.x, ""),
        Step.PREDICTIONS: (say("Prediction for each reading"), epoch.prediction, unit),
        Step.RESIDUALS: (say("Residual of each reading"), epoch.residual, unit),
        Step.SQUARES: (say("Squared residual of each reading"), epoch.squared, squared(unit)),
        Step.LOSS: (say("The loss is the mean of the squares"), epoch.squared, squared(unit)),
        Step.LOSS_AFTER: (say("Squares after the update"), epoch.squared_after, squared(unit)),
    }[step]


def _bars(
    place: Sequence[int], height: Sequence[float], colour: object, opacity: float, hover: str
) -> Plotly:
    reading = say("reading number {number}: {value}", number="%{x}", value=hover)
    template = f"{reading}<extra></extra>"
    marker = {"color": colour, "opacity": opacity}
    return {"type": "bar", "x": place, "y": height, "marker": marker, "hovertemplate": template}


def _mean(mean: float, readings: int) -> Plotly:
    """Draw the mean as a line across all bars."""
    line = {"color": "@accent", "width": 3}
    return scatter("lines", [0.4, readings + 0.6], [mean, mean], line=line)
