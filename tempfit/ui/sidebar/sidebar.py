"""The sidebar: the controls of the experiment, and places in it for what the theory says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from tempfit import page as moves
from tempfit.data.sources import THERMOMETER
from tempfit.training.experiment import PRESETS, Experiment
from tempfit.ui import session
from tempfit.ui.lesson import own
from tempfit.ui.readings.loaded import Loaded
from tempfit.ui.sidebar import data_choice, quantities, runs
from tempfit.words import later, say

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from tempfit.page import Page

OWN_SETTINGS: Final = later("Own settings")


@dataclass(frozen=True, slots=True)
class Places:
    """The places that are filled once torch is there; of some there is none in every view."""

    data: DeltaGenerator | None
    limit: DeltaGenerator
    shape: DeltaGenerator | None


def show() -> Places:
    """Show the controls of the page; return the places that are filled in later."""
    with st.sidebar:
        _preset()
        data = data_choice.offer()
        quantities.show(quantities.EPOCHS_SLIDER)
        limit = quantities.show(quantities.RATE_SLIDER)
        shape = st.empty()
        standardized = session.page().experiment.standardize
        quantities.show(quantities.SCALE_SLIDER, disabled=standardized)
        standardize(standardized=standardized)
        runs.show_compared()
        runs.show_kept()
        runs.show_changes()
        with st.expander(say("Start values")):
            _start(0, say("w at the start"))
            _start(1, say("b at the start"))
        own.offer()
    return Places(data, limit, shape)


def _preset() -> None:
    """Offer the experiments by name, showing the one that the controls describe."""
    page = session.page()
    presets = _presets(page)
    name = next((n for n, preset in presets.items() if preset == page.experiment), OWN_SETTINGS)
    names = [*presets, OWN_SETTINGS] if name == OWN_SETTINGS else list(presets)

    def load(page: Page, name: str) -> Page:
        return moves.load(page, presets[name]) if name in presets else page

    st.selectbox(
        say("Preset"), names, format_func=say, **session.choice("preset", names, name, load)
    )


def _presets(page: Page) -> dict[str, Experiment]:
    """Return the reference experiments for the thermometer, and those found for other data."""
    if page.source == THERMOMETER:
        return PRESETS
    start = session.part(Loaded).start
    return start.presets if start else {}


def standardize(*, standardized: bool) -> None:
    """Offer to standardize the feature."""
    binding = session.bound(
        "standardize", standardized, lambda page, on: moves.set_to(page, "standardize", on)
    )
    st.checkbox(
        say("Standardize (mean 0, variance 1)"),
        help=say("The readings are shifted and scaled to this, which makes the loss a round bowl."),
        **binding,
    )


def _start(place: int, label: str) -> None:
    """Offer the start value of w (place 0) or b (1)."""
    start = session.page().experiment.start

    def move(page: Page, value: float) -> Page:
        w, b = page.experiment.start
        return moves.set_to(page, "start", (value, b) if place == 0 else (w, value))

    st.number_input(
        label,
        step=0.1,
        format="%.6g",
        **session.bound(f"start_{place}", float(start[place]), move),
    )
