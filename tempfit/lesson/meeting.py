"""One condition and one run: whether the run meets it, and how far off it is if it does not.

`MEETINGS` holds a function for each name in `tempfit.lesson.conditions.CONDITIONS`. Each returns
None where the condition is met, or else a `Miss`.
"""

from typing import Final

import numpy as np

from tempfit.lesson import timing
from tempfit.lesson.conditions import EXPLODED, GOALS
from tempfit.lesson.seen import Meeting, Miss, Seen, statuses_of
from tempfit.numbers import count, number
from tempfit.theory.status import ROSE, Status
from tempfit.training.experiment import standardization
from tempfit.words import later, say

# In these a run stays: they count as soon as they are there. The others count at the last epoch.
LASTING: Final = ("converged", *EXPLODED)
WORDS: Final = {
    "descending": later("descending"),
    "converged": later("converged"),
    "oscillating": later("oscillating"),
    "stalled": later("stalled"),
    "diverging": later("diverging"),
    "overflowed": later("overflowed"),
    "exploded": later("exploded"),
}


def _status(seen: Seen, word: str) -> Miss | None:
    status = seen.ran.status(seen.place, seen.index)
    if status not in statuses_of(word):
        return Miss(_asked(seen, word))
    if status not in LASTING and not seen.final:
        return Miss(say("It counts at the last epoch: train on."), 0.0)
    return None


def _asked(seen: Seen, word: str) -> str:
    """Say what is asked for, and how many epochs a run is short of it, if the law has it come."""
    phase = seen.ran.law.phases_of(seen.place)[-1]
    epochs = {
        "converged": phase.form.convergence_epochs,
        "overflowed": phase.form.overflow_epochs,
    }.get(word)
    epoch = epochs[phase.runs.index(seen.place)] if epochs else None
    missing = 0 if epoch is None else phase.first + epoch - seen.ran.epoch
    said = later("Asked for is {goal}.")
    if missing > 1:
        said = later("Asked for is {goal}: it takes about {count} more epochs.")
    return say(said, goal=say(GOALS[word]), count=number(missing))


def _was(seen: Seen, word: str) -> Miss | None:
    if seen.ran.ever(seen.place, statuses_of(word)):
        return None
    return Miss(say("On its way it was never {status}.", status=say(WORDS[word])))


def _loss_below(seen: Seen, limit: float) -> Miss | None:
    if not seen.final:
        return Miss(say("Its loss counts at the last epoch: train on."), 0.0)
    if seen.loss < limit:
        return None
    if not np.isfinite(seen.loss):
        return Miss(say("Asked for is a loss below {limit}.", limit=number(limit)), np.inf)
    said = later("The loss is {loss}, {off} too high: it has to be below {limit}.")
    off = number(seen.loss - limit, 2)
    said = say(said, loss=number(seen.loss), off=off, limit=number(limit))
    return Miss(said, seen.loss - limit)


def _loss_above_best(seen: Seen, times: float) -> Miss | None:
    if not seen.final:
        return Miss(say("Its loss counts at the last epoch: train on."), 0.0)
    if not seen.loss <= times * seen.best:  # one that is not finite is above as well
        return None
    said = later("Its loss is the best; asked for is more than {times} times.")
    if seen.best > 0:
        said = later("Its loss is {share} times the best; asked for is more than {times} times.")
    share = number(seen.loss / seen.best) if seen.best > 0 else ""
    return Miss(say(said, share=share, times=number(times)), times * seen.best - seen.loss)


def _never_rose(seen: Seen, never: object) -> Miss | None:
    loss = seen.ran.history.loss[seen.place, : seen.index + 1 or None]
    with np.errstate(invalid="ignore", over="ignore"):
        rose = ~(loss <= (1 + ROSE) * np.fmin.accumulate(loss))
    if rose.any() and never:
        first = int(seen.ran.history.epoch[rose.argmax()])
        return Miss(say("Its loss rose, first at epoch {epoch}.", epoch=count(first)))
    return None if rose.any() or never else Miss(say("Its loss never rose."))


def _w_rose(seen: Seen, wanted: object) -> Miss | None:
    return _moved(seen, "w", 0, wanted)


def _b_rose(seen: Seen, wanted: object) -> Miss | None:
    return _moved(seen, "b", 1, wanted)


def _moved(seen: Seen, name: str, which: int, wanted: object) -> Miss | None:
    start, now = seen.run.start[which], getattr(seen.ran.history, name)[seen.place, seen.index]
    if bool(now > start) is wanted:
        return None
    said = later("{name} went from {start} to {now}.")
    return Miss(say(said, name=name, start=number(start), now=number(float(now))))


def _rescued(seen: Seen, wanted: object) -> Miss | None:
    if not wanted:
        return Miss(say("Its rate was changed.")) if seen.run.changes else None
    if not seen.run.changes:
        return Miss(say("Its rate never changed: go on at another one while the loss is growing."))
    epochs = seen.ran.history.epoch
    for epoch, _ in seen.run.changes:
        before = max(int(np.searchsorted(epochs, epoch)) - 1, 0)
        if epoch <= seen.ran.epoch and seen.ran.status(seen.place, before) is Status.DIVERGING:
            return None
    first = seen.run.changes[0][0]
    status = seen.ran.status(seen.place, max(int(np.searchsorted(epochs, first)) - 1, 0))
    said = later("When its rate changed, at epoch {epoch}, it was {status}, not diverging.")
    return Miss(say(said, epoch=count(first), status=say(WORDS[status])), 0.5)


def _standardized(seen: Seen, wanted: object) -> Miss | None:
    feature = (seen.run.feature_scale, seen.run.feature_shift)
    is_standardized = feature == standardization(seen.ran.law.dataset)
    if is_standardized is wanted:
        return None
    if wanted:
        return Miss(say("Asked for is a run on the standardized feature."))
    return Miss(say("Asked for is a run without a standardized feature."))


def _at_most(field: str, said: str) -> Meeting:
    def met(seen: Seen, limit: float) -> Miss | None:
        value = getattr(seen.run, field)
        missed = say(said, value=number(value), limit=number(limit))
        return Miss(missed, value / limit - 1) if value > limit else None

    return met


def _at_least(field: str, said: str) -> Meeting:
    def met(seen: Seen, limit: float) -> Miss | None:
        value = getattr(seen.run, field)
        missed = say(said, value=number(value), limit=number(limit))
        return Miss(missed, limit / value - 1) if value < limit else None

    return met


MEETINGS: Final[dict[str, Meeting]] = {
    "status": _status,
    "was": _was,
    "converged_by": timing.converged_by,
    "converged_from": timing.converged_from,
    "overflowed_by": timing.overflowed_by,
    "overflowed_from": timing.overflowed_from,
    "loss_below": _loss_below,
    "loss_above_best": _loss_above_best,
    "never_rose": _never_rose,
    "w_rose": _w_rose,
    "b_rose": _b_rose,
    "rate_at_most": _at_most(
        "learning_rate", later("Its learning rate was {value}; asked for is at most {limit}.")
    ),
    "rate_at_least": _at_least(
        "learning_rate", later("Its learning rate was {value}; asked for is at least {limit}.")
    ),
    "scale_at_most": _at_most(
        "feature_scale", later("Its feature scale was {value}; asked for is at most {limit}.")
    ),
    "scale_at_least": _at_least(
        "feature_scale", later("Its feature scale was {value}; asked for is at least {limit}.")
    ),
    "standardized": _standardized,
    "rescued": _rescued,
    "epoch_reached": timing.epoch_reached,
}
