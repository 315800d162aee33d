"""The conditions that a check can name: what each asks of a run, and how far off a run is.

`CONDITIONS` holds all of them. They look at what `Seen` sees, and nothing here needs torch.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf, isfinite
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tempfit.lesson.asked import EXPLODED, GOALS, STATUS_WORDS, statuses_of
from tempfit.limits import Limits
from tempfit.numbers import count, number
from tempfit.training.experiment import EPOCHS, FEATURE_SCALE, LEARNING_RATE
from tempfit.words import later, say, say_many

if TYPE_CHECKING:
    from tempfit.lesson.seen import Seen

LOSS: Final = Limits("loss", 0, 1e38)
TIMES: Final = Limits("times", 1, 1e38)

# In these a run stays: they count as soon as they are there. The others count at the last epoch.
LASTING: Final = ("converged", *EXPLODED)

RATE_AT_MOST: Final = later("Its learning rate was {value}; asked for is at most {limit}.")
RATE_AT_LEAST: Final = later("Its learning rate was {value}; asked for is at least {limit}.")
SCALE_AT_MOST: Final = later("Its feature scale was {value}; asked for is at most {limit}.")
SCALE_AT_LEAST: Final = later("Its feature scale was {value}; asked for is at least {limit}.")


class Miss(NamedTuple):
    """Say how far off a run was; the nearest of several is the one with the smallest `off`."""

    sentence: str
    off: float = 1.0


Kind = Limits | tuple[str, ...] | type[bool]
Missed = Callable[["Seen", Any], Miss | None]  # None where a run meets the condition
Reached = Callable[["Seen", int], int | None]


def _status(seen: Seen, word: str) -> Miss | None:
    if seen.status not in statuses_of(word):
        missing = seen.epochs_to(word)
        said = later("Asked for is {goal}.")
        if missing > 1:
            said = later("Asked for is {goal}: it takes about {count} more epochs.")
        return Miss(say(said, goal=say(GOALS[word]), count=number(missing)))
    if seen.status not in LASTING and not seen.final:
        return Miss(say("It counts at the last epoch: train on."), 0.0)
    return None


def _was(seen: Seen, word: str) -> Miss | None:
    if seen.ran.ever(seen.place, statuses_of(word)):
        return None
    return Miss(say("On its way it was never {status}.", status=say(word)))


def _timed(reached: Reached, asked: str, *, latest: bool) -> Missed:
    """Have a run reach something at an epoch at the latest, or at the earliest."""

    def missed(seen: Seen, epoch: int) -> Miss | None:
        at = reached(seen, epoch)
        if at is None:
            return Miss(say(asked, epoch=count(epoch)), inf)
        off = at - epoch if latest else epoch - at
        if off <= 0:
            return None
        values = {"epoch": count(at), "count": count(off)}
        late = say_many(
            "Epoch {epoch} is {count} epoch too late.",
            "Epoch {epoch} is {count} epochs too late.",
            off,
            **values,
        )
        early = say_many(
            "Epoch {epoch} is {count} epoch too early.",
            "Epoch {epoch} is {count} epochs too early.",
            off,
            **values,
        )
        return Miss(late if latest else early, off / epoch)

    return missed


def _converged(seen: Seen, near: int) -> int | None:
    return seen.ran.converged_epoch(seen.place, near)


def _overflowed(seen: Seen, _: int) -> int | None:
    return seen.ran.overflow_epoch(seen.place)


def _loss_below(seen: Seen, limit: float) -> Miss | None:
    if not seen.final:
        return Miss(say("Its loss counts at the last epoch: train on."), 0.0)
    if seen.loss < limit:
        return None
    if not isfinite(seen.loss):
        return Miss(say("Asked for is a loss below {limit}.", limit=number(limit)), inf)
    said = later("The loss is {loss}, {off} too high: it has to be below {limit}.")
    off = number(seen.loss - limit, 2)
    said = say(said, loss=number(seen.loss), off=off, limit=number(limit))
    return Miss(said, seen.loss - limit)


def _loss_above_best(seen: Seen, times: float) -> Miss | None:
    if not seen.final:
        return Miss(say("Its loss counts at the last epoch: train on."), 0.0)
    if not seen.loss <= times * seen.bowl.best_loss:  # one that is not finite is above as well
        return None
    said = later("Its loss is the best; asked for is more than {times} times.")
    if seen.bowl.best_loss > 0:
        said = later("Its loss is {share} times the best; asked for is more than {times} times.")
    share = number(seen.loss / seen.bowl.best_loss) if seen.bowl.best_loss > 0 else ""
    return Miss(
        say(said, share=share, times=number(times)), times * seen.bowl.best_loss - seen.loss
    )


def _never_rose(seen: Seen, never: object) -> Miss | None:
    epoch = seen.rose_at
    if epoch is None:
        return None if never else Miss(say("Its loss never rose."))
    return (
        Miss(say("Its loss rose, first at epoch {epoch}.", epoch=count(epoch))) if never else None
    )


def _rose(name: str, place: int) -> Missed:
    """Have w, or b, end above its start, or not."""

    def missed(seen: Seen, wanted: object) -> Miss | None:
        start, now = seen.run.start[place], seen.param(name)
        if (now > start) is wanted:
            return None
        said = later("{name} went from {start} to {now}.")
        return Miss(say(said, name=name, start=number(start), now=number(now)))

    return missed


def _bounded(field: str, asked: str, *, most: bool) -> Missed:
    """Have a run begin with a setting that is at most, or at least, as given."""

    def missed(seen: Seen, limit: float) -> Miss | None:
        value = getattr(seen.run, field)
        times = value / limit if most else limit / value
        said = say(asked, value=number(value), limit=number(limit))
        return Miss(said, times - 1) if times > 1 else None

    return missed


def _standardized(seen: Seen, wanted: object) -> Miss | None:
    if seen.standardized is wanted:
        return None
    if wanted:
        return Miss(say("Asked for is a run on the standardized feature."))
    return Miss(say("Asked for is a run without a standardized feature."))


def _rescued(seen: Seen, wanted: object) -> Miss | None:
    changes = seen.run.changes
    if not wanted:
        return Miss(say("Its rate was changed.")) if changes else None
    if not changes:
        return Miss(say("Its rate never changed: go on at another one while the loss is growing."))
    before = [(epoch, seen.status_before(epoch)) for epoch, _ in changes]
    if any(status == "diverging" and epoch <= seen.ran.epoch for epoch, status in before):
        return None
    epoch, status = before[0]
    said = later("When its rate changed, at epoch {epoch}, it was {status}, not diverging.")
    return Miss(say(said, epoch=count(epoch), status=say(status)), 0.5)


def _epoch_reached(seen: Seen, epoch: int) -> Miss | None:
    missing = epoch - seen.ran.epoch
    said = say_many("{count} epoch to go.", "{count} epochs to go.", missing, count=count(missing))
    return Miss(said, missing / epoch) if missing > 0 else None


_by, _from = partial(_timed, latest=True), partial(_timed, latest=False)
_at_most, _at_least = partial(_bounded, most=True), partial(_bounded, most=False)

# What a condition's value is (a status, a number within limits, or yes and no), and how a run is
# held to it.
CONDITIONS: Final[dict[str, tuple[Kind, Missed]]] = {
    "status": (STATUS_WORDS, _status),
    "was": (STATUS_WORDS, _was),
    "converged_by": (
        EPOCHS,
        _by(_converged, later("Asked for is a run that converges by epoch {epoch}.")),
    ),
    "converged_from": (
        EPOCHS,
        _from(_converged, later("Asked for is a run that converges, at epoch {epoch} or later.")),
    ),
    "overflowed_by": (
        EPOCHS,
        _by(_overflowed, later("Asked for is a run that overflows by epoch {epoch}.")),
    ),
    "overflowed_from": (
        EPOCHS,
        _from(_overflowed, later("Asked for is a run that overflows, at epoch {epoch} or later.")),
    ),
    "loss_below": (LOSS, _loss_below),
    "loss_above_best": (TIMES, _loss_above_best),
    "never_rose": (bool, _never_rose),
    "w_rose": (bool, _rose("w", 0)),
    "b_rose": (bool, _rose("b", 1)),
    "rate_at_most": (LEARNING_RATE, _at_most("learning_rate", RATE_AT_MOST)),
    "rate_at_least": (LEARNING_RATE, _at_least("learning_rate", RATE_AT_LEAST)),
    "scale_at_most": (FEATURE_SCALE, _at_most("feature_scale", SCALE_AT_MOST)),
    "scale_at_least": (FEATURE_SCALE, _at_least("feature_scale", SCALE_AT_LEAST)),
    "standardized": (bool, _standardized),
    "rescued": (bool, _rescued),
    "epoch_reached": (EPOCHS, _epoch_reached),
}
