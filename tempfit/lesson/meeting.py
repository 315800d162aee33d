"""One condition and one run: whether the run meets it, and how far off it is if it does not.

`MEETINGS` holds a function for each name in `tempfit.lesson.conditions.CONDITIONS`. Each returns
None where the condition is met, or else a `Miss`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from tempfit.lesson.conditions import EXPLODED, GOALS
from tempfit.lesson.ran import Ran
from tempfit.numbers import count, counted, number
from tempfit.theory.status import ROSE, Status
from tempfit.training.experiment import Run, standardization

# In these a run stays: they count as soon as they are there. The others count at the last epoch.
LASTING: Final = ("converged", *EXPLODED)


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


def _status(seen: Seen, word: str) -> Miss | None:
    status = seen.ran.status(seen.place, seen.index)
    if status not in statuses_of(word):
        return Miss(f"Asked for is {GOALS[word]}{_to_go(seen, word)}.")
    if status not in LASTING and not seen.final:
        return Miss("It counts at the last epoch: train on.", 0.0)
    return None


def _to_go(seen: Seen, word: str) -> str:
    """Say how many epochs a run is short of converging or overflowing, if the law has it do so."""
    phase = seen.ran.law.phases_of(seen.place)[-1]
    epochs = {
        "converged": phase.form.convergence_epochs,
        "overflowed": phase.form.overflow_epochs,
    }.get(word)
    epoch = epochs[phase.runs.index(seen.place)] if epochs else None
    missing = 0 if epoch is None else phase.first + epoch - seen.ran.epoch
    return f": it takes about {number(missing)} more epochs" if missing > 1 else ""


def _was(seen: Seen, word: str) -> Miss | None:
    if seen.ran.ever(seen.place, statuses_of(word)):
        return None
    return Miss(f"On its way it was never {word}.")


def _converged_by(seen: Seen, epoch: int) -> Miss | None:
    at = seen.ran.converged_epoch(seen.place, near=epoch)
    return _no_later(at, epoch, "converges")


def _overflowed_by(seen: Seen, epoch: int) -> Miss | None:
    return _no_later(seen.ran.overflow_epoch(seen.place), epoch, "overflows")


def _converged_from(seen: Seen, epoch: int) -> Miss | None:
    at = seen.ran.converged_epoch(seen.place, near=epoch)
    return _no_earlier(at, epoch, "converges")


def _overflowed_from(seen: Seen, epoch: int) -> Miss | None:
    return _no_earlier(seen.ran.overflow_epoch(seen.place), epoch, "overflows")


def _no_later(at: int | None, epoch: int, does: str) -> Miss | None:
    if at is None:
        return Miss(f"Asked for is a run that {does} by epoch {count(epoch)}.", np.inf)
    if at > epoch:
        return Miss(
            f"Epoch {count(at)} is {counted(at - epoch, 'epoch')} too late.", at / epoch - 1
        )
    return None


def _no_earlier(at: int | None, epoch: int, does: str) -> Miss | None:
    if at is None:
        return Miss(f"Asked for is a run that {does}, at epoch {count(epoch)} or later.", np.inf)
    if at < epoch:
        return Miss(
            f"Epoch {count(at)} is {counted(epoch - at, 'epoch')} too early.", 1 - at / epoch
        )
    return None


def _loss_below(seen: Seen, limit: float) -> Miss | None:
    if not seen.final:
        return Miss("Its loss counts at the last epoch: train on.", 0.0)
    if seen.loss < limit:
        return None
    if not np.isfinite(seen.loss):
        return Miss(f"Asked for is a loss below {number(limit)}.", np.inf)
    off = number(seen.loss - limit, 2)
    said = f"The loss is {number(seen.loss)}, {off} too high: it has to be below {number(limit)}."
    return Miss(said, seen.loss - limit)


def _loss_above_best(seen: Seen, times: float) -> Miss | None:
    if not seen.final:
        return Miss("Its loss counts at the last epoch: train on.", 0.0)
    if not seen.loss <= times * seen.best:  # one that is not finite is above as well
        return None
    of_best = f"{number(seen.loss / seen.best)} times the best" if seen.best > 0 else "the best"
    said = f"Its loss is {of_best}; asked for is more than {number(times)} times."
    return Miss(said, times * seen.best - seen.loss)


def _never_rose(seen: Seen, never: object) -> Miss | None:
    loss = seen.ran.history.loss[seen.place, : seen.index + 1 or None]
    with np.errstate(invalid="ignore", over="ignore"):
        rose = ~(loss <= (1 + ROSE) * np.fmin.accumulate(loss))
    if rose.any() and never:
        first = int(seen.ran.history.epoch[rose.argmax()])
        return Miss(f"Its loss rose, first at epoch {count(first)}.")
    return None if rose.any() or never else Miss("Its loss never rose.")


def _w_rose(seen: Seen, wanted: object) -> Miss | None:
    return _moved(seen, "w", 0, wanted)


def _b_rose(seen: Seen, wanted: object) -> Miss | None:
    return _moved(seen, "b", 1, wanted)


def _moved(seen: Seen, name: str, which: int, wanted: object) -> Miss | None:
    start, now = seen.run.start[which], getattr(seen.ran.history, name)[seen.place, seen.index]
    if bool(now > start) is wanted:
        return None
    return Miss(f"{name} went from {number(start)} to {number(float(now))}.")


def _rescued(seen: Seen, wanted: object) -> Miss | None:
    if not wanted:
        return Miss("Its rate was changed.") if seen.run.changes else None
    if not seen.run.changes:
        return Miss("Its rate never changed: go on at another one while the loss is growing.")
    epochs = seen.ran.history.epoch
    for epoch, _ in seen.run.changes:
        before = max(int(np.searchsorted(epochs, epoch)) - 1, 0)
        if epoch <= seen.ran.epoch and seen.ran.status(seen.place, before) is Status.DIVERGING:
            return None
    first = seen.run.changes[0][0]
    status = seen.ran.status(seen.place, max(int(np.searchsorted(epochs, first)) - 1, 0))
    return Miss(
        f"When its rate changed, at epoch {count(first)}, it was {status}, not diverging.", 0.5
    )


def _standardized(seen: Seen, wanted: object) -> Miss | None:
    feature = (seen.run.feature_scale, seen.run.feature_shift)
    is_standardized = feature == standardization(seen.ran.law.dataset)
    if is_standardized is wanted:
        return None
    return Miss(f"Asked for is a run {'on the' if wanted else 'without a'} standardized feature.")


def _epoch_reached(seen: Seen, epoch: int) -> Miss | None:
    missing = epoch - seen.ran.epoch
    return Miss(f"{counted(missing, 'epoch')} to go.", missing / epoch) if missing > 0 else None


def _at_most(field: str, what: str) -> Meeting:
    def met(seen: Seen, limit: float) -> Miss | None:
        value = getattr(seen.run, field)
        said = f"Its {what} was {number(value)}; asked for is at most {number(limit)}."
        return Miss(said, value / limit - 1) if value > limit else None

    return met


def _at_least(field: str, what: str) -> Meeting:
    def met(seen: Seen, limit: float) -> Miss | None:
        value = getattr(seen.run, field)
        said = f"Its {what} was {number(value)}; asked for is at least {number(limit)}."
        return Miss(said, limit / value - 1) if value < limit else None

    return met


MEETINGS: Final[dict[str, Meeting]] = {
    "status": _status,
    "was": _was,
    "converged_by": _converged_by,
    "converged_from": _converged_from,
    "overflowed_by": _overflowed_by,
    "overflowed_from": _overflowed_from,
    "loss_below": _loss_below,
    "loss_above_best": _loss_above_best,
    "never_rose": _never_rose,
    "w_rose": _w_rose,
    "b_rose": _b_rose,
    "rate_at_most": _at_most("learning_rate", "learning rate"),
    "rate_at_least": _at_least("learning_rate", "learning rate"),
    "scale_at_most": _at_most("feature_scale", "feature scale"),
    "scale_at_least": _at_least("feature_scale", "feature scale"),
    "standardized": _standardized,
    "rescued": _rescued,
    "epoch_reached": _epoch_reached,
}
