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
from tempfit.ui.epoch.charts import axis, note, trace
from tempfit.ui.wire.sections import ChartData, Trace
from tempfit.words import later, say

AT: Final = later("at {at}: loss {loss}")
UPDATE_VIEW: Final = 2.5  # how far to look on both sides, in lengths of the update


def cuts(
    dataset: Dataset,
    epoch: Epoch,
    parabolas: Sequence[Parabola],
    *,
    updating: bool = False,
    secants: Sequence[Sequence[Trace]] = (),
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
        further = secants[place] if secants else ()
        traces = [
            trace("line", "faint", at, height, size=2.5, hover=_hover()),
            _tangent(parabola, at, strong=not updating),
            *(_update(parabola, moved) if updating else further),
            trace("dots", "run", [parabola.at], [parabola.loss], size=11),
        ]
        slope = number(epoch.gradient[place], 4)
        both.append(
            ChartData(
                title=say("Loss by {name}, slope {slope}", name=name, slope=slope),
                label=_label(name, parabola),
                x=axis(name, (float(at[0]), float(at[-1]))),
                y=axis(squared(dataset.y_unit), padded((low, high), 0.06)),
                traces=traces if drawn else [],
                notes=[] if drawn else [note(say("beyond what can be drawn"))],
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


def _tangent(parabola: Parabola, at: Floats, *, strong: bool) -> Trace:
    """Draw the slope as a straight line through the present point."""
    ends = np.array([at[0], at[-1]])
    height = parabola.loss + parabola.slope * (ends - parabola.at)
    size, opacity = (3.0, 1.0) if strong else (1.5, 0.4)
    return trace("line", "run", ends, height, size=size, opacity=opacity)


def _update(parabola: Parabola, moved: float) -> list[Trace]:
    """Draw where the update goes: an arrow as long as it is, then a dotted line to the loss."""
    there = parabola.at + moved
    height = float(parabola.height(np.array([there]))[0])
    return [
        trace("arrow", "accent", [parabola.at, there], [parabola.loss, parabola.loss]),
        trace("dotted", "accent", [there, there], [parabola.loss, height], size=1.5),
        trace("dots", "accent", [there], [height], size=10, hover=_hover()),
    ]
