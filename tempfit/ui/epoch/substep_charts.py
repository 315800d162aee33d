"""The two charts beside a substep. What the substep is about is drawn strongly, the rest faintly.

On the left are the readings and the line, on the right the quantity of the substep, reading by
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
from tempfit.epoch.listing import Substep
from tempfit.epoch.tex import DIGITS
from tempfit.figures import MAX_POINTS_DRAWN, drawn_points, padded
from tempfit.numbers import count, number
from tempfit.ui.epoch.charts import aloud, axis, note, trace
from tempfit.ui.epoch.cuts import cuts
from tempfit.ui.wire.sections import ChartData, Note, Tone, Trace
from tempfit.words import later, named, say, say_many

STEEPEST: Final = 1e4  # times the readings
VALUE: Final = "%{y:.5~g}"  # for Plotly to fill in
FAR: Final = 3.0  # data ranges beyond which a line is left outside the picture


def both(dataset: Dataset, epoch: Epoch, substep: Substep, reading: int) -> list[ChartData]:
    """Return the charts of a substep; `reading` is the place of the one that is followed."""
    if substep in (Substep.GRADIENT, Substep.UPDATE):
        return cuts(dataset, epoch, slopes.parabolas(epoch), updating=substep is Substep.UPDATE)
    return [_fit(dataset, epoch, substep, reading), _by_reading(dataset, epoch, substep, reading)]


# The readings and the line.


def _fit(dataset: Dataset, epoch: Epoch, substep: Substep, reading: int) -> ChartData:
    """Draw the readings and, from the predictions on, the line and what it misses."""
    readings = len(dataset)
    title = say("Readings")
    label = say_many("{count} reading", "{count} readings", readings, count=count(readings))
    lines: list[Tensor] = []
    if substep is not Substep.READINGS:
        w, b = epoch.before
        title = say("Readings and line")
        label = say_many(
            "{count} reading and the line of w {w}, b {b}",
            "{count} readings and the line of w {w}, b {b}",
            readings,
            count=count(readings),
            w=aloud(w),
            b=aloud(b),
        )
        lines = [epoch.prediction]
    if substep is Substep.LOSS_AFTER:
        lines.append(epoch.after.w * epoch.x + epoch.after.b)
    y_range, outside = _y_range(dataset.y, lines)
    x_range = padded((dataset.x.min().item(), dataset.x.max().item()), 0.06)
    return ChartData(
        title=title,
        label=label,
        x=axis(named(dataset.x_name), x_range),
        y=axis(named(dataset.y_name), y_range),
        traces=[*_lines(epoch, substep), *_points(dataset, epoch, substep, reading)],
        notes=[note(say("The line is outside the picture"))] if outside else [],
    )


def _y_range(y: Tensor, lines: Sequence[Tensor]) -> tuple[tuple[float, float], bool]:
    """Return a range that holds the readings and the lines near them, and if one is not."""
    low, high = y.min().item(), y.max().item()
    room = FAR * max(high - low, 1e-6)
    ends = [end for line in lines for end in (line.min().item(), line.max().item())]
    near = [end for end in ends if low - room <= end <= high + room]
    return padded((min([low, *near]), max([high, *near])), 0.08), len(near) < len(ends)


def _lines(epoch: Epoch, substep: Substep) -> list[Trace]:
    """Draw the line of the params before the update, and at the end the one after it too."""
    if substep is Substep.READINGS:
        return []
    if substep is Substep.LOSS_AFTER:
        return [*_line(epoch, 0.3, after=False), *_line(epoch, 1.0, after=True)]
    return _line(epoch, 1.0 if substep is Substep.PREDICTIONS else 0.5, after=False)


def _line(epoch: Epoch, opacity: float, *, after: bool) -> list[Trace]:
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
    return [trace("line", "run", at, y, opacity=opacity)]


def _points(dataset: Dataset, epoch: Epoch, substep: Substep, reading: int) -> list[Trace]:
    """Draw the readings, and what the substep compares them with."""
    x, y = (values.tolist() for values in drawn_points(dataset))
    prediction = epoch.prediction[:: _every(epoch)].tolist()
    said = say("reading {value}", value="%{x:.5~g}")
    traces: list[Trace] = []
    if substep in (Substep.RESIDUALS, Substep.SQUARES):
        traces.append(_sticks(x, y, prediction, strong=substep is Substep.RESIDUALS))
    if substep is Substep.PREDICTIONS:
        hover = f"{said}<br>{say('prediction {value}', value=VALUE)}"
        traces.append(trace("rings", "run", x, prediction, size=9, hover=hover))
    opacity = 0.9 if substep in (Substep.READINGS, Substep.RESIDUALS) else 0.5
    hover = f"{said}<br>y {VALUE}"
    traces.append(trace("dots", "text", x, y, size=8, opacity=opacity, hover=hover))
    if substep is not Substep.LOSS_AFTER:
        at, height = dataset.x[reading].item(), dataset.y[reading].item()
        traces.append(trace("rings", "accent", [at], [height], size=15))
    return traces


def _every(epoch: Epoch) -> int:
    """Return which of many readings are drawn: every so many."""
    return -(-len(epoch.readings) // MAX_POINTS_DRAWN)


def _sticks(
    x: Sequence[float], y: Sequence[float], prediction: Sequence[float], *, strong: bool
) -> Trace:
    """Draw a stick from each reading to the line."""
    ends = [value for at in x for value in (at, at, None)]
    heights = [value for two in zip(y, prediction, strict=True) for value in (*two, None)]
    size, opacity = (3.0, 1.0) if strong else (1.5, 0.5)
    return trace("line", "accent", ends, heights, size=size, opacity=opacity)


# The quantity of the substep.


def _by_reading(dataset: Dataset, epoch: Epoch, substep: Substep, reading: int) -> ChartData:
    """Draw the quantity of a substep as a bar for each reading."""
    title, values, unit = _quantity(dataset, epoch, substep)
    ticks = 1 if len(values) <= 12 else None
    return ChartData(
        title=title,
        label=say("{name}: {said}", name=title, said=aloud(*values[:: _every(epoch)].tolist())),
        x=axis(say("Number of the reading"), (0.4, len(values) + 0.6), every=ticks),
        y=axis(unit),
        traces=_bars(epoch, substep, values, reading),
        notes=_said_of(epoch, substep, values),
    )


def _bars(epoch: Epoch, substep: Substep, values: Tensor, reading: int) -> list[Trace]:
    """Draw a bar for each of the values, the one that is followed in a colour of its own."""
    said = later("reading number {number}: {value}")

    def bars(tone: Tone, of: Tensor, which: slice, opacity: float, hover: str) -> Trace:
        hover = say(said, number="%{x}", value=hover)
        places = range(1, len(of) + 1)[which]
        return trace("bars", tone, places, of[which].tolist(), opacity=opacity, hover=hover)

    drawn, followed = slice(None, None, _every(epoch)), slice(reading, reading + 1)
    if substep is Substep.LOSS:
        return [bars("run", values, drawn, 0.4, VALUE), _mean(epoch.loss, len(values))]
    traces = [
        bars("run", values, drawn, 0.85, VALUE),
        bars("accent", values, followed, 1.0, VALUE),
    ]
    if substep is not Substep.LOSS_AFTER:
        return traces
    before = bars("faint", epoch.squared, drawn, 0.5, say("before: {run}", run=VALUE))
    return [before, *traces, _mean(epoch.loss_after, len(values))]


def _said_of(epoch: Epoch, substep: Substep, values: Tensor) -> list[Note]:
    """Return what stands in the corner: the mean, and that nothing can be drawn."""
    notes = []
    if substep in (Substep.LOSS, Substep.LOSS_AFTER):
        mean = epoch.loss if substep is Substep.LOSS else epoch.loss_after
        notes.append(note(say("mean {value}", value=number(mean, DIGITS)), "accent"))
    if not values.isfinite().any():
        notes.append(note(say("nothing finite to draw")))
    return notes


def _quantity(dataset: Dataset, epoch: Epoch, substep: Substep) -> tuple[str, Tensor, str]:
    """Return the title, the values (N,) and the unit of what a substep computes."""
    unit = dataset.y_unit
    return {
        Substep.READINGS: (say("x of each reading"), epoch.x, ""),
        Substep.PREDICTIONS: (say("Prediction for each reading"), epoch.prediction, unit),
        Substep.RESIDUALS: (say("Residual of each reading"), epoch.residual, unit),
        Substep.SQUARES: (say("Squared residual of each reading"), epoch.squared, squared(unit)),
        Substep.LOSS: (say("The loss is the mean of the squares"), epoch.squared, squared(unit)),
        Substep.LOSS_AFTER: (say("Squares after the update"), epoch.squared_after, squared(unit)),
    }[substep]


def _mean(mean: float, readings: int) -> Trace:
    """Draw the mean as a line across all bars."""
    return trace("line", "accent", [0.4, readings + 0.6], [mean, mean])
