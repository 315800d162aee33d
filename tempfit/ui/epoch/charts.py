"""Charts of the autograd section: described here as plain values, drawn in the browser.

They are Plotly's, drawn by the plotly.js that the stage has loaded. Colours are names that the
browser looks up in the page's theme: "@text", "@faint", "@accent", "@background" and "@run".
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tempfit.ui.colours import PALETTE
from tempfit.ui.frontend import ASSETS_URL, PLOTLY_URL, component

HIDDEN: Final = {"showlegend": False, "hoverinfo": "skip"}
_component = component("epoch/charts.js")


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """One chart: what it is called, what stands at its axes, and its Plotly traces.

    `label` says in words what is seen, for those who do not see it. `x` and `y` are Plotly's
    axis settings; a title in them may come from the user.
    """

    title: str
    label: str
    x: Mapping[str, Any]
    y: Mapping[str, Any]
    traces: Sequence[Mapping[str, Any]]
    notes: Sequence[Mapping[str, Any]] = field(default=())


def show(key: str, panels: Sequence[Panel], slot: int, height: int = 250) -> None:
    """Draw the panels side by side, on a phone below each other."""
    colour = PALETTE[slot]
    _component(
        key=key,
        data={
            "assets": ASSETS_URL,
            "plotly": PLOTLY_URL,
            "run": {"light": colour.light, "dark": colour.dark},
            "height": height,
            "panels": [
                {
                    "title": panel.title,
                    "label": panel.label,
                    "x": finite(panel.x),
                    "y": finite(panel.y),
                    "traces": finite(panel.traces),
                    "notes": finite(panel.notes),
                }
                for panel in panels
            ],
        },
    )


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
