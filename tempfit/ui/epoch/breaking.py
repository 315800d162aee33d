"""Break it: small pieces of torch code, what they returned just now, and what that means."""

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.data.names import squared
from tempfit.epoch.exhibits import Path
from tempfit.epoch.latex import counted, plain
from tempfit.epoch.trials import TRIALS, Case, Growth, Outcome
from tempfit.figures import drawn_points, padded
from tempfit.ui.colours import PALETTE
from tempfit.ui.epoch import charts as autograd_charts
from tempfit.ui.epoch.charts import Panel, finite
from tempfit.ui.epoch.subject import Subject
from tempfit.ui.frontend import ASSETS_URL, PLOTLY_URL, component
from tempfit.ui.stage.trainer import identity

MEASURED: Final = "Forget to detach"
SMOOTHED: Final = 5
Floats = NDArray[np.float64]
_race = component("autograd_race.js")


def show(subject: Subject) -> None:
    """Show the piece that is chosen, run on this run's readings from where the run starts."""
    title = st.segmented_control(
        "Experiment",
        list(TRIALS),
        default=next(iter(TRIALS)),
        required=True,
        key="broken",
        label_visibility="collapsed",
        persist_state="page",
    )
    case = Case.of(subject.dataset, subject.run)
    start = ", ".join(map(plain, case.start))
    st.caption(
        f"`x` and `y`: this run's {counted(len(case.x), 'reading')}. `start`: ({start}), where "
        f"the run starts. `learning_rate`: {plain(case.rate)}."
    )
    if not case.finite:
        st.info("From this start the loss is beyond what float32 can hold. Choose another run.")
        return
    outcome = _outcome(title, subject, case)
    code, result = st.columns([56, 44], gap="medium")
    with code:
        for name, text in outcome.code.items():
            if name:
                st.caption(name)
            st.code(text, wrap_lines=True)
    with result:
        _result(outcome)
        if title == MEASURED:
            st.button("Measure again", on_click=_forget)
    if outcome.paths:
        _race(key="autograd_race", data=_race_data(subject, outcome.paths))
    if outcome.growths:
        autograd_charts.show("growth", _growth_panels(outcome.growths), subject.slot)


def _outcome(title: str, subject: Subject, case: Case) -> Outcome:
    """Run a piece, or return what it returned last time on the same."""
    name = identity(subject.dataset, subject.run, title)
    known: tuple[str, Outcome] = st.session_state.get("broken_outcome", ("", None))
    if known[0] != name:
        known = st.session_state["broken_outcome"] = (name, TRIALS[title](case))
    return known[1]


def _forget() -> None:
    st.session_state.pop("broken_outcome", None)


def _result(outcome: Outcome) -> None:
    """Show the values, in torch's own writing, what they mean, and what torch said."""
    if outcome.values:
        widest = max(len(name) for name, _ in outcome.values)
        st.code(
            "\n".join(f"{name:<{widest}}  {value}" for name, value in outcome.values),
            language=None,
            wrap_lines=True,
        )
    for sentence in outcome.sentences:
        st.markdown(sentence)
    if outcome.message:
        st.caption("torch says:")
        st.code(outcome.message, language=None, wrap_lines=True)


def _race_data(subject: Subject, paths: dict[str, Path]) -> dict[str, Any]:
    """Return two runs, complete, for the browser to play side by side."""
    dataset, run, colour = subject.dataset, subject.run, PALETTE[subject.slot]
    x, y = drawn_points(dataset)
    return {
        "assets": ASSETS_URL,
        "plotly": PLOTLY_URL,
        "name": identity(dataset, run),
        "x": x.tolist(),
        "y": y.tolist(),
        "fit": _fit_axes(dataset),
        "loss": {
            "xTitle": "Epoch",
            "yTitle": " ".join(["Loss", f"({squared(dataset.y_unit)})" * bool(dataset.y_unit)]),
            "yRange": loss_range([loss for path in paths.values() for loss, _, _ in path]),
        },
        "scale": run.feature_scale,
        "shift": run.feature_shift,
        "colour": {"light": colour.light, "dark": colour.dark},
        "runs": [
            {
                "name": name,
                **{
                    quantity: finite([snapshot[place] for snapshot in path])
                    for place, quantity in enumerate(("loss", "w", "b"))
                },
            }
            for name, path in paths.items()
        ],
    }


def _fit_axes(dataset: Dataset) -> dict[str, Any]:
    low, high = dataset.y.min().item(), dataset.y.max().item()
    return {
        "xTitle": dataset.x_name,
        "yTitle": dataset.y_name,
        "xRange": padded((dataset.x.min().item(), dataset.x.max().item()), 0.06),
        "yRange": padded((low, high), 0.5),
    }


def loss_range(losses: Sequence[float]) -> tuple[float, float]:
    """Return the range of the positive finite losses, at most a million times the first."""
    top = 1e6 * max(losses[0], 1e-30)
    seen = [loss for loss in losses if math.isfinite(loss) and 0 < loss <= top] or [1.0]
    return min(seen) / 1.3, max(seen) * 1.3


def _growth_panels(growths: dict[str, Growth]) -> list[Panel]:
    """Draw the nodes and the time of each epoch, with and without detaching."""
    nodes = {name: np.array(growth.nodes) for name, growth in growths.items()}
    times = {name: smoothed(np.array(growth.seconds) * 1e3) for name, growth in growths.items()}
    return [
        _growth_panel("Nodes that a backward goes through", "nodes", nodes),
        _growth_panel(f"Time of an epoch, just measured (median of {SMOOTHED})", "ms", times),
    ]


def smoothed(values: Floats) -> Floats:
    """Return running medians: a single epoch may wait for another program."""
    return np.median(np.lib.stride_tricks.sliding_window_view(values, SMOOTHED), axis=1)


def _growth_panel(title: str, unit: str, series: dict[str, Any]) -> Panel:
    high = max(float(np.quantile(values, 0.97)) for values in series.values())
    longest = max(len(values) for values in series.values())
    traces = [
        {
            "type": "scatter",
            "mode": "lines+text",
            "x": np.arange(1, len(values) + 1),
            "y": values,
            "text": [*[""] * (len(values) - 1), name],
            "textposition": "top left",
            "textfont": {"color": colour},
            "line": {"color": colour, "width": 2.5},
            "hovertemplate": f"{name}, epoch %{{x}}: %{{y:.3~g}} {unit}<extra></extra>",
        }
        for (name, values), colour in zip(series.items(), ("@run", "@accent"), strict=True)
    ]
    return Panel(
        title,
        f"{title}: {', '.join(f'{name} up to {plain(max(v), 3)}' for name, v in series.items())}",
        {"title": "Epoch", "range": [0, longest * 1.03]},
        {"title": unit, "range": [0, high * 1.35]},
        traces,
    )
