"""The sentences of a verdict: what happens to a run or will, why, and what to try.

Each is whole, with the numbers put in: none is glued together from parts.
"""

from collections.abc import Iterator
from itertools import count as counting
from typing import Final

import numpy as np

from tempfit.data.dataset import Dataset
from tempfit.numbers import count, number, rounded_down
from tempfit.theory.case import ROUNDING, Case
from tempfit.theory.status import Status, side
from tempfit.words import later, say

JUST: Final = 0.01
NARROW: Final = 100.0
EXTREMELY_NARROW: Final = 2000.0
TIMID: Final = 0.1
HOPELESS: Final = 1.0  # from this rate on the intercept alone diverges, whatever the feature scale


# What happens.

PAST: Final = {
    Status.DESCENDING: later(
        "Descending at epoch {last}: loss {loss}, the best possible is {best}."
    ),
    Status.OSCILLATING: later(
        "Oscillating at epoch {last}: loss {loss}, the best possible is {best}."
    ),
    Status.STALLED: later("Stalled at epoch {last}: loss {loss}, the best possible is {best}."),
    Status.DIVERGING: later("Diverging: the loss is {loss} at epoch {last}, and growing."),
}
FUTURE: Final = {
    Status.DESCENDING: later("Will still be descending at epoch {last}."),
    Status.OSCILLATING: later("Will still be oscillating at epoch {last}."),
    Status.STALLED: later("Will stall: at epoch {last} the loss hardly falls any more."),
    Status.DIVERGING: later("Will diverge: at epoch {last} the loss is growing."),
    Status.OVERFLOWED: later(
        "Will overflow about epoch {epoch}: the loss outgrows float32 (3.4e38)."
    ),
}


def happened(case: Case, status: Status, loss: float, epoch: int, *, exactly: bool) -> str:
    """Say what happened; `epoch` is the first with this status, or one soon after it."""
    if status is Status.OVERFLOWED:
        said = later("Overflowed by epoch {epoch}: the loss has outgrown float32 (3.4e38).")
        if exactly:
            said = later("Overflowed at epoch {epoch}: the loss has outgrown float32 (3.4e38).")
    elif status is Status.CONVERGED:
        said = later("Converged by epoch {epoch}: loss {loss}, the best possible is {best}.")
        if exactly:
            said = later("Converged at epoch {epoch}: loss {loss}, the best possible is {best}.")
    elif case.epochs == 0:
        said = later("Not trained yet: loss {loss}, the best possible is {best}.")
    elif case.epochs == case.since:
        said = later("No step at the new rate yet: loss {loss}, the best possible is {best}.")
    else:
        said = PAST[status]
    if status is not Status.DIVERGING:
        loss = max(loss, case.best_loss)  # a float32 loss may round to less
    numbers = {"loss": case.with_unit(loss), "best": case.with_unit(case.best_loss)}
    return say(said, epoch=count(epoch), last=count(case.epochs), **numbers)


def will_happen(case: Case, status: Status, epoch: int) -> str:
    """Say what will happen, about `epoch` where the run converges or overflows."""
    if status is Status.CONVERGED:
        said = later("Will converge about epoch {epoch}, close to the best possible loss, {best}.")
        if case.within_a_percent:
            said = later(
                "Will converge about epoch {epoch}: within 1 % of the best possible loss, {best}."
            )
    else:
        said = FUTURE[status]
    best = case.with_unit(case.best_loss)
    return say(said, epoch=number(epoch), last=count(case.epochs), best=best)


def quality(dataset: Dataset, loss: float) -> str:
    """Say how good a line with a loss is in the unit of y, by RMSE and R²; nothing of infinity."""
    variance = dataset.summary.y_variance
    if not np.isfinite(loss):
        return ""
    said = later("It misses a reading by about {rmse} (RMSE, the root of the loss).")
    if 0 < variance < loss:
        said = later(
            "It misses a reading by about {rmse} (RMSE, the root of the loss): the mean of y alone "
            "does better (R² = {share})."
        )
    elif variance:
        said = later(
            "It misses a reading by about {rmse} (RMSE, the root of the loss) and explains "
            "{percent} % of the spread of y (R² = {share})."
        )
    share = 1 - loss / variance if variance else 0.0
    rmse = f"{number(loss**0.5)} {dataset.y_unit}".rstrip()
    return say(said, rmse=rmse, share=number(share), percent=number(100 * share))


# Why, and what to try.


def explanation(case: Case, status: Status) -> Iterator[str]:
    """Say why, in terms of the limit and the valley of the loss, and what to try."""
    if case.since:
        said = later("From epoch {epoch} on the rate is {rate}.")
        yield say(said, epoch=count(case.since), rate=number(case.rate))
    if case.epochs == case.since:
        return  # nothing has happened yet that could be explained
    beyond = side(case.rate, case.bowl)
    if status is Status.OVERFLOWED and beyond <= 0:
        yield say("The rate is not to blame: the squared errors are larger than float32 can hold.")
        yield say("Try a smaller feature scale, or y in a larger unit.")
    elif beyond >= 0:
        yield from _unstable(case, status, beyond)
    elif status in (Status.DESCENDING, Status.STALLED):
        yield from _slow(case)
    else:
        yield from _overshooting(case, status)
    if not case.bowl.unique_optimum and len(case.dataset) == 1:
        yield say("With one reading only, many lines fit equally well.")
    elif not case.bowl.unique_optimum:
        yield say("With all x equal, many lines fit equally well.")


def _unstable(case: Case, status: Status, beyond: int) -> Iterator[str]:
    """Say why a run at the limit or beyond it does not converge, or will not stay converged."""
    below = rounded_down(case.limit)
    if beyond == 0:
        said = later("{rate} is at the limit: each step overshoots by as much as the last.")
        yield say(said, rate=number(case.rate))
        said = later("Try a rate below {limit}.")
        yield say(said, limit=below)
        return
    yield _compared(
        case,
        later(
            "{rate} is {times} times the limit, {limit}: each step overshoots further than the "
            "last."
        ),
        later(
            "{rate} is just above the limit, {limit}: each step overshoots further than the last."
        ),
    )
    if status not in (Status.OVERFLOWED, Status.DIVERGING):
        yield say("In the end the loss will grow.")
    said = later("Try a rate below {limit}.")
    if case.rate < HOPELESS:
        said = later("Try a rate below {limit}, or a smaller feature scale.")
    yield say(said, limit=below)


def _overshooting(case: Case, status: Status) -> Iterator[str]:
    """Say that a run below the limit overshoots, if it does."""
    if case.rate <= (1 + ROUNDING) * case.limit / 2:
        return
    yield _compared(
        case,
        later(
            "{rate} is {percent} % of the limit, {limit}: each step overshoots, but by less and "
            "less."
        ),
        later(
            "{rate} is just below the limit, {limit}: each step overshoots, but by less and less."
        ),
    )
    if status is Status.OSCILLATING:
        said = later("At {half} or below no step overshoots.")
        yield say(said, half=rounded_down(case.limit / 2))


def _slow(case: Case) -> Iterator[str]:
    """Say why a run below the limit has not converged yet, and what to try."""
    timid = case.rate < TIMID * case.limit
    # So much sooner, or later, would it converge at half the limit.
    sooner = 2 * case.rate / case.limit
    rate_alone = timid and sooner * (case.expected or np.inf) <= case.epochs
    narrow = case.bowl.unique_optimum and case.bowl.condition_number >= NARROW and not rate_alone
    if timid:
        said = later("{rate} is about 1/{times} of the limit, {limit}.")
        rate, limit, _ = _told_apart(case)
        times = number(case.limit / case.rate, 2)
        yield say(said, rate=rate, times=times, limit=limit)
    if narrow and case.bowl.condition_number < EXTREMELY_NARROW:
        yield say("The valley is narrow: steps that are safe across it are too small along it.")
    elif narrow:
        yield say(
            "The valley is extremely narrow: steps that are safe across it are far too small along "
            "it."
        )
    yield from _patience(case)
    if timid:
        said = later("Try a larger rate, below {limit}.")
        yield say(said, limit=rounded_down(case.limit))
    # The condition number falls with the scale where w is the steep direction.
    if narrow and case.bowl.hessian[0, 0] > case.bowl.hessian[1, 1]:
        yield say("Try to standardize the feature, or a smaller feature scale.")
    elif narrow:
        yield say("Try to standardize the feature.")


def _patience(case: Case) -> Iterator[str]:
    """Say how long a slow run would take."""
    if case.expected is None:
        return
    if case.expected <= case.epochs:
        yield say("Its steps are by now so small that float32 rounds them away.")
        return
    if case.expected <= 2 * case.epochs:
        said = later("Double the epochs: it needs about {epochs}.")
    elif case.within_a_percent:
        said = later("It needs about {epochs} epochs to come within 1 % of the best loss.")
    else:
        said = later("It needs about {epochs} epochs to come close to the best loss.")
    yield say(said, epochs=number(case.expected))


def _compared(case: Case, said: str, just: str) -> str:
    """Set the learning rate against the limit, with the second sentence where they are close."""
    rate, limit, ratio = _told_apart(case)
    close = abs(ratio - 1) < JUST
    percent, times = number(100 * ratio, 2), number(ratio)
    said = just if close else said
    return say(said, rate=rate, limit=limit, times=times, percent=percent)


def _told_apart(case: Case) -> tuple[str, str, float]:
    """Return rate and limit with the digits that it takes to tell them apart, and their ratio.

    What is said of them is then true of the numbers as printed.
    """
    rate, limit = case.rate, case.limit
    for digits in counting(3):
        texts = number(rate, digits), rounded_down(limit, digits)
        if texts[0] != texts[1] and (float(texts[0]) > float(texts[1])) == (rate > limit):
            return *texts, rate / limit
    raise AssertionError("two different numbers differ in some digit")
