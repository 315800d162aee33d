"""The runs beside the main one: compared rates, kept runs, and changes of the learning rate."""

from __future__ import annotations

from typing import Final

import streamlit as st

from tempfit import page as moves
from tempfit.numbers import count, exact
from tempfit.training.experiment import MAX_RUNS, Experiment, Run
from tempfit.ui import session
from tempfit.ui.readings.loaded import Loaded
from tempfit.words import later, say

DEFAULT_START: Final = Experiment().start
SUGGESTED: Final = ("0.0001", "0.001", "0.003", "0.01", "0.02", "0.03", "0.04")
FULL: Final = later("{count} runs are the most: remove one to make room.")


def show_compared() -> None:
    """Offer further learning rates, typed freely."""
    now = session.page().experiment
    rates = [exact(rate) for rate in now.compare]
    main = exact(now.learning_rate)
    room = now.room_to_compare
    full = say(FULL, count=MAX_RUNS)

    st.multiselect(
        say("Compare with"),
        list(dict.fromkeys([*rates, *(rate for rate in SUGGESTED if rate != main)])),
        accept_new_options=True,
        # Streamlit takes no 0 here, and an option that cannot be chosen needs no limit.
        max_selections=max(1, room),
        placeholder=say("Type further learning rates") if room else full,
        disabled=room == 0,
        help=None if room else full,
        **session.choices("compare", rates, moves.compare),
    )


def show_kept() -> None:
    """Offer to put the main run aside, and show what was put aside, to be removed again."""
    now = session.page().experiment
    st.button(
        say("Keep for comparison"),
        on_click=_keep,
        disabled=now.room == 0,
        help=None if now.room else say(FULL, count=MAX_RUNS),
        width="stretch",
    )
    if now.kept:
        kept = list(now.kept)
        binding = session.choices("kept", kept, moves.hold)
        st.multiselect(say("Kept runs"), kept, format_func=described, **binding)


def _keep() -> None:
    """Put the main run aside as it stands on the stage, standardized or not."""
    page, dataset = session.page(), session.part(Loaded).dataset
    if dataset is not None:
        session.put(moves.keep(page, page.experiment.runs(dataset)[0]))


def described(run: Run) -> str:
    """Return a run's settings in a few words."""
    said = [exact(run.learning_rate), say("standardized")]
    if run.feature_shift == 0:
        said[1] = say("scale {scale}", scale=exact(run.feature_scale))
    if run.start != DEFAULT_START:
        said.append(say("from ({w}, {b})", w=f"{run.start[0]:g}", b=f"{run.start[1]:g}"))
    return say(", ").join(said)


def show_changes() -> None:
    """Show at which epochs the learning rate changes, to be removed again."""
    if changes := list(session.page().experiment.changes):
        st.multiselect(
            say("Rate changes"),
            changes,
            format_func=_change,
            **session.choices("changes", changes, moves.change),
        )


def _change(change: tuple[int, float]) -> str:
    epoch, rate = change
    return say("{rate} from {epoch}", rate=exact(rate), epoch=count(epoch))
