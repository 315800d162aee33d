"""The strip above the stage when it is presented: the two numbers that a lecturer moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from tempfit.ui import session
from tempfit.ui.sidebar import quantities
from tempfit.ui.sidebar.sidebar import Places

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def show(place: DeltaGenerator) -> Places:
    """Show the sliders of rate and scale; return the place of the limit."""
    standardize = session.page().experiment.standardize
    with place, st.container(key="strip"):
        rate, scale = st.columns(2, gap="large")
        with rate:
            limit = quantities.show(quantities.RATE_SLIDER, boxed=False)
        with scale:
            quantities.show(quantities.SCALE_SLIDER, disabled=standardize, boxed=False)
    return Places(data=None, limit=limit, shape=None)
