"""What stands above the stage: what is fitted here, and what there is to say to the viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from tempfit import link
from tempfit import page as moves
from tempfit.ui import connection, session
from tempfit.ui.lesson import own
from tempfit.ui.sidebar import data_choice, language
from tempfit.words import say

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from tempfit.page import Page


def show(place: DeltaGenerator, *, in_lab: bool) -> None:
    """Say what is fitted, in the lab; notes are shown in any view."""
    page = session.page()
    with place:
        if in_lab:
            with st.container(key="heading", horizontal=True, vertical_alignment="bottom"):
                st.title(say("Gradient descent, live"), width="content")
                st.button(_way_in(page), on_click=_learn)
                st.caption(data_choice.headline(page))
                language.offer()
        own.complain()
        if notes := (*connection.notes(), *page.notes):
            st.warning("  \n".join(notes))


def _way_in(page: Page) -> str:
    """Name the button that opens the lesson."""
    return say("Go on with the lesson") if page.course.begun else say("Start the lesson")


def _learn() -> None:
    session.put(moves.show(session.page(), link.LESSON, ()))
