"""Where to start with a dataset nobody has chosen settings for: the law says what will do.

The feature scale brings x to about 1, and the learning rate is half the largest stable one, so
that no step overshoots. Where that still takes too long, the feature is standardized.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from math import floor, log10
from typing import Final

from tempfit.data.dataset import Dataset
from tempfit.numbers import count, number
from tempfit.theory.curvature import Curvature, curvatures
from tempfit.theory.law import closed_form
from tempfit.training.choices import EPOCH_MANTISSAS, MANTISSAS, choices
from tempfit.training.experiment import EPOCHS, FEATURE_SCALE, LEARNING_RATE, Experiment
from tempfit.words import later, paragraph, say

PATIENCE: Final = 20_000  # epochs to wait for convergence before the feature is standardized
FEWEST_EPOCHS: Final = 100
ROUND_BOWL: Final = 10.0  # the condition number up to which half the limit is too fast to watch
RACE: Final = (0.01, 0.1, 1.05)  # of the limit, beside the rate to start with

RATE_DECADES: Final = (-6, 1)
SCALE_DECADES: Final = (-3, 1)


@dataclass(frozen=True, slots=True)
class Start:
    """Hold the settings to start with, what says why, further ones to compare, and decades.

    The decades are those of the sliders, powers of ten, the least and the largest.
    """

    experiment: Experiment
    why: Callable[[], str]
    presets: dict[str, Experiment]
    rate_decades: tuple[int, int]
    scale_decades: tuple[int, int]

    @property
    def sentence(self) -> str:
        """Say what was chosen for the data, and why."""
        return self.why()


def starting(dataset: Dataset) -> Start:
    """Return where to start with a dataset, and the presets that fit it."""
    size = (dataset.summary.x_mean**2 + dataset.summary.x_deviation**2) ** 0.5 or 1.0
    scale = FEATURE_SCALE.nearest(_nearest(1 / size))
    settings = Experiment(feature_scale=scale)
    experiment, bowl, epochs = _settings(dataset, settings)
    if epochs > PATIENCE:
        experiment, bowl, epochs = _settings(dataset, replace(settings, standardize=True))
    experiment = replace(experiment, epochs=_above(1.2 * min(epochs, EPOCHS.high)))
    raw = curvatures(dataset, replace(settings, feature_scale=1.0).runs(dataset))[0]
    return Start(
        experiment,
        partial(_sentence, experiment, bowl, size, epochs),
        _presets(experiment, bowl, raw),
        _decades(RATE_DECADES, raw.max_stable_learning_rate),
        _decades(SCALE_DECADES, scale),
    )


def _settings(dataset: Dataset, settings: Experiment) -> tuple[Experiment, Curvature, int]:
    """Return the settings with a learning rate that suits them, the curvature, and an epoch.

    It is the one at which they converge, or more than anybody would wait.
    """
    bowl = curvatures(dataset, settings.runs(dataset))[0]
    share = 0.1 if bowl.condition_number < ROUND_BOWL else 0.5
    rate = LEARNING_RATE.nearest(_below(share * bowl.max_stable_learning_rate))
    experiment = replace(settings, learning_rate=rate)
    law = closed_form(dataset, experiment.runs(dataset))
    (expected,) = law.phases[0].form.convergence_epochs
    return experiment, bowl, int(EPOCHS.high) if expected is None else expected


def _sentence(experiment: Experiment, bowl: Curvature, size: float, epochs: int) -> str:
    """Say what was chosen for the data, and why."""
    rate, limit = experiment.learning_rate, bowl.max_stable_learning_rate
    scaled = later(
        "Chosen for these data: feature scale {scale}, which brings x from {size} to about 1."
    )
    if experiment.standardize:
        scaled = later("Chosen for these data: x is standardized, as no scale alone is fast.")
    chosen = later("Rate {rate} is {percent} % of the limit: no step overshoots.")
    if epochs <= experiment.epochs:
        chosen = later(
            "Rate {rate} is {percent} % of the limit: no step overshoots, and training converges "
            "about epoch {epochs}."
        )
    if rate > limit:
        chosen = later("Even the least rate there is, {rate}, is too large: training diverges.")
    percent = number(100 * rate / limit, 2)
    return paragraph(
        say(scaled, scale=number(experiment.feature_scale), size=number(size)),
        say(chosen, rate=number(rate), percent=percent, epochs=count(epochs)),
    )


def _presets(start: Experiment, bowl: Curvature, raw: Curvature) -> dict[str, Experiment]:
    """Return experiments that show what these data do, by name; no two are the same."""
    limit, raw_limit = bowl.max_stable_learning_rate, raw.max_stable_learning_rate
    unscaled = replace(start, feature_scale=1.0, standardize=False, epochs=FEWEST_EPOCHS)
    race = tuple(LEARNING_RATE.nearest(float(f"{share * limit:.3g}")) for share in RACE)
    named = {
        later("Start for these data"): start,
        later("Raw feature, the same rate"): unscaled,
        later("Raw feature, half the limit"): replace(
            unscaled, learning_rate=LEARNING_RATE.nearest(_below(raw_limit / 2))
        ),
        later("Just above the limit"): replace(
            start, learning_rate=LEARNING_RATE.nearest(float(f"{1.02 * limit:.3g}"))
        ),
        later("Race four learning rates"): replace(start, compare=race),
    }
    return {name: experiment for experiment, name in {e: n for n, e in named.items()}.items()}


def _decades(usual: tuple[int, int], value: float) -> tuple[int, int]:
    """Return the usual decades, widened to hold a value with a decade around it."""
    power = floor(log10(value))
    return min(usual[0], power - 1), max(usual[1], power + 1)


def _around(value: float, mantissas: tuple[float, ...] = MANTISSAS) -> tuple[float, ...]:
    """Return the slider's values around a value, ascending."""
    power = floor(log10(value))
    return choices(power - 1, power + 2, mantissas)


def _nearest(value: float) -> float:
    return min(_around(value), key=lambda choice: abs(log10(choice / value)))


def _below(value: float) -> float:
    return max(choice for choice in _around(value) if choice <= value)


def _above(epochs: float) -> int:
    """Return the slider's next number of epochs."""
    wanted = max(epochs, FEWEST_EPOCHS)
    found = next(choice for choice in _around(wanted, EPOCH_MANTISSAS) if choice >= wanted)
    return int(EPOCHS.nearest(found))
