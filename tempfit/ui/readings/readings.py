"""The readings on the page: loaded, described, with settings to start with."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tempfit import page as moves
from tempfit.data.dataset import Dataset
from tempfit.data.sources import EXAMPLES, OWN
from tempfit.page import Page
from tempfit.theory.starting import Start
from tempfit.training.experiment import Experiment
from tempfit.ui import session
from tempfit.ui.readings import own
from tempfit.ui.readings.loaded import Loaded
from tempfit.ui.readings.loading import loaded
from tempfit.words import say


def show(place: DeltaGenerator | None) -> Dataset:
    """Return the readings of the page, described in a place of the sidebar if there is one.

    Reruns the page where they call for other settings, or for other ranges of the sliders.
    """
    page = session.page()
    before = session.part(Loaded).start
    dataset, start = loaded(page)
    if place:
        with place:
            _describe(page, start)
    if not page.settled:
        session.put(moves.settle(page, start.experiment if start else Experiment()))
    if start is not before or not page.settled:
        st.rerun()
    return dataset


def _describe(page: Page, start: Start | None) -> None:
    if page.bringing or page.source == OWN:
        own.offer()
    said = _described(page, start)
    if said:
        paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in said)
        st.html(f"<div class='tempfit-data'>{paragraphs}</div>")


def _described(page: Page, start: Start | None) -> list[str]:
    """Say what the readings are, and why these settings where they are those to start with."""
    said: list[str] = []
    if page.source == OWN and page.own:
        said = own.describe(page.own)
    elif page.source.name in EXAMPLES:
        said = [say(EXAMPLES[page.source.name].lesson)]
    if start and page.experiment == start.experiment:
        said.append(start.sentence)
    return said
