"""The map of every learning rate at every feature scale: how far it reaches.

What becomes of a run anywhere on it follows from the closed form.
"""

from typing import Final

from tempfit.data.dataset import Dataset
from tempfit.theory.curvature import curvature
from tempfit.training.experiment import FEATURE_SCALE, LEARNING_RATE, Run

Range = tuple[float, float]

FAINT: Final = 0.05  # the root mean square of a feature that hardly counts: its limit is nearly 1
STRONG: Final = 20.0


def extent(dataset: Dataset, run: Run) -> tuple[Range, Range]:
    """Return the rates across a map and the scales up it, each from the least to the largest.

    Such a map shows the limit rise and level off, and has `run` on it.

    The scale goes from where the feature hardly counts to the raw feature or a root mean square of
    20, whichever is more; the rate from a hundredth of the least limit on that way to ten times
    the largest, which is 1.
    """
    spread = float(dataset.x.double().square().mean().sqrt()) or 1.0
    low, high = FAINT / spread, max(1.0, STRONG / spread)
    scales = (
        FEATURE_SCALE.nearest(min(low, run.feature_scale)),
        FEATURE_SCALE.nearest(max(high, run.feature_scale)),
    )
    # The limit falls as the scale grows.
    limit = curvature(dataset, scales[1]).max_stable_learning_rate
    rates = (
        LEARNING_RATE.nearest(min(limit / 100, run.learning_rate)),
        LEARNING_RATE.nearest(max(10.0, run.learning_rate)),
    )
    return rates, scales
