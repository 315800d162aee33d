"""A run keeps its colour; each can be seen on its page, and told from the others by everybody."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tempfit.ui.colours import PALETTE, assign

# Streamlit's own page and sidebar, and those it had before and may have again.
BACKGROUNDS = {
    "light": ("#ffffff", "#f8f8f7", "#f0f2f6"),
    "dark": ("#171614", "#21201d", "#0e1117", "#262730"),
}
CONTRAST = 3.0  # WCAG 2.2, 1.4.11: graphical objects
# Distances in OKLab; 0.02 is about the least difference that is seen.
APART = 0.08
APART_WITH_THE_SAME_DASH = 0.11

# Linear RGB as the colour-blind see it, of full severity: G. M. Machado, M. M. Oliveira,
# L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
# IEEE TVCG 15 (2009), table 1.
VISIONS = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# B. Ottosson, "A perceptual color space for image processing" (2020).
LMS_OF_RGB = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
LAB_OF_LMS = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]


def linear(colour: str) -> NDArray[np.float64]:
    """Return the linear RGB of an sRGB colour such as "#104cac"."""
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    dark, bright = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (bright + 0.05) / (dark + 0.05)


def distance(one: str, other: str, vision: str) -> float:
    """Return how far apart two colours are in OKLab to such eyes."""
    seen = [np.clip(np.array(VISIONS[vision]) @ linear(c), 0, 1) for c in (one, other)]
    labs = [np.array(LAB_OF_LMS) @ np.cbrt(np.array(LMS_OF_RGB) @ rgb) for rgb in seen]
    return float(np.linalg.norm(labs[0] - labs[1]))


# The palette.


@pytest.mark.parametrize("page", BACKGROUNDS)
def test_every_colour_stands_out_from_its_page_and_from_the_sidebar(page: str) -> None:
    for colour in PALETTE:
        for background in BACKGROUNDS[page]:
            assert contrast(getattr(colour, page), background) >= CONTRAST, colour.name


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("page", BACKGROUNDS)
def test_any_two_colours_can_be_told_apart(page: str, vision: str) -> None:
    for one, other in combinations(PALETTE, 2):
        apart = APART_WITH_THE_SAME_DASH if one.dashed == other.dashed else APART
        found = distance(getattr(one, page), getattr(other, page), vision)
        assert found >= apart, (one.name, other.name)


def test_a_red_and_a_green_that_the_colour_blind_confuse_would_be_found() -> None:
    assert distance("#b35900", "#7a7a00", "normal") > APART
    assert distance("#b35900", "#7a7a00", "deuteranopia") < APART
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#ffffff", "#999999") < CONTRAST


def test_the_first_four_are_solid_and_the_others_dashed() -> None:
    assert [colour.dashed for colour in PALETTE] == [False] * 4 + [True] * 4


# Who has which.


choices = st.lists(st.integers(1, 20), max_size=7, unique=True)


@given(st.lists(choices, max_size=6))
def test_a_run_keeps_its_slot_for_as_long_as_it_is_compared(steps: list[list[int]]) -> None:
    slots: dict[object, int] = {}
    for keys in steps:
        before = slots
        slots = assign(before, keys)
        assert all(slots[key] == before[key] for key in keys if key in before)


@given(st.lists(choices, max_size=6))
def test_no_two_runs_share_a_slot_and_the_first_is_the_main_run_s(steps: list[list[int]]) -> None:
    slots: dict[object, int] = {}
    for keys in steps:
        slots = assign(slots, keys)
        assert list(slots) == keys
        assert len(set(slots.values())) == len(keys)
        assert set(slots.values()) <= set(range(1, len(PALETTE)))


@given(choices)
def test_the_order_of_the_runs_does_not_change_their_colours(keys: list[int]) -> None:
    slots = assign({}, keys)
    shuffled = sorted(keys, key=lambda key: (key * 7919) % 13)
    assert assign(slots, shuffled) == slots


def test_a_new_run_takes_the_lowest_slot_that_is_free() -> None:
    assert assign({}, [0.1, 0.2, 0.3]) == {0.1: 1, 0.2: 2, 0.3: 3}
    assert assign({0.1: 1, 0.2: 2, 0.3: 3}, [0.1, 0.3, 0.4]) == {0.1: 1, 0.3: 3, 0.4: 2}


def test_a_rate_named_twice_is_one_run() -> None:
    assert assign({}, [0.1, 0.1]) == {0.1: 1}
