"""What has to have run in a step: a check, and the words for how a run can stand."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from tempfit.words import later

Value = bool | int | float | str
Which = Literal["any", "main", "compared"]
WHICH: Final[tuple[Which, ...]] = get_args(Which)

# The statuses of `tempfit.theory.status`, whose module needs torch, and "exploded" for the two in
# which the loss grows without end. Each with how a sentence says that it is asked for.
GOALS: Final = {
    later("descending"): later("a run that still descends"),
    later("converged"): later("a run that converges"),
    later("oscillating"): later("a run that still oscillates"),
    later("stalled"): later("a run that stalls"),
    later("diverging"): later("a run that diverges"),
    later("overflowed"): later("a run that overflows"),
    later("exploded"): later("a run that explodes"),
}
STATUS_WORDS: Final = tuple(GOALS)
EXPLODED: Final = ("diverging", "overflowed")


def statuses_of(word: str) -> tuple[str, ...]:
    """Return the statuses that a word stands for: "exploded" for two of them."""
    return EXPLODED if word == "exploded" else (word,)


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
