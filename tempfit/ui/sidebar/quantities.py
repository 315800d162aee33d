"""The three numbers of the experiment that have a slider: their names, steps and bounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import streamlit as st

from tempfit import page as moves
from tempfit.numbers import count, exact
from tempfit.training.choices import EPOCH_MANTISSAS, choices
from tempfit.training.experiment import EPOCHS, FEATURE_SCALE, LEARNING_RATE
from tempfit.ui import session
from tempfit.ui.readings.loaded import Loaded
from tempfit.words import later, say, say_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.delta_generator import DeltaGenerator

    from tempfit.limits import Limits


EPOCH: Final = later(
    "In one epoch all the readings are looked at once, and w and b take one step down the slope of "
    "the loss. The loss is how far the line is off: the mean of the squared misses."
)
RATE: Final = later(
    "How long a step is: w and b move by the learning rate times the slope of the loss. Too small, "
    "and training takes for ever. Above the limit, which is marked below the slider, each step "
    "overshoots further than the last."
)
SCALE: Final = later(
    "Each reading is multiplied by this number before the line is fitted. That changes the shape "
    "of the loss, and so the limit of the learning rate, but not the best line."
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of the experiment: how it is called, stepped and bounded.

    `spoken` says what its slider stands at to those who hear it: a number and what it is one of.
    """

    setting: Literal["epochs", "learning_rate", "feature_scale"]
    label: str
    symbol: str
    offered: tuple[float, ...]
    limits: Limits
    meaning: str
    spoken: Callable[[float], str]

    @property
    def number(self) -> type[int | float]:
        """The type of its values."""
        return int if self.limits.whole else float


EPOCHS_SLIDER: Final = Quantity(
    "epochs",
    later("Epochs"),
    "n",
    choices(0, 6, EPOCH_MANTISSAS),
    EPOCHS,
    EPOCH,
    lambda value: say_many(
        "{count} epoch", "{count} epochs", round(value), count=count(round(value))
    ),
)
RATE_SLIDER: Final = Quantity(
    "learning_rate",
    later("Learning rate"),
    "η",
    choices(-6, 1),
    LEARNING_RATE,
    RATE,
    lambda value: say("{rate} × slope", rate=exact(value)),
)
SCALE_SLIDER: Final = Quantity(
    "feature_scale",
    later("Feature scale"),
    "s",
    choices(-3, 1),
    FEATURE_SCALE,
    SCALE,
    lambda value: say("{scale} × reading", scale=exact(value)),
)


@dataclass(slots=True)
class Exact:
    """The last value of each quantity that lies between the steps of its slider.

    It stays among the steps after the slider has left it. Without it the slider would have other
    steps, and Streamlit would replace the slider while it is being dragged.
    """

    values: dict[str, float] = field(default_factory=dict)


def show(quantity: Quantity, *, disabled: bool = False, boxed: bool = True) -> DeltaGenerator:
    """Show a logarithmic slider, and at the end of its line a box for the exact number.

    Returns a place under the slider, as wide as it. Where there is no box, nothing is explained.
    """
    setting = quantity.setting
    with st.container(key=f"quantity_{setting}"):
        _slide(quantity, disabled=disabled, explained=boxed)
        if boxed:
            value = quantity.number(_value(quantity))
            st.number_input(
                say("Exact {symbol}", symbol=quantity.symbol),
                step=1 if quantity.limits.whole else 0.01,
                format="%d" if quantity.limits.whole else "%.6g",
                label_visibility="collapsed",
                disabled=disabled,
                **session.bound(f"{setting}_exact", value, _move(quantity)),
            )
        return st.empty()


def _slide(quantity: Quantity, *, disabled: bool, explained: bool) -> None:
    """Show a logarithmic slider."""
    setting = quantity.setting
    value = _value(quantity)
    if value not in _offered(quantity):
        session.part(Exact).values[setting] = value
    st.select_slider(
        say(quantity.label),
        [quantity.number(place) for place in options(quantity)],
        format_func=quantity.spoken,
        disabled=disabled,
        help=say(quantity.meaning) if explained else None,
        **session.bound(f"{setting}_slider", value, _move(quantity)),
    )


def _value(quantity: Quantity) -> float:
    value: float = getattr(session.page().experiment, quantity.setting)
    return value


def _move(quantity: Quantity) -> Callable[[moves.Page, float], moves.Page]:
    """Return the move that a change of the quantity makes."""
    return lambda page, value: moves.set_to(page, quantity.setting, quantity.number(value))


def place_on_slider(quantity: Quantity, value: float) -> float:
    """Return where a value lies along the quantity's slider, from 0 at its left to 1."""
    places = options(quantity)
    return float(np.interp(np.log(value), np.log(places), np.linspace(0, 1, len(places))))


def options(quantity: Quantity) -> list[float]:
    """Return the slider's steps, and among them the last value that was none of them."""
    usual = _offered(quantity)
    return sorted({*usual, session.part(Exact).values.get(quantity.setting, usual[0])})


def _offered(quantity: Quantity) -> tuple[float, ...]:
    """Return the slider's steps: as usual, or over the decades that the data call for."""
    start = session.part(Loaded).start
    if start is None or quantity.limits.whole:
        return quantity.offered
    rate = quantity.setting == "learning_rate"
    low, high = start.rate_decades if rate else start.scale_decades
    return choices(low, high)
