"""The lesson on the page: the open step beside the stage, its controls above it; or the summary."""

from functools import lru_cache

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tempfit import link, words
from tempfit.lesson.step import Lesson
from tempfit.lesson.toml_file import built_in
from tempfit.lesson.truth import doubts
from tempfit.theory.law import Law
from tempfit.training.trainer import Trainer
from tempfit.ui import session
from tempfit.ui.lesson import controls, open_step, own, summary
from tempfit.ui.sidebar import language


def show(place: DeltaGenerator, trainer: Trainer, law: Law) -> None:
    """Show the open step, and the controls that it needs, or what was found in all of them."""
    course = session.page().course
    step = course.open_step
    with place:
        if course.lesson is not built_in():  # of that, the tests look for doubts
            own.list_wrongs(_doubts(course.lesson, words.language()))
        if step is None:
            summary.show()
            return
        with st.container(key="lesson"):
            open_step.show((trainer, law))
            if session.page().view != link.PRESENT:
                language.offer()
        controls.show(step, law)


@lru_cache(maxsize=8)
def _doubts(lesson: Lesson, _language: words.Language) -> tuple[str, ...]:
    """Say what is unsound in a lesson of one's own: it takes the law to find out."""
    return tuple(map(str, doubts(lesson)))
