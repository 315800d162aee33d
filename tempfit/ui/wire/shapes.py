"""What several payloads to the browser are made of, under the names that the JavaScript uses."""

import base64
from typing import Any, Literal, TypedDict

import numpy as np
from numpy.typing import NDArray

Packed = str  # base64 of little-endian binary


class PartData(TypedDict):
    """What every part of the page is given: where its files are, and the viewer's language."""

    assets: str
    language: str


class Colour(TypedDict):
    """A colour on a light and on a dark page."""

    light: str
    dark: str


class Bottom(TypedDict):
    """A value for w, one for b, and the loss there."""

    w: float
    b: float
    loss: float


class Bowl(TypedDict):
    """The loss over (w, b): its least, and how it rises along its two directions."""

    best: Bottom
    eigenvalues: list[float]
    directions: list[list[float]]


class Axes(TypedDict):
    """The titles and ranges of a chart's axes."""

    xTitle: str
    yTitle: str
    xRange: tuple[float, float]
    yRange: tuple[float, float]


def packed(values: NDArray[Any], kind: Literal["<i4", "<f4", "u1"]) -> Packed:
    """Return the numbers as base64 text of little-endian binary, the last axis running fastest."""
    return base64.b64encode(np.ascontiguousarray(values, dtype=kind).tobytes()).decode("ascii")
