"""The glass: the choice of a run and an epoch, made here or taken from the stage.

The params before an epoch come from the snapshots of the stage, trained on in the same batch:
they are the stage's to the last bit. An epoch that is too far for one go is approached piece by
piece, and until it is reached the page shows the epoch that training has come to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from tempfit.data.dataset import Dataset
from tempfit.epoch.anatomy import Epoch, Params, one_epoch
from tempfit.numbers import number
from tempfit.training.experiment import Run
from tempfit.training.history import State
from tempfit.training.recording import recorded_epochs
from tempfit.training.trainer import Trainer
from tempfit.ui import session
from tempfit.ui.frontend import component, part_data
from tempfit.ui.wire.messages import Look, read
from tempfit.ui.wire.sections import GlassData
from tempfit.ui.wire.shapes import packed
from tempfit.words import later, say

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

KEY: Final = "glass_bar"
_bar = component("epoch/glass_bar.js")


@dataclass(slots=True, eq=False)
class Glass:
    """The epoch that is wanted under the glass, and whether it follows the stage.

    `answered` is the number of the last look. `reached` is the state that training has come to
    in `experiment`, on the way to the epoch.
    """

    epoch: int = 1
    following: bool = True
    answered: int = 0
    experiment: str = ""
    reached: State | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Specimen:
    """What lies under the glass: one epoch of a run, and the slot of the run's colour."""

    dataset: Dataset
    epoch: Epoch
    slot: int


def show(dataset: Dataset, trainer: Trainer, slots: Sequence[int]) -> Specimen:
    """Show the choice of a run and an epoch, and return what lies under the glass."""
    glass = session.part(Glass)
    glass.epoch = min(max(1, glass.epoch), trainer.epochs)
    place, bar = st.columns([1, 4], gap="medium")
    index = _run(place, trainer.runs)
    state = _state_before(glass, trainer)
    with bar:
        _show_bar(glass, trainer, state.epoch + 1)
    start = Params(state.w[index], state.b[index])
    epoch = one_epoch(dataset, trainer.runs[index], state.epoch + 1, start)
    return Specimen(dataset, epoch, slots[index])


def _run(place: "DeltaGenerator", runs: Sequence[Run]) -> int:
    """Offer the runs; return the place of the chosen one."""
    index: int = place.selectbox(
        say("Run"),
        range(len(runs)),
        format_func=lambda index: label_of(runs, index),
        key=session.worded("glass_run"),
        persist_state="page",
    )
    return index if index < len(runs) else 0


def label_of(runs: Sequence[Run], index: int) -> str:
    """Return what a run is called: its learning rate, and its other settings if they differ."""
    run = runs[index]
    rate = number(run.learning_rate, 7)
    if len({(other.feature_scale, other.feature_shift, other.start) for other in runs}) == 1:
        return rate
    w, b = (number(value, 7) for value in run.start)
    said = later("{rate}, scale {scale}, from ({w}, {b})")
    return say(said, rate=rate, scale=number(run.feature_scale, 4), w=w, b=b)


def _state_before(glass: Glass, trainer: Trainer) -> State:
    """Return the state before the epoch that is wanted, or as near to it as one go comes."""
    known = glass.reached if glass.experiment == trainer.identity else None
    state = trainer.towards(glass.epoch - 1, known)
    glass.experiment, glass.reached = trainer.identity, state
    return state


def _show_bar(glass: Glass, trainer: Trainer, reached: int) -> None:
    """Show the choice of the epoch, which can follow the stage.

    It is a component of ours because both are one choice: two widgets would each have to set
    the other one.
    """
    data = GlassData(
        **part_data(),
        experiment=trainer.identity,
        epochs=trainer.epochs,
        recorded=packed(recorded_epochs(trainer.epochs, trainer.runs)[1:], "<i4"),
        following=glass.following,
        answered=glass.answered,
        wanted=glass.epoch,
        reached=reached,
    )
    _bar(key=KEY, data=data, on_look_change=partial(_look, trainer))


def _look(trainer: Trainer) -> None:
    """Put the epoch that the browser asks for under the glass, or the nearest that there is."""
    look = read(Look, session.said(KEY, "look"))
    if look is None:
        return
    glass = session.part(Glass)
    glass.answered = look.number
    if look.experiment == trainer.identity:
        glass.epoch = min(max(1, look.epoch), trainer.epochs)
        glass.following = look.following
