"""The conditions on when a run converges or overflows, and how far off it was if it did not."""

import numpy as np

from tempfit.lesson.seen import Miss, Seen
from tempfit.numbers import count
from tempfit.words import later, say, say_many


def converged_by(seen: Seen, epoch: int) -> Miss | None:
    """Have a run converge by an epoch."""
    asked = later("Asked for is a run that converges by epoch {epoch}.")
    return _no_later(seen.ran.converged_epoch(seen.place, near=epoch), epoch, asked)


def overflowed_by(seen: Seen, epoch: int) -> Miss | None:
    """Have a run overflow by an epoch."""
    asked = later("Asked for is a run that overflows by epoch {epoch}.")
    return _no_later(seen.ran.overflow_epoch(seen.place), epoch, asked)


def converged_from(seen: Seen, epoch: int) -> Miss | None:
    """Have a run converge at an epoch or later."""
    asked = later("Asked for is a run that converges, at epoch {epoch} or later.")
    return _no_earlier(seen.ran.converged_epoch(seen.place, near=epoch), epoch, asked)


def overflowed_from(seen: Seen, epoch: int) -> Miss | None:
    """Have a run overflow at an epoch or later."""
    asked = later("Asked for is a run that overflows, at epoch {epoch} or later.")
    return _no_earlier(seen.ran.overflow_epoch(seen.place), epoch, asked)


def epoch_reached(seen: Seen, epoch: int) -> Miss | None:
    """Have a run trained up to an epoch."""
    missing = epoch - seen.ran.epoch
    if missing <= 0:
        return None
    said = say_many("{count} epoch to go.", "{count} epochs to go.", missing, count=count(missing))
    return Miss(said, missing / epoch)


def _no_later(at: int | None, epoch: int, asked: str) -> Miss | None:
    if at is None:
        return Miss(say(asked, epoch=count(epoch)), np.inf)
    if at <= epoch:
        return None
    said = say_many(
        "Epoch {epoch} is {count} epoch too late.",
        "Epoch {epoch} is {count} epochs too late.",
        at - epoch,
        epoch=count(at),
        count=count(at - epoch),
    )
    return Miss(said, at / epoch - 1)


def _no_earlier(at: int | None, epoch: int, asked: str) -> Miss | None:
    if at is None:
        return Miss(say(asked, epoch=count(epoch)), np.inf)
    if at >= epoch:
        return None
    said = say_many(
        "Epoch {epoch} is {count} epoch too early.",
        "Epoch {epoch} is {count} epochs too early.",
        epoch - at,
        epoch=count(at),
        count=count(epoch - at),
    )
    return Miss(said, 1 - at / epoch)
