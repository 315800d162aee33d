"""Charts of the section on autograd: described here as traces, drawn in the browser.

They are drawn by the plotly.js that the stage has loaded, in the colours of the page's theme.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Final, Unpack

from tempfit.epoch.tex import DIGITS
from tempfit.numbers import count, number
from tempfit.ui.colours import PALETTE
from tempfit.ui.frontend import PLOTLY_URL, component, part_data
from tempfit.ui.wire.sections import (
    ChartAxis,
    ChartData,
    ChartsData,
    Kind,
    Note,
    Tone,
    Trace,
    TraceStyle,
)
from tempfit.ui.wire.shapes import Colour
from tempfit.words import say

MAX_SPOKEN: Final = 12
_component = component("epoch/charts.js")


def trace(
    kind: Kind,
    tone: Tone,
    x: Iterable[float | None],
    y: Iterable[float | None],
    **style: Unpack[TraceStyle],
) -> Trace:
    """Return what is drawn at some points; `hover` is what is said of a point, if anything."""
    return Trace(kind=kind, tone=tone, x=finite(x), y=finite(y), **style)


def axis(
    title: str,
    between: tuple[float, float] | None = None,
    *,
    every: float | None = None,
    log: bool = False,
) -> ChartAxis:
    """Return an axis from one number to another: of a logarithmic one the powers of ten."""
    drawn = between if between and all(map(math.isfinite, between)) else None
    return ChartAxis(title=title, range=drawn, every=every, log=log)


def note(text: str, tone: Tone = "text") -> Note:
    """Return what stands in a corner of a chart."""
    return Note(text=text, tone=tone)


def show(key: str, drawn: Sequence[ChartData], slot: int, height: int = 250) -> None:
    """Draw charts side by side, on a phone below each other."""
    data = ChartsData(
        **part_data(),
        plotly=PLOTLY_URL,
        colour=colour_of(slot),
        height=height,
        charts=list(drawn),
    )
    _component(key=key, data=data)


def colour_of(slot: int) -> Colour:
    """Return the colour of a slot as the browser is given it."""
    return Colour(light=PALETTE[slot].light, dark=PALETTE[slot].dark)


def aloud(*values: float) -> str:
    """Return numbers in words for those who do not see the chart, the first few of many."""
    if not any(map(math.isfinite, values)):
        return say("overflowed")
    shown = [
        number(v, DIGITS) if math.isfinite(v) else say("overflowed") for v in values[:MAX_SPOKEN]
    ]
    if len(values) > MAX_SPOKEN:
        shown.append(say("and {count} more", count=count(len(values) - MAX_SPOKEN)))
    return say(", ").join(shown)


def finite(values: Iterable[float | None]) -> list[float | None]:
    """Return numbers as JSON can carry them: None for what is not finite."""
    return [None if v is None or not math.isfinite(v) else float(v) for v in values]
