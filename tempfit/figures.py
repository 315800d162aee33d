"""What the charts show, as plain numbers: ranges, titles and units, before anything is drawn.

The axes of the stage are fixed before training begins, from the closed-form forecast, so that
nothing jumps while curves grow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.data.names import shortened, squared
from tempfit.numbers import count
from tempfit.theory.curvature import Curvature
from tempfit.training.experiment import Run
from tempfit.training.history import History
from tempfit.words import named, say

Range = tuple[float, float]

CONTOURS: Final = 11
MAX_POINTS_DRAWN: Final = 400
FLOAT32_MAX: Final = float(np.finfo(np.float32).max)


@dataclass(frozen=True, slots=True)
class Axes:
    """The titles and data ranges of a chart's two axes."""

    x_title: str
    y_title: str
    x_range: Range
    y_range: Range


def fit_axes(dataset: Dataset, runs: Sequence[Run]) -> Axes:
    """Return axes that hold all readings and, if it is near them, the line before training."""
    x, y = dataset.x.numpy(), dataset.y.numpy()
    x_range = padded((float(x.min()), float(x.max())), 0.06)
    low, high = padded((float(y.min()), float(y.max())), 0.12)
    room = high - low
    for run in runs:
        slope, intercept = run.original(*run.start)
        ends = [slope * end + intercept for end in x_range]
        low = min(low, max(min(ends), low - room / 2))
        high = max(high, min(max(ends), high + room / 2))
    return Axes(
        shortened(named(dataset.x_name)), shortened(named(dataset.y_name)), x_range, (low, high)
    )


def fit_title(dataset: Dataset) -> str:
    """Return the title of the fitted line, which says so where not all readings are drawn."""
    drawn = len(drawn_points(dataset)[0])
    if drawn == len(dataset):
        return say("Fitted line")
    counts = {"drawn": count(drawn), "count": count(len(dataset))}
    return say("Fitted line · {drawn} of {count} readings drawn", **counts)


def loss_axes(dataset: Dataset, forecast: History, best_loss: float) -> Axes:
    """Return axes that hold the losses to come, readable beside a run that overflows.

    A run whose loss grows past a thousand times its start leaves the picture at the top where
    other runs stay in it. Where every run does, the picture reaches up to the largest float32.
    """
    losses = np.where(forecast.loss < FLOAT32_MAX, forecast.loss, np.nan)
    # A start at a perfect fit, or beyond float32, leaves a picture to be drawn all the same.
    start = float(np.clip(forecast.loss[:, 0].max() or 1.0, 1e-27, FLOAT32_MAX))
    wild = runs_away(forecast)
    shown = losses if wild.all() else losses[~wild]
    high = float(np.fmax.reduce(shown, axis=None, initial=start))
    low = max(float(np.fmin.reduce(losses, axis=None, initial=best_loss)), start * 1e-10)
    epochs = (0.0, float(forecast.epoch[-1]))
    title = in_unit(say("Loss: mean squared error"), dataset)
    return Axes(say("Epoch"), title, epochs, (low / 1.4, high * 1.6))


def in_unit(title: str, dataset: Dataset) -> str:
    """Return the title of an axis of losses with their unit, where they have one."""
    return f"{title} ({squared(dataset.y_unit)})" if dataset.y_unit else title


def above_range(forecast: History, above: NDArray[np.floating]) -> Range:
    """Return the range of the losses above the best (R, K) of the runs that do not run away."""
    tame = ~runs_away(forecast)
    shown = above[tame] if tame.any() else np.minimum(above, FLOAT32_MAX)
    high = max(float(shown.max()), float(above[:, 0].max()), 1e-30)
    positive = shown[shown > high * 1e-12]
    return float(positive.min(initial=high)) / 1.4, high * 1.6


def runs_away(forecast: History) -> NDArray[np.bool_]:
    """Return which runs (R,) end at more than a thousand times the loss they start from."""
    return ~(forecast.loss[:, -1] < 1e3 * forecast.loss[:, 0])


@dataclass(frozen=True, slots=True)
class Surface:
    """The axes over (w, b), and the losses above the best at which contours are drawn."""

    axes: Axes
    levels: tuple[float, ...]


def surface(forecast: History, bowl: Curvature) -> Surface:
    """Return a picture of the loss that holds the optimum, the starts and the paths to come.

    A run that runs away is shown leaving it. The contours lie a factor of √10 apart in loss
    above the best, down from the largest in the picture's corners.
    """
    tame = ~runs_away(forecast)
    ranges: list[Range] = []
    for path, best in ((forecast.w, bowl.best_w), (forecast.b, bowl.best_b)):
        ends = np.concatenate([path[tame].ravel(), path[:, 0], [best]])
        ranges.append(padded((ends.min(), ends.max()), 0.12))
    corners = np.array([(w - bowl.best_w, b - bowl.best_b) for w in ranges[0] for b in ranges[1]])
    highest = float((0.5 * (corners @ bowl.hessian * corners).sum(axis=1)).max())
    levels = tuple(highest / 10 ** (step / 2) for step in range(1, CONTOURS + 1))
    return Surface(Axes("w", "b", *ranges), levels)


def padded(limits: Range, share: float) -> Range:
    """Return the range widened on both sides by a share of itself, and never empty."""
    low, high = limits
    margin = (high - low) * share or max(abs(low), 1.0) * share
    return float(low - margin), float(high + margin)


def drawn_points(dataset: Dataset) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the readings to draw: all of them, or an even sample of many."""
    step = -(-len(dataset) // MAX_POINTS_DRAWN)
    return dataset.x.numpy()[::step], dataset.y.numpy()[::step]
