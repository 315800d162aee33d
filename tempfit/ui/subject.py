"""What is under the glass: a run and an epoch, chosen here or taken from the stage.

The params before an epoch come from the snapshots that the stage has trained, or from the
start, trained on from there in the same batch: the same numbers to the last bit. An epoch that
is too far for one go is approached a piece at a time; until it is reached, what is shown is the
epoch that training has come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import streamlit as st

from tempfit import link
from tempfit.anatomy import Approach, Epoch, Params, one_epoch
from tempfit.data import Dataset
from tempfit.experiment import Run
from tempfit.schedule import advance, phase_at
from tempfit.training import State, snapshot_epochs
from tempfit.ui.frontend import ASSETS_URL, component
from tempfit.ui.trainer import Trainer

KEY: Final = "follow"
APPROACH_SECONDS: Final = 0.12
_follow = component("follow.js")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One epoch of one run, the run as it begins, and the slot of its colour."""

    dataset: Dataset
    epoch: Epoch
    run: Run
    slot: int


def choose(dataset: Dataset, slots: list[int]) -> Subject:
    """Show the choice of a run and an epoch, and return what is under the glass."""
    trainer: Trainer = st.session_state["trainer"]
    wanted = min(max(1, st.session_state.setdefault("glass_epoch", 1)), trainer.epochs)
    st.session_state["glass_epoch"] = wanted
    run = _controls(trainer, wanted)
    reached = _state_before(trainer, wanted)
    number = reached.epoch + 1
    _component(trainer, wanted, number)
    present = phase_at(trainer.phases, reached.epoch).runs[run]
    epoch = one_epoch(dataset, present, number, Params(*reached.params[run]))
    return Subject(dataset, epoch, trainer.runs[run], slots[run])


def _controls(trainer: Trainer, wanted: int) -> int:
    """Show the widgets; return the place of the chosen run."""
    place, scrubber, box, following = st.columns([3, 6, 2, 3], vertical_alignment="bottom")
    run: int = place.selectbox(
        "Run",
        range(len(trainer.runs)),
        format_func=lambda index: name_of(trainer.runs, index),
        key="glass_run",
        persist_state="page",
    )
    if len(trainer.runs) <= st.session_state["glass_run"]:
        run = 0
    scheduled = [int(epoch) for epoch in snapshot_epochs(trainer.epochs)[1:]]
    if wanted not in scheduled:
        # Kept after the slider has left it: other options would remount it under the hand.
        st.session_state["glass_off_schedule"] = wanted
    further = min(st.session_state.get("glass_off_schedule", 1), trainer.epochs)
    scrubber.select_slider(
        "Epoch under the glass",
        sorted({*scheduled, further}),
        key=_widget("glass_slider", wanted),
        format_func=lambda epoch: f"{epoch:,}",
        on_change=_take,
        args=("glass_slider",),
    )
    box.number_input(
        "Exact epoch",
        min_value=1,
        max_value=trainer.epochs,
        step=1,
        key=_widget("glass_exact", wanted),
        label_visibility="collapsed",
        on_change=_take,
        args=("glass_exact",),
    )
    st.session_state.setdefault("glass_follow", True)
    following.toggle("Follow the stage", key="glass_follow", persist_state="page")
    return run


def name_of(runs: tuple[Run, ...], index: int) -> str:
    """Return what a run is called: its learning rate, and its scale where that differs."""
    run = runs[index]
    name = link.plain(run.learning_rate)
    if len({(other.feature_scale, other.feature_shift, other.start) for other in runs}) > 1:
        name += f", scale {run.feature_scale:.4g}, from ({run.start[0]:g}, {run.start[1]:g})"
    return name


def _widget(key: str, value: int) -> str:
    """Return the widget's key, its state set to `value` where it differs."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    return key


def _take(widget: str) -> None:
    """Put the epoch of a widget under the glass, and no longer that of the stage."""
    st.session_state.update(glass_epoch=int(st.session_state[widget]), glass_follow=False)


def _state_before(trainer: Trainer, epoch: int) -> State:
    """Return the state before an epoch, or as near to it as one go comes."""
    before = epoch - 1
    state = trainer.state_at(int(np.searchsorted(trainer.history.epoch, before, "right")) - 1)
    name, known = st.session_state.get("glass_state", ("", state))
    if name == trainer.identity and state.epoch < known.epoch <= before:
        state = known

    def train(state: State, until: int) -> State:
        return advance(trainer.dataset, trainer.phases, state, trainer.epochs, until)[0]

    approach = Approach(train, state)
    approach.towards(before, APPROACH_SECONDS)
    st.session_state["glass_state"] = (trainer.identity, approach.state)
    return approach.state


def _component(trainer: Trainer, wanted: int, number: int) -> None:
    """Mount the invisible part that follows the stage, and asks again for a far epoch."""
    _follow(
        key=KEY,
        data={
            "assets": ASSETS_URL,
            "experiment": trainer.identity,
            "following": bool(st.session_state["glass_follow"]),
            "wanted": wanted,
            "reached": number,
        },
        on_shown_change=_shown,
        on_more_change=lambda: None,
    )


def _shown() -> None:
    """Put the epoch that the stage shows under the glass; at its start, the first."""
    shown = st.session_state[KEY].get("shown")
    if not isinstance(shown, Mapping) or not st.session_state.get("glass_follow"):
        return
    epoch, trainer = shown.get("epoch"), st.session_state.get("trainer")
    if isinstance(epoch, int) and trainer and shown.get("experiment") == trainer.identity:
        st.session_state["glass_epoch"] = min(max(1, epoch), trainer.epochs)
