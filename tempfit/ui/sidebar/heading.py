"""What stands above the stage: what is fitted here, and what there is to say to the viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from tempfit.ui import connection, session
from tempfit.ui.sidebar import data_choice, language
from tempfit.words import say

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def show(place: DeltaGenerator, *, in_lab: bool) -> None:
    """Say what is fitted, in the lab; notes are shown in any view."""
    page = session.page()
    with place:
        if in_lab:
            with st.container(key="heading", horizontal=True, vertical_alignment="bottom"):
                st.title(say("Gradient descent, live"), width="content")
                st.caption(data_choice.headline(page))
                language.offer()
        if notes := (*connection.notes(), *page.notes):
            st.warning("  \n".join(notes))
