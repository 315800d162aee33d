"""What a check looks at: one run of what ran, at one snapshot. And how far off it was."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from tempfit.lesson.conditions import EXPLODED
from tempfit.lesson.ran import Ran
from tempfit.training.experiment import Run


class Miss(NamedTuple):
    """Say how far off a run was; the nearest of several is the one with the smallest `off`."""

    sentence: str
    off: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Hold one run of what ran, and the snapshot at which it is looked at.

    `final` says whether its status and its loss count there: at a chosen epoch, or at the last.
    """

    ran: Ran
    place: int
    index: int
    final: bool

    @property
    def run(self) -> Run:
        """The run."""
        return self.ran.law.runs[self.place]

    @property
    def loss(self) -> float:
        """The loss at the snapshot."""
        return float(self.ran.history.loss[self.place, self.index])

    @property
    def best(self) -> float:
        """The best loss that there is."""
        return self.ran.law.curvatures[self.place].best_loss


Meeting = Callable[[Seen, Any], Miss | None]


def statuses_of(word: str) -> tuple[str, ...]:
    """Return the statuses that a word stands for: "exploded" for two of them."""
    return EXPLODED if word == "exploded" else (word,)
