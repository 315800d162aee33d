"""The lesson on the page: the open step beside the stage, its controls above it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tempfit import link
from tempfit.theory.law import Law
from tempfit.training.trainer import Trainer
from tempfit.ui import session
from tempfit.ui.lesson import controls, panel
from tempfit.ui.sidebar import language


def show(place: DeltaGenerator, trainer: Trainer, law: Law) -> None:
    """Show the open step, and the controls that it needs."""
    step = session.page().course.task
    if step is None:
        return
    with place:
        with st.container(key="lesson"):
            panel.show((trainer, law))
            if session.page().view != link.PRESENT:
                language.offer()
        controls.show(step, law)
