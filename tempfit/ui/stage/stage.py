"""The stage: the charts, the transport and the rows of the runs, one component in the browser."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from tempfit.data.dataset import Dataset
from tempfit.numbers import parse
from tempfit.training.experiment import Experiment
from tempfit.ui.frontend import ASSETS_URL, component
from tempfit.ui.readings import editing
from tempfit.ui.readings.edit import Edit
from tempfit.ui.sidebar import settings
from tempfit.ui.stage.setup import setup
from tempfit.ui.stage.trainer import Pull, Trainer, identity

KEY: Final = "stage"
_component = component("stage.js")


def show(dataset: Dataset, experiment: Experiment, slots: list[int]) -> None:
    """Show the stage, at the start of the experiment or wherever this session has brought it."""
    trainer = st.session_state.get("trainer")
    if trainer is None or trainer.identity != identity(dataset, experiment):
        st.session_state["trainer"] = fresh = Trainer.of(dataset, experiment)
        epoch = st.session_state.pop("going_on", None)
        if epoch is not None and trainer is not None:
            fresh.go_on_from(trainer, epoch)
        st.session_state["setup"] = setup(fresh, slots)
        st.session_state["edit"] = st.session_state.pop("edit_made", None)
    st.session_state["answer"] = None
    _stage()


@st.fragment
def _stage() -> None:
    """Mount the component; a pull reruns this function alone."""
    settings.rerun_if_changed()
    trainer: Trainer = st.session_state["trainer"]
    answer = st.session_state["answer"]
    pull: Pull | None = answer.pop("pull") if answer is not None else None
    comes_to_rest = pull is None or pull.exact is not None or trainer.state.epoch == trainer.epochs
    _component(
        key=KEY,
        data={
            "assets": ASSETS_URL,
            "experiment": trainer.identity,
            "setup": None if pull is not None and pull.equipped else st.session_state["setup"],
            "answer": answer,
            "edit": st.session_state["edit"],
            **trainer.standing(said=comes_to_rest),
        },
        on_pull_change=_pulled,
        on_go_on_change=_going_on,
        on_edit_change=_edited,
    )


def _pulled() -> None:
    """Answer a pull; one that belongs to an experiment no longer on the page gets no snapshots."""
    pull = Pull.read(st.session_state[KEY].get("pull"))
    trainer: Trainer | None = st.session_state.get("trainer")
    if pull is None or trainer is None or pull.experiment != trainer.identity:
        st.session_state["answer"] = None
        return
    st.session_state["answer"] = trainer.answer(pull) | {"pull": pull}


def _going_on() -> None:
    """Go on from an epoch: for twice as long, or at another learning rate."""
    message = st.session_state[KEY].get("go_on")
    if not isinstance(message, Mapping):
        return
    epoch, rate = message.get("epoch"), message.get("rate")
    trainer: Trainer = st.session_state["trainer"]
    if isinstance(epoch, int) and epoch in trainer.history.epoch:
        settings.go_on(epoch, parse(str(rate)) if rate is not None else None)


def _edited() -> None:
    """Change a reading as the chart says; what came of it goes back with the edit's number."""
    trainer: Trainer = st.session_state["trainer"]
    edit = Edit.read(st.session_state[KEY].get("edit"))
    if edit is None or edit.experiment != trainer.identity:
        return
    if said := editing.on_chart(trainer.dataset, edit):
        st.session_state["edit"] = {"number": edit.number, "said": said}
    else:
        st.session_state["edit_made"] = {"number": edit.number, "said": None}
