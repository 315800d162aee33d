"""What became of a run, or what will: a status decided by an inequality, and a sentence.

The outlook before training and the verdict after it apply the same inequalities, the one to the
closed form and the other to what was recorded, and use the same words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context
from enum import StrEnum
from itertools import count
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tempfit.data import Dataset
from tempfit.experiment import Run
from tempfit.theory import CONVERGED_WITHIN, ClosedForm, Curvature, closed_form
from tempfit.training import History, snapshot_epochs

ROSE: Final = 1e-4
OVERSHOT: Final = 0.01
STALL: Final = 0.01
STALL_EPOCHS: Final = 50
AT_LIMIT: Final = 1e-6
JUST: Final = 0.01
RAVINE: Final = 100.0
TIMID: Final = 0.1
HOPELESS: Final = 1.0  # from this rate on the intercept alone diverges, whatever the feature scale
ROUNDING: Final = 1e-6


class Status(StrEnum):
    """How a run stands at snapshot k, decided from the snapshots up to k and the curvature.

    Here e is the loss above the best along one direction of the Hessian, ½λc², with c the
    distance of the recorded (w, b) from the optimum, and E the sum over both. The first of
    these that holds is the status, and no comparison with nan or inf holds by accident:

    1. OVERFLOWED: the loss is not finite.
    2. DESCENDING, at epoch 0.
    3. CONVERGED: loss ≤ 1.01 · best loss, or ≤ best loss + 1e-6 · variance of y, which counts
       as a perfect fit (where y is constant, + 1e-6 · mean of y²).
    4. DIVERGING: loss > 1.0001 · the least loss recorded so far, and learning rate >
       1.000001 · the largest stable one. The loss is convex in the epoch, so that once it has
       risen it rises for ever; below the limit a rise is float32 rounding.
    5. OSCILLATING: Σ e over the directions with learning rate · λ > 1 is ≥ 0.01 · E, and E > 0.
       Such a direction is overshot in each epoch: a hundredth of the loss above the best, or
       more, jumps from side to side.
    6. STALLED: epoch ≥ 50 and E falls by less than 1 % while the number of epochs doubles, at
       the mean pace since the last snapshot h at or before half the epoch:
       (1 - E(k)/E(h)) · (k/2)/(k - h) < 0.01.
    7. DESCENDING: none of these; the loss falls.
    """

    DESCENDING = "descending"
    CONVERGED = "converged"
    OSCILLATING = "oscillating"
    STALLED = "stalled"
    DIVERGING = "diverging"
    OVERFLOWED = "overflowed"


STATUSES: Final = tuple(Status)
CODE: Final = {status: code for code, status in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Say what happened to a run, or will happen, why, and what to try.

    `epoch` is the one named in the sentence at which the run converged or overflowed, where it
    did. Overflow is counted as the update during which the loss is found not finite: the
    snapshot before it is the first without a finite loss.
    """

    status: Status
    sentence: str
    epoch: int | None = None


def statuses(dataset: Dataset, history: History, runs: Sequence[Run]) -> NDArray[np.uint8]:
    """Return the status of R runs at each of K snapshots, (R, K), as indices of `list(Status)`."""
    return _statuses(closed_form(dataset, runs), history, runs)


def verdicts(dataset: Dataset, history: History, runs: Sequence[Run]) -> list[Verdict]:
    """Return the verdict on each run at the last snapshot of its history."""
    law = closed_form(dataset, runs)
    codes = _statuses(law, history, runs)
    expected = law.convergence_epochs()
    found: list[Verdict] = []
    for i, run in enumerate(runs):
        status = STATUSES[int(codes[i, -1])]
        case = _Case(dataset, run, law.curvatures[i], int(history.epoch[-1]), expected[i])
        reached = history.epoch[codes[i] == CODE[status]]
        first = int(reached[0]) if len(reached) else case.epochs
        at = "at" if first - 1 in history.epoch or first == 0 else "by"
        found.append(_past(case, status, float(history.loss[i, -1]), first, at))
    return found


def outlooks(dataset: Dataset, runs: Sequence[Run], epochs: int) -> list[Verdict]:
    """Return what the closed form expects of each run within `epochs` epochs, in future tense."""
    law = closed_form(dataset, runs)
    expected, overflow = law.convergence_epochs(), law.overflow_epochs()
    predicted = law.at(snapshot_epochs(epochs))
    loss = np.where(predicted.loss > law.overflow_loss, np.inf, predicted.loss)
    predicted = History(predicted.epoch, loss, predicted.w, predicted.b)
    codes = _statuses(law, predicted, runs)[:, -1]
    cases = [
        _Case(dataset, run, law.curvatures[i], epochs, expected[i]) for i, run in enumerate(runs)
    ]
    return [
        _future(case, STATUSES[int(code)], overflow[i])
        for i, (case, code) in enumerate(zip(cases, codes, strict=True))
    ]


def _statuses(law: ClosedForm, history: History, runs: Sequence[Run]) -> NDArray[np.uint8]:
    """Apply the inequalities of `Status`, in the order of their precedence."""
    epoch, loss = history.epoch, history.loss
    unstable = np.array(
        [_side(run, bowl) > 0 for run, bowl in zip(runs, law.curvatures, strict=True)]
    )
    half = np.searchsorted(epoch, epoch // 2, side="right") - 1
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        energies = law.energies(history.w, history.b)
        excess = energies.sum(axis=1)
        overshooting = (energies * (law.step > 1)[:, :, None]).sum(axis=1)
        rose = loss > (1 + ROSE) * np.fmin.accumulate(loss, axis=1)
        fell = (1 - excess / excess[:, half]) * (epoch / 2 / (epoch - epoch[half]))
        conditions = {
            Status.OVERFLOWED: ~np.isfinite(loss),
            Status.DESCENDING: np.broadcast_to(epoch == 0, loss.shape),
            Status.CONVERGED: loss <= law.converged_loss[:, None],
            Status.DIVERGING: rose & unstable[:, None],
            Status.OSCILLATING: (overshooting >= OVERSHOT * excess) & (excess > 0),
            Status.STALLED: (fell < STALL) & (epoch >= STALL_EPOCHS),
        }
    codes = [np.uint8(CODE[status]) for status in conditions]
    return np.select(list(conditions.values()), codes, default=np.uint8(CODE[Status.DESCENDING]))


def _side(run: Run, bowl: Curvature) -> int:
    """Return 1 above the largest stable learning rate, -1 below, 0 within float32 rounding."""
    beyond = run.learning_rate / bowl.max_stable_learning_rate - 1
    return 0 if abs(beyond) <= AT_LIMIT else 1 if beyond > 0 else -1


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """Hold what the sentences about one run draw on."""

    dataset: Dataset
    run: Run
    bowl: Curvature
    epochs: int
    expected: int | None  # the epoch at which the closed form converges


def _past(case: _Case, status: Status, loss: float, first: int, at: str) -> Verdict:
    """Say what happened, `first` being the epoch of the first snapshot with this status."""
    head, epoch = f"{status.value.capitalize()} after {_epochs(case.epochs)}", None
    if status is Status.OVERFLOWED:
        head, epoch = f"Overflowed {at} epoch {first + 1:,}", first + 1
    elif status is Status.DIVERGING:
        head += f" (loss {_loss(case, loss)} and growing)"
    else:
        if status is Status.CONVERGED:
            head, epoch = f"Converged {at} epoch {first:,}", first
        best = _best_loss(case)  # a float32 loss may round to less
        head += f" (loss {_loss(case, max(loss, best))}, best possible {_loss(case, best)})"
    return _verdict(case, status, head, epoch)


def _future(case: _Case, status: Status, overflow: int | None) -> Verdict:
    """Say what will happen, `overflow` being the first epoch without a finite loss."""
    head, epoch = f"Will still be {status.value} after {_epochs(case.epochs)}", None
    if status is Status.OVERFLOWED:
        epoch = (overflow or 0) + 1
        head = f"Will overflow about epoch {number(epoch)}"
    elif status is Status.DIVERGING:
        head = f"Will diverge, not yet overflowed after {_epochs(case.epochs)}"
    elif status is Status.CONVERGED:
        epoch = case.expected or 0
        near = f"{_near(case)} the best loss, {_loss(case, _best_loss(case))}"
        head = f"Will converge about epoch {number(epoch)} ({near})"
    elif status is Status.STALLED:
        head = f"Will stall, short of the best loss after {_epochs(case.epochs)}"
    return _verdict(case, status, head, epoch)


def _verdict(case: _Case, status: Status, head: str, epoch: int | None) -> Verdict:
    """Join what happens with why and what to try."""
    why, advice = _explanation(case, status)
    if not case.bowl.unique_optimum:
        given = "one reading only" if len(case.dataset) == 1 else "all x equal"
        advice = [*advice, f"With {given}, many lines fit equally well."]
    return Verdict(status, " ".join([f"{head}: {why}." if why else f"{head}.", *advice]), epoch)


def _explanation(case: _Case, status: Status) -> tuple[str, list[str]]:
    """Return why, in terms of the limit and the curvature, and sentences on what to try."""
    rate, limit = case.run.learning_rate, case.bowl.max_stable_learning_rate
    side = _side(case.run, case.bowl)
    if status is Status.OVERFLOWED and side <= 0:
        why = "the squared errors are larger than float32 can hold"
        return why, ["Try a smaller feature scale, or y in a larger unit."]
    if side > 0:
        growing = status in (Status.OVERFLOWED, Status.DIVERGING)
        end = "" if growing else ", and the loss will grow in the end"
        smaller = ", or a smaller feature scale" if rate < HOPELESS else ""
        advice = f"Try below {rounded_down(limit)}{smaller}."
        return f"{_comparison(rate, limit)}, so each step overshoots further{end}", [advice]
    if side == 0:
        why = f"{number(rate)} is at the largest stable learning rate"
        advice = f"Try below {rounded_down(limit)}."
        return f"{why}, so each step overshoots by as much as the last", [advice]
    if status in (Status.DESCENDING, Status.STALLED):
        return _slowness(case)
    if rate <= (1 + AT_LIMIT) * limit / 2:
        return "", []
    why = f"{_comparison(rate, limit)}, so each step overshoots, but by less and less"
    advice = f"At {rounded_down(limit / 2)} or below no step does."
    return why, [advice] if status is Status.OSCILLATING else []


def _slowness(case: _Case) -> tuple[str, list[str]]:
    """Return why a run below the limit has not converged yet, and what to try."""
    rate, limit = case.run.learning_rate, case.bowl.max_stable_learning_rate
    reasons: list[str] = []
    cures: list[str] = []
    advice: list[str] = []
    if case.bowl.unique_optimum and case.bowl.condition_number >= RAVINE:
        times = number(case.bowl.condition_number)
        reasons.append(f"the loss is {times} times steeper across the valley than along it")
        cures.append("standardizing the feature")
        if case.bowl.hessian[0, 0] > case.bowl.hessian[1, 1]:  # the condition number falls with it
            cures.append("a smaller feature scale")
    if rate < TIMID * limit:
        reasons.append(_comparison(rate, limit))
        cures.append(f"a larger learning rate, below {rounded_down(limit)}")
    if case.expected is not None and case.expected <= case.epochs:
        reasons.append("float32 rounding swallows what is left of its steps")
    elif case.expected is not None:
        advice.append(
            f"It takes about {number(case.expected)} epochs to come {_near(case)} the best loss."
        )
    if cures:
        advice.append(f"Try {', or '.join(cures)}.")
    return ", and ".join(reasons), advice


def _comparison(rate: float, limit: float) -> str:
    """Set the learning rate against the limit in words that are true of the numbers as printed.

    Both get the digits it takes to tell them apart.
    """

    def printed(digits: int) -> tuple[str, str]:
        return number(rate, digits), rounded_down(limit, digits)

    def told_apart(texts: tuple[str, str]) -> bool:
        return texts[0] != texts[1] and (float(texts[0]) > float(texts[1])) == (rate > limit)

    rate_text, limit_text = next(filter(told_apart, map(printed, count(3))))
    ratio = rate / limit
    times = f"{number(ratio)} times"
    if abs(ratio - 1) < JUST:
        times = "just above" if ratio > 1 else "just below"
    return f"{rate_text} is {times} the largest stable learning rate {limit_text}"


def rounded_down(limit: float, digits: int = 3) -> str:
    """Return a limit as text: a learning rate that is below it as printed is below it.

    Rounded down, that is, except by less than float32 rounding: 0.99999999 is 1.
    """
    nearest = number(limit, digits)
    close = float(nearest) <= (1 + AT_LIMIT) * limit
    return nearest if close else number(limit, digits, ROUND_FLOOR)


def _near(case: _Case) -> str:
    """Say how near the best loss a run comes that converges."""
    allowed = case.bowl.converged_loss - case.bowl.best_loss
    relative = allowed <= (1 + ROUNDING) * CONVERGED_WITHIN * case.bowl.best_loss
    return "within 1 % of" if relative else "close to"


def _best_loss(case: _Case) -> float:
    """Return the best loss, or 0 where it is but the rounding of a perfect fit."""
    best = case.bowl.best_loss
    return best if best > ROUNDING * (case.bowl.converged_loss - best) else 0.0


def _loss(case: _Case, loss: float) -> str:
    """Return a loss with its unit, that of y squared: 2.93 °C²."""
    unit = case.dataset.y_unit
    squared = f"{unit}²" if unit.isalpha() or unit.startswith("°") else f"({unit})²"
    return f"{number(loss)} {squared}" if unit else number(loss)


def _epochs(count: int) -> str:
    """Return a number of epochs: "1 epoch", "5,000 epochs"."""
    return f"{count:,} epoch{'' if count == 1 else 's'}"


def number(value: float, digits: int = 3, rounding: str = ROUND_HALF_EVEN) -> str:
    """Return a number to a few significant digits: 0.01, 33,600, 9.09e34."""
    if not isfinite(value):
        return str(value)
    rounded = Context(prec=digits, rounding=rounding).create_decimal(value).normalize()
    if rounded == 0 or 1e-6 <= abs(rounded) < 1e7:
        return f"{rounded:,f}"
    return f"{rounded:e}".replace("e+", "e")
