"""The controls that the open step needs, above the stage."""

from collections.abc import Callable
from functools import partial
from math import floor, log10
from typing import Final

import streamlit as st

from tempfit import page as moves
from tempfit.lesson.step import Step
from tempfit.theory.law import Law
from tempfit.ui import session
from tempfit.ui.sidebar import outlook, quantities, runs, sidebar

STEPS: Final = 200  # of a slider of w or b, from its middle to an end


def show(step: Step, law: Law) -> None:
    """Show the controls of a step side by side, and the limit if nothing waits for it."""
    controls = _controls(step, law)
    if not controls:
        return
    with st.container(key="lesson_controls"):
        for place, control in zip(st.columns(len(controls), gap="large"), controls, strict=True):
            with place:
                control()


def _controls(step: Step, law: Law) -> list[Callable[[], object]]:
    """Return what shows each of the controls; those of w and b are two."""
    bowl, standardized = law.curvatures[0], session.page().experiment.standardize
    show: dict[str, list[Callable[[], object]]] = {
        "epochs": [partial(quantities.show, quantities.EPOCHS_SLIDER)],
        "learning_rate": [partial(_rate, step, law)],
        "compare": [runs.show_compared],
        "feature_scale": [partial(quantities.show, quantities.SCALE_SLIDER, disabled=standardized)],
        "standardize": [partial(sidebar.standardize, standardized=standardized)],
        "start": [partial(_start, 0, bowl.best_w), partial(_start, 1, bowl.best_b)],
    }
    return [one for name, each in show.items() if name in step.controls for one in each]


def _rate(step: Step, law: Law) -> None:
    below = quantities.show(quantities.RATE_SLIDER)
    if not (session.page().course.waits and "limit" in step.hidden):
        outlook.show_limit(below, law)


def _start(place: int, best: float) -> None:
    """Offer the start value of w (place 0) or b (1) as a slider, well beyond the best one."""
    start = session.page().experiment.start
    end = max(_round(1.1 * abs(best)), _round(abs(start[place])))

    def move(page: moves.Page, value: float) -> moves.Page:
        w, b = page.experiment.start
        return moves.set_to(page, "start", (value, b) if place == 0 else (w, value))

    st.slider(
        "wb"[place],
        -end,
        end,
        step=end / STEPS,
        **session.bound(f"start_slider_{place}", float(start[place]), move),
    )


def _round(size: float) -> float:
    """Return the least of 1, 2, 5, 10, 20, … and their parts that is not below a size."""
    decade = 10.0 ** floor(log10(max(size, 1e-9)))
    return float(f"{next(n for n in (1, 2, 5, 10) if n * decade >= size * (1 - 1e-9)) * decade:g}")
