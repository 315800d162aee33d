"""The sidebar: the controls of the experiment, and what they make of what is typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

from tempfit import link
from tempfit.data.sources import THERMOMETER
from tempfit.numbers import exact
from tempfit.training.experiment import MAX_RUNS, PRESETS, START, Experiment, Run
from tempfit.ui.renewal import renewed, replaced
from tempfit.ui.sidebar import data_source
from tempfit.ui.sidebar.quantities import QUANTITIES, Quantity, options, steps
from tempfit.ui.sidebar.settings import (
    current,
    follow_link,
    load,
    mark_shown,
    mirror_in_link,
    setting,
    take,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator

    from tempfit.theory.starting import Start

OWN: Final = "Own settings"
DEFAULT_START: Final = Experiment().start


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
    follow_link()
    epochs, rate, scale = QUANTITIES
    with st.sidebar:
        _preset()
        data = data_source.offer()
        _quantity(epochs)
        _quantity(rate)
        limit = st.empty()
        _compare()
        _quantity(scale, disabled=bool(setting("standardize")))
        _checkbox("standardize", "Standardize (mean 0, variance 1)")
        forecast = st.container()
        with st.expander("Start values"):
            _start("start_w", "w at the start")
            _start("start_b", "b at the start")
        _kept()
        _changes()
        experiment = current()
    if not setting("fresh"):  # other settings are about to be found
        mirror_in_link(experiment)
    mark_shown()
    return Controls(experiment, cast("list[str]", setting("notes")), data, limit, forecast)


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
    key, value = quantity.key, setting(quantity.key)
    if value not in steps(quantity):
        # Kept after the slider has left it: changing the options would remount the slider
        # under the hand that moves it.
        st.session_state[f"{key}_off_grid"] = value
    places = options(quantity)
    shown: Callable[[float], str] = exact
    if quantity.integer:
        places = [int(place) for place in places]
        shown = _thousands
    number = int if quantity.integer else float
    slider_key = renewed(f"{key}_slider", value)
    box_key = renewed(f"{key}_exact", number(value))
    slider, box = st.columns([5, 3], vertical_alignment="bottom", gap="small")
    slider.select_slider(
        quantity.label,
        places,
        key=slider_key,
        format_func=shown,
        disabled=disabled,
        on_change=take,
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
        on_change=take,
        args=(box_key, key),
    )


def _thousands(value: float) -> str:
    return f"{value:,.0f}"


def _compare() -> None:
    """Offer further learning rates, typed freely."""
    rates = [exact(rate) for rate in cast("list[float]", setting("compare"))]
    suggestions = ["0.0001", "0.001", "0.003", "0.01", "0.02", "0.03", "0.04"]
    main = exact(setting("rate"))
    offered = list(dict.fromkeys([*rates, *(rate for rate in suggestions if rate != main)]))
    widget = renewed("compare_choice", rates)
    st.multiselect(
        "Compare with",
        offered,
        key=widget,
        accept_new_options=True,
        max_selections=MAX_RUNS - 1 - len(setting("kept")),
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
        [text.strip().replace(",", ".") for text in texts], setting("rate"), "Compare with"
    )
    st.session_state["compare"] = list(rates)
    st.session_state[widget] = [exact(rate) for rate in rates]
    st.session_state["notes"] = notes


def _kept() -> None:
    """Offer to put the main run aside, and show what was put aside, to be removed again."""
    kept = cast("list[Run]", setting("kept"))
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
            on_change=take,
            args=(widget, "kept"),
        )


def _keep() -> None:
    """Put the main run aside, as it stands on the stage."""
    kept, run = setting("kept"), setting("trainer").runs[0]
    st.session_state["kept"] = [*kept, run] if run not in kept else kept


def _changes() -> None:
    """Show at which epochs the learning rate changes, to be removed again."""
    if changes := cast("list[tuple[int, float]]", setting("changes")):
        widget = renewed("changes_choice", changes)
        st.multiselect(
            "Rate changes",
            changes,
            key=widget,
            format_func=lambda change: f"{exact(change[1])} from {change[0]:,}",
            on_change=take,
            args=(widget, "changes"),
        )


def _described(run: Run) -> str:
    scale = f"scale {exact(run.feature_scale)}" if run.feature_shift == 0 else "standardized"
    start = "" if run.start == DEFAULT_START else f", from ({run.start[0]:g}, {run.start[1]:g})"
    return f"{exact(run.learning_rate)}, {scale}{start}"


def _checkbox(key: str, label: str) -> None:
    widget = renewed(f"{key}_box", setting(key))
    st.checkbox(label, key=widget, on_change=take, args=(widget, key))


def _start(key: str, label: str) -> None:
    widget = renewed(f"{key}_exact", float(setting(key)))
    st.number_input(
        label,
        min_value=START.low,
        max_value=START.high,
        step=0.1,
        format="%.6g",
        key=widget,
        on_change=take,
        args=(widget, key),
    )
