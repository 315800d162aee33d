"""The lesson on the page: the open step beside the stage, its controls above it; or the summary."""

from functools import lru_cache
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tempfit import link, words
from tempfit.lesson.step import Lesson
from tempfit.lesson.toml_file import built_in
from tempfit.lesson.truth import doubts
from tempfit.theory.law import Law
from tempfit.training.trainer import Trainer
from tempfit.ui import session
from tempfit.ui.lesson import controls, panel, summary
from tempfit.ui.sidebar import language


def show(place: DeltaGenerator, trainer: Trainer, law: Law) -> None:
    """Show the open step, and the controls that it needs, or what was found in all of them."""
    course = session.page().course
    step = course.task
    with place:
        _say_doubts(course.lesson)
        if step is None:
            summary.show()
            return
        with st.container(key="lesson"):
            panel.show((trainer, law))
            if session.page().view != link.PRESENT:
                language.offer()
        controls.show(step, law)


def _say_doubts(lesson: Lesson) -> None:
    """Say what is unsound in a lesson of one's own: it takes the law to find out."""
    if lesson is built_in():
        return
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in _doubts(lesson, words.language()))
    if paragraphs:
        st.html(f"<div class='tempfit-refusal' role='alert'>{paragraphs}</div>")


@lru_cache(maxsize=8)
def _doubts(lesson: Lesson, _language: words.Language) -> tuple[str, ...]:
    """Return what is unsound, as it is said in the present language."""
    return tuple(map(str, doubts(lesson)))
