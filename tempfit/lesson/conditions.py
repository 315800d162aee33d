"""The closed vocabularies of a lesson: what a check can ask of a run, and what a step can name.

Plain values. `tempfit.lesson.checks` applies the conditions to what ran, and
`tempfit.lesson.facts` finds the facts.
"""

from dataclasses import dataclass
from typing import Final, Literal

from tempfit.limits import Limits
from tempfit.training.experiment import EPOCHS, FEATURE_SCALE, LEARNING_RATE
from tempfit.words import later

Value = bool | int | float | str
Control = Literal[
    "epochs", "learning_rate", "compare", "feature_scale", "standardize", "start", "go_on"
]
Hidden = Literal["outlook", "limit"]
Which = Literal["any", "main", "compared"]

CONTROLS: Final[tuple[Control, ...]] = (
    "epochs",
    "learning_rate",
    "compare",
    "feature_scale",
    "standardize",
    "start",
    "go_on",
)
HIDDEN: Final[tuple[Hidden, ...]] = ("outlook", "limit")
WHICH: Final[tuple[Which, ...]] = ("any", "main", "compared")

# The statuses of `tempfit.theory.status`, whose module needs torch, and "exploded" for the two in
# which the loss grows without end. Each with how a sentence says that it is asked for.
GOALS: Final[dict[str, str]] = {
    "descending": later("a run that still descends"),
    "converged": later("a run that converges"),
    "oscillating": later("a run that still oscillates"),
    "stalled": later("a run that stalls"),
    "diverging": later("a run that diverges"),
    "overflowed": later("a run that overflows"),
    "exploded": later("a run that explodes"),
}
STATUS_WORDS: Final = tuple(GOALS)
EXPLODED: Final = ("diverging", "overflowed")

LOSS: Final = Limits("loss", 0, 1e38)
TIMES: Final = Limits("times", 1, 1e38)
SHARE: Final = Limits("share", 1e-6, 10)
AT_EPOCH: Final = Limits("epoch", 0, EPOCHS.high)
WHOLE: Final = (EPOCHS, AT_EPOCH)

# What a condition's value is: a status, a number within limits, or yes and no.
CONDITIONS: Final[dict[str, tuple[str, ...] | Limits | type[bool]]] = {
    "status": STATUS_WORDS,
    "was": STATUS_WORDS,
    "converged_by": EPOCHS,
    "converged_from": EPOCHS,
    "overflowed_by": EPOCHS,
    "overflowed_from": EPOCHS,
    "loss_below": LOSS,
    "loss_above_best": TIMES,
    "never_rose": bool,
    "w_rose": bool,
    "b_rose": bool,
    "rate_at_most": LEARNING_RATE,
    "rate_at_least": LEARNING_RATE,
    "scale_at_most": FEATURE_SCALE,
    "scale_at_least": FEATURE_SCALE,
    "standardized": bool,
    "rescued": bool,
    "epoch_reached": EPOCHS,
}

# The facts that a text can name: of the experiment, of the law, of what ran, of the check.
FACTS: Final = (
    "epochs",
    "learning_rate",
    "feature_scale",
    "start_w",
    "start_b",
    "changed_at",
    "changed_to",
    "limit",
    "times_limit",
    "condition",
    "raw_limit",
    "raw_condition",
    "best_loss",
    "best_w",
    "best_b",
    "start_loss",
    "loss",
    "w",
    "b",
    "converged_epoch",
    "overflow_epoch",
)
CHECK_FACTS: Final = (
    *(name for name, kind in CONDITIONS.items() if isinstance(kind, Limits)),
    "rates_within",
)


@dataclass(frozen=True, slots=True)
class Check:
    """Say what has to have run.

    One run has to fulfil all `conditions`, pairs of a name in `CONDITIONS` and its value: any of
    the runs, the main one, or one that it is compared with. Its status and loss are those at
    `at_epoch`, or without it those at the last epoch. `pair` asks for two runs with these
    statuses, in one training of the step or in several, on the same feature, whose learning
    rates are no further apart than the share `rates_within` of the smaller.
    """

    conditions: tuple[tuple[str, Value], ...] = ()
    run: Which = "any"
    at_epoch: int | None = None
    pair: tuple[str, str] | None = None
    rates_within: float | None = None

    def __post_init__(self) -> None:
        for name, _ in self.conditions:
            if name not in CONDITIONS:
                raise ValueError(f"conditions must be of {', '.join(CONDITIONS)}, not {name}")
        if not self.conditions and self.pair is None:
            raise ValueError("conditions or pair must be given")
