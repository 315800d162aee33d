"""Autograd opened up: one epoch of a run under the glass, in an expander below the map.

All of it reruns as one fragment of its own, so the stage goes on meanwhile. A tab is made only
while it is open.
"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from tempfit.data.dataset import Dataset
from tempfit.training.trainer import Trainer
from tempfit.ui import session
from tempfit.ui.epoch import glass, graph, slopes, substeps, trials
from tempfit.ui.frontend import ASSETS
from tempfit.words import later, say

TITLE: Final = later("Autograd: inside one epoch")
TABS: Final = {
    later("One epoch"): substeps.show,
    later("The gradient three ways"): slopes.show,
    later("The graph"): graph.show,
    later("Break it"): trials.show,
}


@st.fragment
def show(dataset: Dataset, trainer: Trainer, slots: Sequence[int]) -> None:
    """Offer the section; it is made only once it is opened."""
    session.rerun_if_moved()
    with st.expander(say(TITLE), key="autograd_open", on_change="rerun") as place:
        if not place.open:
            return
        with st.container(key="autograd"):
            st.html(ASSETS / "epoch" / "epoch.css")
            specimen = glass.show(dataset, trainer, slots)
            titles = [say(title) for title in TABS]
            tabs = st.tabs(titles, key=session.in_language("autograd_tab"), on_change="rerun")
            for tab, show_tab in zip(tabs, TABS.values(), strict=True):
                if tab.open:
                    with tab:
                        show_tab(specimen)
