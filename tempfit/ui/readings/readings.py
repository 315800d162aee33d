"""The readings on the page: loaded, described, with settings to start with."""

from html import escape
from typing import cast

import streamlit as st

from tempfit.data.dataset import Dataset
from tempfit.data.loading import load
from tempfit.data.sources import EXAMPLES, OWN, THERMOMETER, Source
from tempfit.theory.starting import Start, starting
from tempfit.training.experiment import Experiment
from tempfit.ui.readings import own
from tempfit.ui.sidebar import data_source, settings
from tempfit.ui.sidebar.sidebar import Controls


def show(controls: Controls) -> Dataset:
    """Return the readings that were chosen, described beside the choice.

    Reruns the page where they call for other settings, or for other ranges of the sliders.
    """
    source = data_source.source()
    dataset = _dataset(source)
    start = _start(source, dataset)
    with controls.data:
        if data_source.bringing():
            own.offer()
        said = _described(source)
        if start and controls.experiment == start.experiment:
            said.append(start.sentence)
        paragraphs = "".join(f"<p>{escape(sentence)}</p>" for sentence in said)
        if said:
            st.html(f"<div class='tempfit-data'>{paragraphs}</div>")
    if start is not st.session_state.get("start") or st.session_state.get("fresh"):
        if st.session_state.get("fresh"):
            notes = st.session_state["notes"]  # what the link got wrong of the data
            settings.load(start.experiment if start else Experiment())
            st.session_state["notes"] = notes
        st.session_state.update(start=start, fresh=False)
        st.rerun()
    return dataset


def _dataset(source: Source) -> Dataset:
    """Return the readings of a source, the same object for as long as they are on the page."""
    if source == OWN:
        return cast("own.Own", st.session_state["own"]).reading.dataset
    if st.session_state.get("loaded_from") != source:
        st.session_state.update(loaded_from=source, loaded=load(source))
    return cast("Dataset", st.session_state["loaded"])


def _start(source: Source, dataset: Dataset) -> Start | None:
    """Return where to start with a dataset; the thermometer has the reference experiments."""
    if source.name == THERMOMETER.name:
        return None
    if st.session_state.get("started_with") is not dataset:
        st.session_state.update(started_with=dataset, started=starting(dataset))
    return cast("Start", st.session_state["started"])


def _described(source: Source) -> list[str]:
    """Say what the readings are."""
    if source == OWN:
        return own.describe(st.session_state["own"])
    return [EXAMPLES[source.name].lesson] if source.name in EXAMPLES else []
