"""What the law says before anything trains, beside the controls it is about."""

from html import escape

import streamlit as st

from tempfit.numbers import number, rounded_down
from tempfit.theory.curvature import Curvature
from tempfit.theory.law import Law
from tempfit.theory.status import Status
from tempfit.theory.verdict import Verdict, outlooks
from tempfit.ui.sidebar.quantities import RATE_SLIDER, place_on_slider
from tempfit.ui.sidebar.sidebar import Places


def show(places: Places, law: Law, epochs: int, slots: list[int]) -> None:
    """Mark the largest stable learning rate at its slider, and list what each rate will do."""
    bowl = law.curvatures[0]
    places.limit.html(_limit_mark(bowl))
    expected = outlooks(law, epochs)
    entries = "".join(
        f"<li><span class='key slot{slot}'></span><b>{escape(number(run.learning_rate))}</b> "
        f"{escape(brief(outlook, epochs))}</li>"
        for run, slot, outlook in zip(
            law.runs,
            slots,
            expected,
            strict=True,
        )
    )
    with places.outlook:
        st.html(
            f"<div class='tempfit-forecast' role='status'>{_headline(bowl)}<ul>{entries}</ul></div>"
        )


def brief(outlook: Verdict, epochs: int) -> str:
    """Say in a few words what a run will do, and about when."""
    about = "" if outlook.epoch is None else f" about epoch {number(outlook.epoch)}"
    return {
        Status.CONVERGED: f"converges{about}",
        Status.OVERFLOWED: f"overflows{about}",
        Status.DIVERGING: f"is diverging at epoch {epochs:,}",
        Status.STALLED: f"stalls, far from the best at epoch {epochs:,}",
        Status.OSCILLATING: f"still oscillates at epoch {epochs:,}",
        Status.DESCENDING: f"is still descending at epoch {epochs:,}",
    }[outlook.status]


def _limit_mark(bowl: Curvature) -> str:
    """Return a bar along the slider: stable to the left of the limit, unstable to its right."""
    limit = bowl.max_stable_learning_rate
    place = place_on_slider(RATE_SLIDER, limit)
    return (
        f"<div class='tempfit-limit' style='--at: {100 * place:.2f}%'>"
        f"<span>stable below {rounded_down(limit)}</span></div>"
    )


def _headline(bowl: Curvature) -> str:
    """Say what the feature makes of the loss: its limit and its condition number, in words."""
    limit = (
        f"Largest stable learning rate here: <b>{rounded_down(bowl.max_stable_learning_rate)}</b>."
    )
    return f"<p>{limit} {escape(condition_in_words(bowl))}</p>"


def condition_in_words(bowl: Curvature) -> str:
    """Say how round or narrow the valley of the loss is."""
    times = bowl.condition_number
    if not bowl.unique_optimum:
        return "The loss has a flat direction: many lines fit equally well."
    if times < 1.05:
        return "The loss is a round bowl (condition number 1)."
    shape = "an oval bowl" if times < 20 else "a narrow valley" if times < 2000 else "a ravine"
    return f"The loss is {shape}, {number(times)} times steeper across than along."
