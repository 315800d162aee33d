"""What is under the glass: a run and an epoch, chosen here or taken from the stage.

The params before an epoch come from the snapshots that the stage has trained, or from the
start, trained on from there in the same batch: the same numbers to the last bit. An epoch that
is too far for one go is approached a piece at a time; until it is reached, what is shown is the
epoch that training has come to.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import streamlit as st

from tempfit.data.dataset import Dataset
from tempfit.epoch.anatomy import Approach, Epoch, Params, one_epoch
from tempfit.numbers import exact
from tempfit.training.experiment import Run
from tempfit.training.history import State
from tempfit.training.loop import advance
from tempfit.training.recording import recorded_epochs
from tempfit.training.trainer import Trainer
from tempfit.ui import session
from tempfit.ui.frontend import ASSETS_URL, component
from tempfit.ui.stage.stage import Stage
from tempfit.ui.wire import packed

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

KEY: Final = "glass_bar"
APPROACH_SECONDS: Final = 0.12
_bar = component("epoch/glass_bar.js")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One epoch of one run, the run as it begins, and the slot of its colour."""

    dataset: Dataset
    epoch: Epoch
    run: Run
    slot: int


def choose(dataset: Dataset, slots: list[int]) -> Subject:
    """Show the choice of a run and an epoch, and return what is under the glass."""
    training = session.part(Stage).training
    assert training is not None
    trainer, _ = training
    wanted = min(max(1, st.session_state.setdefault("glass_epoch", 1)), trainer.epochs)
    st.session_state["glass_epoch"] = wanted
    place, bar = st.columns([1, 4], gap="medium")
    run = _run(place, trainer)
    reached = _state_before(trainer, wanted)
    number = reached.epoch + 1
    with bar:
        _epoch(trainer, wanted, number)
    chosen = trainer.runs[run]
    present = replace(chosen, learning_rate=chosen.rate_at(reached.epoch), changes=())
    epoch = one_epoch(dataset, present, number, Params(*reached.params[run]))
    return Subject(dataset, epoch, trainer.runs[run], slots[run])


def _run(place: "DeltaGenerator", trainer: Trainer) -> int:
    """Offer the runs; return the place of the chosen one."""
    run: int = place.selectbox(
        "Run",
        range(len(trainer.runs)),
        format_func=lambda index: name_of(trainer.runs, index),
        key="glass_run",
        persist_state="page",
    )
    return run if run < len(trainer.runs) else 0


def name_of(runs: tuple[Run, ...], index: int) -> str:
    """Return what a run is called: its learning rate, and its scale where that differs."""
    run = runs[index]
    name = exact(run.learning_rate)
    if len({(other.feature_scale, other.feature_shift, other.start) for other in runs}) > 1:
        name += f", scale {run.feature_scale:.4g}, from ({run.start[0]:g}, {run.start[1]:g})"
    return name


def _state_before(trainer: Trainer, epoch: int) -> State:
    """Return the state before an epoch, or as near to it as one go comes."""
    before = epoch - 1
    state = trainer.history.state(int(np.searchsorted(trainer.history.epoch, before, "right")) - 1)
    name, known = st.session_state.get("glass_state", ("", state))
    if name == trainer.identity and state.epoch < known.epoch <= before:
        state = known

    def train(state: State, until: int) -> State:
        return advance(trainer.dataset, trainer.runs, state, trainer.epochs, until)[0]

    approach = Approach(train, state)
    approach.towards(before, APPROACH_SECONDS)
    st.session_state["glass_state"] = (trainer.identity, approach.state)
    return approach.state


def _epoch(trainer: Trainer, wanted: int, reached: int) -> None:
    """Show the choice of the epoch, which also follows the stage and asks on for a far one.

    A component, not two widgets: one for each way to choose would have to set the other, and
    what the browser then still says of the other would undo the choice.
    """
    _bar(
        key=KEY,
        data={
            "assets": ASSETS_URL,
            "experiment": trainer.identity,
            "epochs": trainer.epochs,
            "schedule": packed(recorded_epochs(trainer.epochs)[1:], "<i4"),
            "following": st.session_state.setdefault("glass_follow", True),
            "wanted": wanted,
            "reached": reached,
        },
        on_choice_change=_chosen,
        on_shown_change=_shown,
        on_more_change=lambda: None,
    )


def _chosen() -> None:
    """Take what was chosen by hand: an epoch, or to follow the stage."""
    choice = st.session_state[KEY].get("choice")
    trainer = (session.part(Stage).training or (None,))[0]
    if not isinstance(choice, Mapping) or trainer is None:
        return
    epoch, following = choice.get("epoch"), choice.get("following")
    if isinstance(epoch, int) and isinstance(following, bool):
        st.session_state["glass_epoch"] = min(max(1, epoch), trainer.epochs)
        st.session_state["glass_follow"] = following


def _shown() -> None:
    """Put the epoch that the stage shows under the glass; at its start, the first."""
    shown = st.session_state[KEY].get("shown")
    trainer = (session.part(Stage).training or (None,))[0]
    if not isinstance(shown, Mapping) or not st.session_state.get("glass_follow"):
        return
    epoch = shown.get("epoch")
    if isinstance(epoch, int) and trainer and shown.get("experiment") == trainer.identity:
        st.session_state["glass_epoch"] = min(max(1, epoch), trainer.epochs)
