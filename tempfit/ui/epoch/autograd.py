"""Autograd opened up: one epoch of a run under the glass, in an expander below the map.

Everything here reruns as one fragment of its own, so the stage goes on meanwhile; what is seen
is computed when its tab is opened.
"""

from typing import Final

import streamlit as st

from tempfit.data.dataset import Dataset
from tempfit.ui import session
from tempfit.ui.epoch import breaking, glass, graph_view, slope_view, subject
from tempfit.ui.frontend import ASSETS

TITLE: Final = "Autograd: inside one epoch"
PARTS: Final = {
    "One epoch": glass.show,
    "The gradient three ways": slope_view.show,
    "The graph": graph_view.show,
    "Break it": breaking.show,
}


@st.fragment
def show(dataset: Dataset, slots: list[int]) -> None:
    """Offer the section; it is made only once it is opened."""
    session.rerun_if_moved()
    with st.expander(TITLE, key="autograd_open", on_change="rerun") as place:
        if not place.open:
            return
        with st.container(key="autograd"):
            st.html(ASSETS / "epoch" / "epoch.css")
            chosen = subject.choose(dataset, slots)
            tabs = st.tabs(list(PARTS), key="autograd_tab", on_change="rerun")
            for tab, part in zip(tabs, PARTS.values(), strict=True):
                if tab.open:
                    with tab:
                        part(chosen)
