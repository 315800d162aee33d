"""The three numbers of the experiment that have a slider: their names, steps and bounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

import numpy as np
import streamlit as st

from tempfit.limits import Limits
from tempfit.training.experiment import EPOCHS, FEATURE_SCALE, LEARNING_RATE

if TYPE_CHECKING:
    from tempfit.theory.starting import Start

FINE_DECADES: Final = 8


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the experiment: how it is called, stepped and bounded."""

    key: str
    label: str
    symbol: str
    steps: tuple[float, ...]
    limits: Limits
    integer: bool


def _decades(low: int, high: int, mantissas: tuple[float, ...]) -> tuple[float, ...]:
    """Return the mantissas times each power of ten from 10^low up to and including 10^high."""
    grid = [float(f"{m}e{power}") for power in range(low, high) for m in mantissas]
    return (*grid, float(f"1e{high}"))


# The steps of the finer resistor series: 5 % apart, fine enough to find a limit by hand.
_E48: Final = tuple(round(10 ** (step / 48), 2) for step in range(48))
_E12: Final = (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9)

QUANTITIES: Final = (
    Quantity(
        "epochs",
        "Epochs",
        "n",
        tuple(_decades(0, 6, (1, 2, 3, 5, 7))),
        EPOCHS,
        integer=True,
    ),
    Quantity(
        "rate",
        "Learning rate",
        "η",
        tuple(_decades(-6, 1, _E48)),
        LEARNING_RATE,
        integer=False,
    ),
    Quantity(
        "scale",
        "Feature scale",
        "s",
        tuple(_decades(-3, 1, _E12)),
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
    fine = quantity.key == "rate" and high - low <= FINE_DECADES
    return _decades(low, high, _E48 if fine else _E12)
