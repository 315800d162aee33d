"""The sidebar: the controls of the experiment, their state, and the link that mirrors them.

The values live in `st.session_state` under plain names, apart from the widgets that show
them, because one value has several widgets: a slider with logarithmic steps, a box for the
exact number, a preset, and the URL. Streamlit's own binding of a widget to the URL knows one
widget a value, and drops what it cannot use without a word; this module says what it changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
import streamlit as st

from tempfit import link
from tempfit.experiment import (
    EPOCHS,
    FEATURE_SCALE,
    LEARNING_RATE,
    MAX_RUNS,
    PRESETS,
    START,
    Experiment,
    Limits,
    Run,
)
from tempfit.sources import THERMOMETER, Source
from tempfit.ui import data_source
from tempfit.ui.renewal import renewed, replaced

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator

    from tempfit.starting import Start

OWN: Final = "Own settings"
DEFAULT_START: Final = Experiment().start
FINE_DECADES: Final = 8


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the experiment: how it is called, stepped and bounded."""

    key: str
    label: str
    symbol: str
    steps: tuple[float, ...]
    limits: Limits
    integer: bool


def _decades(low: int, high: int, mantissas: tuple[float, ...]) -> tuple[float, ...]:
    """Return the mantissas times each power of ten from 10^low up to and including 10^high."""
    grid = [float(f"{m}e{power}") for power in range(low, high) for m in mantissas]
    return (*grid, float(f"1e{high}"))


# The steps of the finer resistor series: 5 % apart, fine enough to find a limit by hand.
_E48: Final = tuple(round(10 ** (step / 48), 2) for step in range(48))
_E12: Final = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9)

QUANTITIES: Final = (
    Quantity(
        "epochs",
        "Epochs",
        "n",
        tuple(_decades(0, 6, (1, 2, 3, 5, 7))),
        EPOCHS,
        integer=True,
    ),
    Quantity(
        "rate",
        "Learning rate",
        "η",
        tuple(_decades(-6, 1, _E48)),
        LEARNING_RATE,
        integer=False,
    ),
    Quantity(
        "scale",
        "Feature scale",
        "s",
        tuple(_decades(-3, 1, _E12)),
        FEATURE_SCALE,
        integer=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Controls:
    """What the sidebar says, and the places in it that the theory fills in later."""

    experiment: Experiment
    notes: list[str]
    data: DeltaGenerator
    limit: DeltaGenerator
    forecast: DeltaGenerator


def show() -> Controls:
    """Show the controls; return the experiment they describe and what the link got wrong."""
    _follow_link()
    epochs, rate, scale = QUANTITIES
    with st.sidebar:
        _preset()
        data = data_source.offer()
        _quantity(epochs)
        _quantity(rate)
        limit = st.empty()
        _compare()
        _quantity(scale, disabled=bool(_state("standardize")))
        _checkbox("standardize", "Standardize (mean 0, variance 1)")
        forecast = st.container()
        with st.expander("Start values"):
            _start("start_w", "w at the start")
            _start("start_b", "b at the start")
        _kept()
        _changes()
        experiment = current()
    if not _state("fresh"):  # other settings are about to be found
        _mirror_in_link(experiment)
    st.session_state["shown"] = _shown()
    return Controls(experiment, cast("list[str]", _state("notes")), data, limit, forecast)


def place_on_slider(quantity: Quantity, value: float) -> float:
    """Return where a value lies along the quantity's slider, from 0 at its left to 1."""
    steps = _options(quantity)
    return float(np.interp(np.log(value), np.log(steps), np.linspace(0, 1, len(steps))))


def current() -> Experiment:
    """Return the experiment that the controls describe."""
    return Experiment(
        epochs=int(_state("epochs")),
        learning_rate=_state("rate"),
        compare=tuple(_state("compare")),
        feature_scale=_state("scale"),
        standardize=_state("standardize"),
        start=(_state("start_w"), _state("start_b")),
        kept=tuple(_state("kept")),
        changes=tuple(change for change in _state("changes") if change[0] < _state("epochs")),
    )


def rerun_if_changed() -> None:
    """Rerun the page if the controls have moved on while only a part of it was rerunning.

    A widget's change that reaches the server together with a part's own request reruns that
    part alone.
    """
    if _shown() != st.session_state.get("shown"):
        st.rerun()


def _shown() -> tuple[Experiment, Source, int]:
    """Return what the page is made from: the experiment and the readings."""
    return current(), data_source.source(), id(st.session_state.get("own"))


def go_on(epoch: int, rate: float | None) -> None:
    """Let the experiment go on from an epoch at another learning rate, or for twice as long."""
    if rate is None or epoch >= _state("epochs"):
        st.session_state["epochs"] = int(EPOCHS.nearest(2 * _state("epochs")))
    changes = [change for change in _state("changes") if change[0] < epoch]
    if rate is not None and rate > 0 and 0 < epoch < _state("epochs"):
        changes = [*changes, (epoch, LEARNING_RATE.nearest(rate))]
    st.session_state.update(changes=changes, going_on=epoch, notes=[])


def choose(rate: float, scale: float) -> None:
    """Set the learning rate and the feature scale, as a click on the map does."""
    st.session_state.update(rate=rate, scale=scale, standardize=False, notes=[])


def load(experiment: Experiment) -> None:
    """Set every control to an experiment."""
    st.session_state.update(
        epochs=experiment.epochs,
        rate=experiment.learning_rate,
        compare=list(experiment.learning_rates[1:]),
        scale=experiment.feature_scale,
        standardize=experiment.standardize,
        start_w=experiment.start[0],
        start_b=experiment.start[1],
        kept=list(experiment.kept),
        changes=list(experiment.changes),
        notes=[],
    )
    for quantity in QUANTITIES:
        st.session_state.pop(f"{quantity.key}_off_grid", None)


def _state(key: str) -> Any:
    return st.session_state[key]


def _follow_link() -> None:
    """Take the experiment from the URL when a page opens, and when Back or Forward changes it.

    Not when a control has moved: quick moves reach the server with the URL of the move before.
    """
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    moved = "shown" in st.session_state and _shown() != st.session_state["shown"]
    if st.session_state.get("link") != parameters and not moved:
        experiment, notes = link.from_parameters(parameters)
        load(experiment)
        source, said = link.source_of(parameters)
        missing = data_source.follow(source, settings=link.says_settings(parameters))
        st.session_state.update(notes=[*missing, *said, *notes], link=parameters)


def _mirror_in_link(experiment: Experiment) -> None:
    """Write the experiment into the URL, unless it stands there already."""
    parameters = link.to_parameters(experiment, data_source.source())
    if _state("link") != parameters:
        st.session_state["link"] = parameters
        st.query_params.from_dict(parameters)


def _take(widget: str, key: str) -> None:
    """Carry a widget's new value over into the experiment."""
    if replaced(widget):
        return
    st.session_state[key] = st.session_state[widget]
    st.session_state["notes"] = []


def _preset() -> None:
    """Offer the experiments by name, showing the one that the controls describe."""
    now = current()
    presets = _presets()
    name = next((name for name, preset in presets.items() if preset == now), OWN)
    names = [*presets, OWN] if name == OWN else list(presets)

    widget = renewed("preset_choice", name)

    def chosen() -> None:
        preset = presets.get(st.session_state[widget])
        if preset and not replaced(widget):
            load(preset)

    st.selectbox("Preset", names, key=widget, on_change=chosen)


def _presets() -> dict[str, Experiment]:
    """Return the reference experiments for the thermometer, and those found for other data."""
    if data_source.source() == THERMOMETER:
        return PRESETS
    start = cast("Start | None", st.session_state.get("start"))
    return start.presets if start else {}


def _quantity(quantity: Quantity, *, disabled: bool = False) -> None:
    """Show a logarithmic slider, and beside it a box for the exact number."""
    key, value = quantity.key, _state(quantity.key)
    if value not in _steps(quantity):
        # Kept after the slider has left it: changing the options would remount the slider
        # under the hand that moves it.
        st.session_state[f"{key}_off_grid"] = value
    options = _options(quantity)
    shown: Callable[[float], str] = link.plain
    if quantity.integer:
        options = [int(option) for option in options]
        shown = _thousands
    number = int if quantity.integer else float
    slider_key = renewed(f"{key}_slider", value)
    box_key = renewed(f"{key}_exact", number(value))
    slider, box = st.columns([5, 3], vertical_alignment="bottom", gap="small")
    slider.select_slider(
        quantity.label,
        options,
        key=slider_key,
        format_func=shown,
        disabled=disabled,
        on_change=_take,
        args=(slider_key, key),
    )
    box.number_input(
        f"Exact {quantity.symbol}",
        min_value=number(quantity.limits.low),
        max_value=number(quantity.limits.high),
        step=1 if quantity.integer else 0.01,
        format="%d" if quantity.integer else "%.6g",
        key=box_key,
        label_visibility="collapsed",
        disabled=disabled,
        on_change=_take,
        args=(box_key, key),
    )


def _options(quantity: Quantity) -> list[float]:
    """Return the slider's steps, and among them the last value that was none of them."""
    steps = _steps(quantity)
    exact = st.session_state.get(f"{quantity.key}_off_grid", steps[0])
    return sorted({*steps, exact})


def _steps(quantity: Quantity) -> tuple[float, ...]:
    """Return the slider's steps: as usual, or over the decades that the data call for."""
    start = cast("Start | None", st.session_state.get("start"))
    if start is None or quantity.integer:
        return quantity.steps
    low, high = start.rate_decades if quantity.key == "rate" else start.scale_decades
    fine = quantity.key == "rate" and high - low <= FINE_DECADES
    return _decades(low, high, _E48 if fine else _E12)


def _thousands(value: float) -> str:
    return f"{value:,.0f}"


def _compare() -> None:
    """Offer further learning rates, typed freely."""
    rates = [link.plain(rate) for rate in cast("list[float]", _state("compare"))]
    suggestions = ["0.0001", "0.001", "0.003", "0.01", "0.02", "0.03", "0.04"]
    main = link.plain(_state("rate"))
    options = list(dict.fromkeys([*rates, *(rate for rate in suggestions if rate != main)]))
    widget = renewed("compare_choice", rates)
    st.multiselect(
        "Compare with",
        options,
        key=widget,
        accept_new_options=True,
        max_selections=MAX_RUNS - 1 - len(_state("kept")),
        placeholder="Type further learning rates",
        on_change=_take_compare,
        args=(widget,),
    )


def _take_compare(widget: str) -> None:
    """Carry the typed learning rates over, and say what could not be used."""
    if replaced(widget):
        return
    texts = cast("list[str]", st.session_state[widget])
    rates, notes = link.learning_rates(
        [text.strip().replace(",", ".") for text in texts], _state("rate"), "Compare with"
    )
    st.session_state["compare"] = list(rates)
    st.session_state[widget] = [link.plain(rate) for rate in rates]
    st.session_state["notes"] = notes


def _kept() -> None:
    """Offer to put the main run aside, and show what was put aside, to be removed again."""
    kept = cast("list[Run]", _state("kept"))
    st.button(
        "Keep for comparison",
        on_click=_keep,
        disabled=len(current().learning_rates) + len(kept) >= MAX_RUNS,
        width="stretch",
    )
    if kept:
        widget = renewed("kept_choice", kept)
        st.multiselect(
            "Kept runs",
            kept,
            key=widget,
            format_func=_described,
            on_change=_take,
            args=(widget, "kept"),
        )


def _keep() -> None:
    """Put the main run aside, as it stands on the stage."""
    kept, run = _state("kept"), _state("trainer").runs[0]
    st.session_state["kept"] = [*kept, run] if run not in kept else kept


def _changes() -> None:
    """Show at which epochs the learning rate changes, to be removed again."""
    if changes := cast("list[tuple[int, float]]", _state("changes")):
        widget = renewed("changes_choice", changes)
        st.multiselect(
            "Rate changes",
            changes,
            key=widget,
            format_func=lambda change: f"{link.plain(change[1])} from {change[0]:,}",
            on_change=_take,
            args=(widget, "changes"),
        )


def _described(run: Run) -> str:
    scale = f"scale {link.plain(run.feature_scale)}" if run.feature_shift == 0 else "standardized"
    start = "" if run.start == DEFAULT_START else f", from ({run.start[0]:g}, {run.start[1]:g})"
    return f"{link.plain(run.learning_rate)}, {scale}{start}"


def _checkbox(key: str, label: str) -> None:
    widget = renewed(f"{key}_box", _state(key))
    st.checkbox(label, key=widget, on_change=_take, args=(widget, key))


def _start(key: str, label: str) -> None:
    widget = renewed(f"{key}_exact", float(_state(key)))
    st.number_input(
        label,
        min_value=START.low,
        max_value=START.high,
        step=0.1,
        format="%.6g",
        key=widget,
        on_change=_take,
        args=(widget, key),
    )
