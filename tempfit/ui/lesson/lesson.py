"""The lesson on the page: the open step beside the stage, its controls above it; or the summary."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tempfit.theory.law import Law
from tempfit.training.trainer import Trainer
from tempfit.ui import session
from tempfit.ui.lesson import controls, panel, summary


def show(place: DeltaGenerator, trainer: Trainer, law: Law) -> None:
    """Show the open step, and the controls that it needs, or what was found in all of them."""
    step = session.page().course.task
    with place:
        if step is None:
            summary.show()
            return
        with st.container(key="lesson"):
            panel.show((trainer, law))
        controls.show(step, law)
