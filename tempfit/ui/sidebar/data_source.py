"""The choice of data, at the top of the sidebar, before anything that needs torch is imported.

`source` in the session's state says where the readings on the page are from. Choosing others
sets it and marks it `fresh`: the page then finds settings to start with, once the readings are
loaded. Readings of one's own are taken in by `tempfit.ui.own`; until they are read, those that
were there before stay.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

import streamlit as st

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
from tempfit.limits import Limits
from tempfit.ui.renewal import renewed, replaced

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

BRING: Final = "Bring your own…"
WHOLE: Final = (READINGS, SEED)
NOT_IN_LINK: Final = (
    "The link was made with readings that only its maker has: here is the thermometer, "
    "with the settings of the link."
)


def source() -> Source:
    """Return where the readings on the page are from."""
    return cast("Source", st.session_state.get("source", THERMOMETER))


def bringing() -> bool:
    """Return whether readings of one's own are on the page, or asked for."""
    return source() == OWN or bool(st.session_state.get("bringing"))


def headline() -> str:
    """Return what is fitted here, the beginning of a sentence."""
    if source().name == THERMOMETER.name:
        return "A line learns to read an unknown thermometer"
    title = "your own readings" if source() == OWN else source().title
    return f"A line learns from {title[0].lower()}{title[1:]}"


def take(chosen: Source) -> None:
    """Put other readings on the page; settings to start with are found for them."""
    st.session_state.update(source=chosen, bringing=False, fresh=True, notes=[])
    st.session_state.pop("refusal", None)


def follow(named: Source, *, settings: bool) -> list[str]:
    """Put the readings that a link names on the page, and say which it cannot give.

    Where the link says nothing of the settings, those to start with are found.
    """
    said = []
    if named == OWN and "own" not in st.session_state:
        named, said = THERMOMETER, [NOT_IN_LINK]
    fresh = named.name not in (OWN.name, THERMOMETER.name) and not settings
    st.session_state.update(source=named, bringing=False, fresh=fresh)
    return said


def offer() -> DeltaGenerator:
    """Offer the data to choose from; return the place for what is to be said of them."""
    shown = OWN.name if bringing() else source().name
    widget = renewed("data_choice", shown)
    st.selectbox("Data", NAMES, key=widget, format_func=_title, on_change=_chosen, args=(widget,))
    if shown == "generated":
        _recipe()
    return st.container()


def _title(name: str) -> str:
    return BRING if name == OWN.name else TITLES[name]


def _chosen(widget: str) -> None:
    name = st.session_state[widget]
    if replaced(widget):
        return
    if name == OWN.name and "own" not in st.session_state:
        st.session_state["bringing"] = True
    else:
        take(Source(name, source().recipe))


def _recipe() -> None:
    """Offer what generated readings are made to."""
    left, right = st.columns(2, gap="small")
    for place, (limits, label, step) in enumerate(
        (
            (READINGS, "Readings", 1),
            (SEED, "Seed", 1),
            (SLOPE, "Slope", 0.5),
            (NOISE, "Noise", 0.5),
            (OUTLIER, "Outlier", 5.0),
        )
    ):
        _ingredient(left if place % 2 == 0 else right, limits, label, step)


def _ingredient(place: DeltaGenerator, limits: Limits, label: str, step: float) -> None:
    number = int if limits in WHOLE else float
    widget = renewed(f"recipe_{limits.field}", number(getattr(source().recipe, limits.field)))
    place.number_input(
        label,
        min_value=number(limits.low),
        max_value=number(limits.high),
        step=number(step),
        format="%d" if limits in WHOLE else "%.6g",
        key=widget,
        on_change=_mixed,
        args=(limits.field, widget),
    )


def _mixed(field: str, widget: str) -> None:
    """Generate the readings anew; the settings stay, so that the difference can be seen."""
    if not replaced(widget):
        recipe = replace(source().recipe, **{field: st.session_state[widget]})
        st.session_state["source"] = Source("generated", recipe)
