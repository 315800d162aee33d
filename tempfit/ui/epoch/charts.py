"""Charts of the section on autograd: described here as plain values, drawn in the browser.

They are drawn by the plotly.js that the stage has loaded. Colours are names that the browser
looks up in the page's theme: "@text", "@faint", "@accent", "@background" and "@run".
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tempfit.epoch.tex import DIGITS
from tempfit.numbers import count, number
from tempfit.ui.colours import PALETTE
from tempfit.ui.frontend import PLOTLY_URL, component, part_data
from tempfit.ui.wire.sections import ChartData, ChartsData, Plotly
from tempfit.ui.wire.shapes import Colour
from tempfit.words import say

# Where a note stands: in the upper right corner.
TOP_RIGHT: Final[Plotly] = {
    "xref": "paper",
    "yref": "paper",
    "x": 1,
    "y": 1,
    "xanchor": "right",
    "yanchor": "top",
}
MAX_SPOKEN: Final = 12
_component = component("epoch/charts.js")


def chart(
    title: str,
    label: str,
    x: Plotly,
    y: Plotly,
    traces: Sequence[Plotly],
    notes: Sequence[Plotly] = (),
) -> ChartData:
    """Return one chart, its traces and its axes in Plotly's own terms.

    `label` says in words what it shows, for those who do not see it.
    """
    return ChartData(
        title=title,
        label=label,
        x=finite(x),
        y=finite(y),
        traces=finite(traces),
        notes=finite(notes),
    )


def scatter(mode: str, x: object, y: object, hover: str = "", **further: object) -> Plotly:
    """Return a trace of points, lines or text; `hover` is what is said of a point, if anything."""
    said = {"hovertemplate": f"{hover}<extra></extra>"} if hover else {"hoverinfo": "skip"}
    return {"type": "scatter", "mode": mode, "x": x, "y": y, "showlegend": False, **said, **further}


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


def spoken(*values: float) -> str:
    """Return numbers in words for those who do not see the chart, the first few of many."""
    if not any(map(math.isfinite, values)):
        return say("overflowed")
    shown = [
        number(v, DIGITS) if math.isfinite(v) else say("overflowed") for v in values[:MAX_SPOKEN]
    ]
    if len(values) > MAX_SPOKEN:
        shown.append(say("and {count} more", count=count(len(values) - MAX_SPOKEN)))
    return say(", ").join(shown)


def finite(value: Any) -> Any:
    """Return a value as JSON can carry it: plain lists, and None for what is not finite."""
    if isinstance(value, Mapping):
        return {name: finite(part) for name, part in value.items()}
    if isinstance(value, str | int) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if hasattr(value, "tolist"):  # of NumPy or torch
        return finite(value.tolist())
    return [finite(part) for part in value]
