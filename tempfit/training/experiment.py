"""What is asked for: runs, the experiment they belong to, limits, defaults and presets.

Plain frozen values that validate themselves. The widgets and the link read their limits
from here, so neither can offer what a run refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tempfit.limits import Limits
from tempfit.words import later, say

if TYPE_CHECKING:  # the page shows its controls before torch is imported
    from tempfit.data.dataset import Dataset

MAX_RUNS: Final = 8

EPOCHS: Final = Limits("epochs", 1, 1_000_000, whole=True)
LEARNING_RATE: Final = Limits("learning_rate", 1e-30, 100.0)
FEATURE_SCALE: Final = Limits("feature_scale", 1e-30, 1e30)
FEATURE_SHIFT: Final = Limits("feature_shift", -3e38, 3e38)
START: Final = Limits("start", -1e6, 1e6)


@dataclass(frozen=True, slots=True)
class Run:
    """Describe one training run of `y ≈ w·x + b` with `x = feature_scale · (x - feature_shift)`.

    `learning_rate` is how far an update goes per unit of gradient with respect to (w, b) of the
    *scaled* feature; `start` is (w, b) before the first update. `changes` holds (epoch, learning
    rate): from that epoch on the run goes on at that rate. Raises ValueError naming the field,
    the value and the accepted range.
    """

    learning_rate: float
    feature_scale: float = 0.1
    feature_shift: float = 0.0
    start: tuple[float, float] = (1.0, 0.0)
    changes: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        LEARNING_RATE.check(self.learning_rate)
        FEATURE_SCALE.check(self.feature_scale)
        FEATURE_SHIFT.check(self.feature_shift)
        if len(self.start) != 2:
            raise ValueError(f"start must be two numbers, w and b, not {self.start}")
        for value in self.start:
            START.check(value)
        _check_changes(self.changes, int(EPOCHS.high))

    def rate_at(self, epoch: int) -> float:
        """Return the learning rate of the update that follows `epoch`."""
        rate = self.learning_rate
        for first, changed in self.changes:
            if first <= epoch:
                rate = changed
        return rate

    def original(self, w: float, b: float) -> tuple[float, float]:
        """Return the slope and intercept in the units of the data, given those of the feature."""
        return w * self.feature_scale, b - w * self.feature_scale * self.feature_shift


@dataclass(frozen=True, slots=True)
class Experiment:
    """Everything the page's controls say: the settings that its runs share, and their rates.

    `compare` holds the further learning rates; a repeated rate counts once. `kept` holds runs
    that were put aside with settings of their own. `changes` are those of the main run. Raises
    ValueError naming the field, the value and the accepted range.
    """

    epochs: int = 5000
    learning_rate: float = 1e-2
    compare: tuple[float, ...] = ()
    feature_scale: float = 0.1
    standardize: bool = False
    start: tuple[float, float] = (1.0, 0.0)
    kept: tuple[Run, ...] = ()
    changes: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        EPOCHS.check(self.epochs)
        FEATURE_SCALE.check(self.feature_scale)
        for rate in (self.learning_rate, *self.compare):
            LEARNING_RATE.check(rate)
        _check_changes(self.changes, self.epochs)
        for value in self.start:
            START.check(value)
        # A compared rate counts even while the main run has the same one, so that the slider of the
        # main run can always leave it.
        count = 1 + len({*self.compare}) + len({*self.kept})
        if count > MAX_RUNS:
            said = later("compare and kept must make at most {most} runs, not {count}")
            raise ValueError(say(said, most=MAX_RUNS, count=count))

    @property
    def learning_rates(self) -> tuple[float, ...]:
        """The distinct learning rates, the main one first."""
        return tuple(dict.fromkeys((self.learning_rate, *self.compare)))

    @property
    def room(self) -> int:
        """How many further runs there is room for."""
        return MAX_RUNS - 1 - len({*self.compare}) - len({*self.kept})

    @property
    def room_to_compare(self) -> int:
        """How many rates can be compared with the main one, beside the runs that are kept."""
        return MAX_RUNS - 1 - len(self.kept)

    @property
    def several_features(self) -> bool:
        """Whether its runs train on the feature at more than one scale, standardized being one."""
        main = None if self.standardize else self.feature_scale
        kept = {None if run.feature_shift else run.feature_scale for run in self.kept}
        return len({main, *kept}) > 1

    def runs(self, dataset: Dataset) -> tuple[Run, ...]:
        """Return one run per learning rate, then the kept runs that are none of these.

        `dataset` decides what standardizing means.
        """
        scale, shift = standardization(dataset) if self.standardize else (self.feature_scale, 0.0)
        runs = [Run(rate, scale, shift, self.start) for rate in self.learning_rates]
        main = replace(runs[0], changes=self.changes)
        return tuple(dict.fromkeys([main, *runs[1:], *self.kept]))


def _check_changes(changes: tuple[tuple[int, float], ...], epochs: int) -> None:
    """Raise ValueError unless the changes come one after the other within so many epochs."""
    for _, rate in changes:
        LEARNING_RATE.check(rate)
    moments = [epoch for epoch, _ in changes]
    if moments != sorted({*moments}) or not all(0 < epoch < epochs for epoch in moments):
        raise ValueError(f"changes must be at rising epochs from 1 to {epochs - 1}, not {moments}")


def standardization(dataset: Dataset) -> tuple[float, float]:
    """Return the (scale, shift) that give the feature mean 0 and variance 1.

    The scale is 1 over the population standard deviation; where all x are equal there is no
    such scale and 1 stands in for it. Both are kept within the limits of a run.
    """
    deviation = dataset.summary.x_deviation
    scale = FEATURE_SCALE.nearest(1 / deviation) if deviation > 0 else 1.0
    return scale, dataset.summary.x_mean


# The reference experiments are those of "Deep Learning with PyTorch", chapter 5.
PRESETS: Final[dict[str, Experiment]] = {
    later("Converges: scaled feature"): Experiment(
        epochs=5000, learning_rate=1e-2, feature_scale=0.1
    ),
    later("Diverges: raw feature"): Experiment(epochs=100, learning_rate=1e-2, feature_scale=1.0),
    later("Stalls: raw feature, small rate"): Experiment(
        epochs=100, learning_rate=1e-4, feature_scale=1.0
    ),
    later("Raw beside scaled"): Experiment(
        epochs=500, learning_rate=1e-2, standardize=True, kept=(Run(1e-2, 1.0),)
    ),
    later("Race four learning rates"): Experiment(
        epochs=5000, learning_rate=1e-2, compare=(1e-3, 3e-2, 3.6e-2), feature_scale=0.1
    ),
}
