"""Trials: small pieces of torch code, what they returned just now, and what that means."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.epoch.tex import DIGITS
from tempfit.epoch.trial import Growth, Inputs, Result
from tempfit.epoch.trial_code import Path
from tempfit.epoch.trials import TRIALS
from tempfit.figures import drawn_points, in_unit, padded
from tempfit.numbers import count, number
from tempfit.training.trainer import identity
from tempfit.ui import session
from tempfit.ui.epoch import charts
from tempfit.ui.epoch.charts import axis, colour_of, finite, trace
from tempfit.ui.epoch.glass import Specimen
from tempfit.ui.frontend import PLOTLY_URL, component, part_data
from tempfit.ui.wire.sections import ChartData, RaceData, RaceRun, Tone, Trace
from tempfit.ui.wire.shapes import Axes
from tempfit.words import language, later, named, say, say_many

MEASURED: Final = "Forget to detach"
SMOOTHED: Final = 5
Floats = NDArray[np.float64]
_race = component("epoch/race.js")


@dataclass(slots=True, eq=False)
class LastTrial:
    """The trial that was run last and what came of it, so that it need not run again."""

    name: str = ""
    result: Result | None = None


def show(specimen: Specimen) -> None:
    """Show the trial that is chosen, run on this run's readings from where the run starts."""
    first = next(iter(TRIALS))
    title = st.segmented_control(
        say("Trial"),
        list(TRIALS),
        format_func=say,
        default=first,
        required=True,
        key=session.worded("trial"),
        label_visibility="collapsed",
        persist_state="page",
    )
    title = title or first  # a control that is just leaving the page says None
    inputs = Inputs.of(specimen.dataset, specimen.epoch.run)
    w, b = (number(value, DIGITS) for value in inputs.start)
    st.caption(
        say_many(
            "`x` and `y`: this run's {count} reading. `start`: ({w}, {b}), where the run starts. "
            "`learning_rate`: {rate}.",
            "`x` and `y`: this run's {count} readings. `start`: ({w}, {b}), where the run starts. "
            "`learning_rate`: {rate}.",
            len(inputs.x),
            count=count(len(inputs.x)),
            w=w,
            b=b,
            rate=number(inputs.rate, DIGITS),
        )
    )
    if not inputs.finite:
        said = later(
            "From this start the loss is beyond what float32 can hold. Choose another run."
        )
        st.info(say(said))
        return
    result = _result(title, specimen, inputs)
    left, right = st.columns([56, 44], gap="medium")
    with left:
        for name, text in result.code.items():
            if name:
                st.caption(name)
            st.code(text, wrap_lines=True)
    with right:
        _show_result(result)
        if title == MEASURED:
            st.button(say("Measure again"), on_click=_forget)
    if result.paths:
        _race(key="autograd_race", data=_race_data(specimen, result))
    if result.growths:
        charts.show("growth", _growth_charts(result.growths), specimen.slot)


def _result(title: str, specimen: Specimen, inputs: Inputs) -> Result:
    """Run a trial, or return what came of it last time on the same inputs."""
    last = session.part(LastTrial)
    name = identity(specimen.dataset, specimen.epoch.run, title, language())
    if last.result is None or last.name != name:
        last.name, last.result = name, TRIALS[title](inputs)
    return last.result


def _forget() -> None:
    session.part(LastTrial).result = None


def _show_result(result: Result) -> None:
    """Show the values as torch writes them, what they mean, and what torch said."""
    if result.values:
        widest = max(len(name) for name, _ in result.values)
        st.code(
            "\n".join(f"{name:<{widest}}  {value}" for name, value in result.values),
            language=None,
            wrap_lines=True,
        )
    for sentence in result.sentences:
        st.markdown(sentence)
    if result.message:
        st.caption(say("torch says:"))
        st.code(result.message, language=None, wrap_lines=True)


# Two runs side by side.


def _race_data(specimen: Specimen, result: Result) -> RaceData:
    """Return two runs, complete, for the browser to play side by side."""
    dataset, run, paths = specimen.dataset, specimen.epoch.run, result.paths
    scale, shift = result.standardized or (1.0, 0.0)
    x, y = drawn_points(dataset)
    return RaceData(
        **part_data(),
        plotly=PLOTLY_URL,
        name=identity(dataset, run),
        colour=colour_of(specimen.slot),
        x=x.tolist(),
        y=y.tolist(),
        scale=scale * run.feature_scale,
        shift=run.feature_shift + shift / run.feature_scale,
        fit=_fit_axes(dataset),
        loss=_loss_axes(dataset, paths),
        runs=[_race_run(name, path) for name, path in paths.items()],
    )


def _race_run(name: str, path: Path) -> RaceRun:
    loss, w, b = zip(*path, strict=True)
    return RaceRun(name=name, loss=finite(loss), w=finite(w), b=finite(b))


def _fit_axes(dataset: Dataset) -> Axes:
    return Axes(
        xTitle=named(dataset.x_name),
        yTitle=named(dataset.y_name),
        xRange=padded((dataset.x.min().item(), dataset.x.max().item()), 0.06),
        yRange=padded((dataset.y.min().item(), dataset.y.max().item()), 0.5),
    )


def _loss_axes(dataset: Dataset, paths: Mapping[str, Path]) -> Axes:
    epochs = max(len(path) for path in paths.values()) - 1
    losses = [loss for path in paths.values() for loss, _, _ in path]
    title = in_unit(say("Loss"), dataset)
    return Axes(xTitle=say("Epoch"), yTitle=title, xRange=(0.0, epochs), yRange=loss_range(losses))


def loss_range(losses: Sequence[float]) -> tuple[float, float]:
    """Return the range of the positive finite losses, at most a million times the first."""
    top = 1e6 * max(losses[0], 1e-30)
    seen = [loss for loss in losses if math.isfinite(loss) and 0 < loss <= top] or [1.0]
    return min(seen) / 1.3, max(seen) * 1.3


# How the graph and the time of an epoch grow.


def _growth_charts(growths: Mapping[str, Growth]) -> list[ChartData]:
    """Draw the nodes and the time of each epoch, with and without detaching."""
    nodes = {say(name): np.array(growth.nodes, float) for name, growth in growths.items()}
    times = {
        say(name): smoothed(np.array(growth.seconds) * 1e3) for name, growth in growths.items()
    }
    return [
        _growth_chart(say("Nodes that a backward goes through"), say("nodes"), nodes),
        _growth_chart(
            say("Time of an epoch, just measured (median of {count})", count=SMOOTHED), "ms", times
        ),
    ]


def smoothed(values: Floats) -> Floats:
    """Return running medians: a single epoch may wait for another program."""
    return np.median(np.lib.stride_tricks.sliding_window_view(values, SMOOTHED), axis=1)


def _growth_chart(title: str, unit: str, series: Mapping[str, Floats]) -> ChartData:
    high = max(float(np.quantile(values, 0.97)) for values in series.values())
    longest = max(len(values) for values in series.values())
    tones: tuple[Tone, Tone] = ("run", "accent")
    traces = [
        _growth_trace(name, values, unit, tone)
        for (name, values), tone in zip(series.items(), tones, strict=True)
    ]
    tops = [
        say("{name} up to {most}", name=name, most=number(float(values.max())))
        for name, values in series.items()
    ]
    return ChartData(
        title=title,
        label=say("{name}: {said}", name=title, said=say(", ").join(tops)),
        x=axis(say("Epoch"), (0, longest * 1.03)),
        y=axis(unit, (0, high * 1.35)),
        traces=traces,
        notes=[],
    )


def _growth_trace(name: str, values: Floats, unit: str, tone: Tone) -> Trace:
    value = f"%{{y:.3~g}} {unit}"
    hover = say("{name}, epoch {epoch}: {value}", name=name, epoch="%{x}", value=value)
    epochs = range(1, len(values) + 1)
    return trace("line", tone, epochs, values, size=2.5, hover=hover, name=name)
