"""The choice of data, at the top of the sidebar, before anything that needs torch is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from tempfit import page as moves
from tempfit.data.sources import (
    NAMES,
    NOISE,
    OUTLIER,
    OWN,
    READINGS,
    SEED,
    SLOPE,
    THERMOMETER,
    TITLES,
    Source,
)
from tempfit.ui import session
from tempfit.words import later, say

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from tempfit.limits import Limits
    from tempfit.page import Page

BRING: Final = later("Bring your own…")
CONTROLS: Final = (
    (READINGS, later("Readings"), 1),
    (SEED, later("Seed"), 1),
    (SLOPE, later("Slope"), 0.5),
    (NOISE, later("Noise"), 0.5),
    (OUTLIER, later("Outlier"), 5.0),
)


def headline(page: Page) -> str:
    """Say what is fitted here."""
    if page.source == THERMOMETER:
        return say("A line learns to read an unknown thermometer.")
    if page.source == OWN:
        return say("A line learns from your own readings.")
    title = page.source.title[0].lower() + page.source.title[1:]
    return say("A line learns from {title}.", title=title)


def offer() -> DeltaGenerator:
    """Offer the data to choose from; return the place for what is to be said of them."""
    page = session.page()
    shown = OWN.name if page.bringing else page.source.name
    st.selectbox(
        say("Data"), NAMES, format_func=_title, **session.choice("data", NAMES, shown, _choose)
    )
    if shown == "generated":
        left, right = st.columns(2, gap="small")
        for number, control in enumerate(CONTROLS):
            _ingredient(left if number % 2 == 0 else right, *control)
    return st.container()


def _title(name: str) -> str:
    return say(BRING) if name == OWN.name else say(TITLES[name])


def _choose(page: Page, name: str) -> Page:
    if name == OWN.name and page.own is None:
        return moves.ask_for_own(page)
    return moves.take(page, Source(name, page.source.recipe))


def _ingredient(place: DeltaGenerator, limits: Limits, label: str, step: float) -> None:
    """Offer one number that generated readings are made to."""
    number = int if limits.whole else float
    name = limits.field
    value = number(getattr(session.page().source.recipe, name))
    place.number_input(
        say(label),
        step=number(step),
        format="%d" if limits.whole else "%.6g",
        **session.bound(f"recipe_{name}", value, lambda page, new: moves.mix(page, name, new)),
    )
