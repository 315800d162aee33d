"""The three numbers of the experiment that have a slider: their names, steps and bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import streamlit as st

from tempfit.limits import Limits
from tempfit.training.choices import EPOCH_MANTISSAS, choices
from tempfit.training.experiment import EPOCHS, FEATURE_SCALE, LEARNING_RATE

if TYPE_CHECKING:
    from tempfit.theory.starting import Start


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the experiment: how it is called, stepped and bounded."""

    key: str
    label: str
    symbol: str
    steps: tuple[float, ...]
    limits: Limits
    integer: bool


QUANTITIES: Final = (
    Quantity(
        "epochs",
        "Epochs",
        "n",
        choices(0, 6, EPOCH_MANTISSAS),
        EPOCHS,
        integer=True,
    ),
    Quantity(
        "rate",
        "Learning rate",
        "η",
        choices(-6, 1),
        LEARNING_RATE,
        integer=False,
    ),
    Quantity(
        "scale",
        "Feature scale",
        "s",
        choices(-3, 1),
        FEATURE_SCALE,
        integer=False,
    ),
)


def place_on_slider(quantity: Quantity, value: float) -> float:
    """Return where a value lies along the quantity's slider, from 0 at its left to 1."""
    places = options(quantity)
    return float(np.interp(np.log(value), np.log(places), np.linspace(0, 1, len(places))))


def options(quantity: Quantity) -> list[float]:
    """Return the slider's steps, and among them the last value that was none of them."""
    usual = steps(quantity)
    exact = st.session_state.get(f"{quantity.key}_off_grid", usual[0])
    return sorted({*usual, exact})


def steps(quantity: Quantity) -> tuple[float, ...]:
    """Return the slider's steps: as usual, or over the decades that the data call for."""
    start = cast("Start | None", st.session_state.get("start"))
    if start is None or quantity.integer:
        return quantity.steps
    low, high = start.rate_decades if quantity.key == "rate" else start.scale_decades
    return choices(low, high)
