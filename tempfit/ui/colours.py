"""The colour of a run: one each, for light and dark pages, told apart by the colour-blind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from tempfit.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Colour:
    """A run's colour on a light and on a dark page, and whether its lines are dashed."""

    name: str
    light: str
    dark: str
    dashed: bool


PALETTE: Final = (
    Colour("blue", "#0068b4", "#4da6f0", dashed=False),
    Colour("vermilion", "#d04f00", "#ff7f2e", dashed=False),
    Colour("green", "#008a63", "#16c797", dashed=False),
    Colour("purple", "#9b3f9b", "#d98ad9", dashed=False),
    Colour("brown", "#8a6100", "#e8b83c", dashed=True),
    Colour("cyan", "#0090a8", "#5fd7ea", dashed=True),
    Colour("crimson", "#b3173f", "#ff7d97", dashed=True),
    Colour("grey", "#5f6670", "#b4bac2", dashed=True),
)


def assign(previous: Mapping[float, int], rates: Iterable[float]) -> dict[float, int]:
    """Return the palette slot of each compared learning rate, keeping those it already has.

    Slot 0 belongs to the main run, whose rate the slider moves; a further rate takes the
    lowest slot that is free and keeps it until it is removed.
    """
    wanted = list(dict.fromkeys(rates))
    slots = {rate: previous[rate] for rate in wanted if rate in previous}
    free = iter(sorted(set(range(1, len(PALETTE))) - set(slots.values())))
    return {rate: slots[rate] if rate in slots else next(free) for rate in wanted}


def slots(experiment: Experiment) -> list[int]:
    """Return the palette slot of each run in this session, the main one first."""
    slots = assign(st.session_state.get("slots", {}), experiment.learning_rates[1:])
    st.session_state["slots"] = slots
    return [0, *slots.values()]


def style() -> str:
    """Return the style sheet that gives the class `slotN` its colour, light and dark."""
    rules = "".join(
        f".slot{slot} {{ --light: {colour.light}; --dark: {colour.dark};"
        f" border-top-style: {'dashed' if colour.dashed else 'solid'}; }}"
        for slot, colour in enumerate(PALETTE)
    )
    return f"<style>{rules}</style>"
