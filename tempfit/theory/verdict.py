"""What became of a run, or what will: a status decided by an inequality, and a sentence.

The outlook before training and the verdict after it apply the same inequalities, the one to the
closed form and the other to what was recorded, and use the same words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

import numpy as np

from tempfit.data.dataset import Dataset
from tempfit.data.names import squared
from tempfit.numbers import AT_LIMIT, counted, number, rounded_down
from tempfit.theory.curvature import CONVERGED_WITHIN, Curvature
from tempfit.theory.law import Law, Phase, closed_form
from tempfit.theory.status import CODE, STATUSES, Status, side, statuses
from tempfit.training.experiment import Run
from tempfit.training.history import History
from tempfit.training.recording import recorded_epochs

JUST: Final = 0.01
RAVINE: Final = 100.0
TIMID: Final = 0.1
HOPELESS: Final = 1.0  # from this rate on the intercept alone diverges, whatever the feature scale
ROUNDING: Final = 1e-6


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


def verdicts(dataset: Dataset, history: History, runs: Sequence[Run]) -> list[Verdict]:
    """Return the verdict on each run at the last snapshot of its history."""
    return judged(closed_form(dataset, runs), history)


def judged(law: Law, history: History) -> list[Verdict]:
    """Return the verdict on each run of a law at the last snapshot of their history.

    It is on what has happened since the run's last change of rate, if there was one.
    """
    codes = statuses(law, history)
    found: list[Verdict] = []
    for i, loss in enumerate(history.loss):
        status = STATUSES[int(codes[i, -1])]
        lived = history.epoch[np.isfinite(loss) | (status is not Status.OVERFLOWED)]
        last = int(lived[-1]) if len(lived) else 0
        phase = [phase for phase in law.phases_of(i) if phase.first <= last][-1]
        reached = history.epoch[(codes[i] == CODE[status]) & (history.epoch >= phase.first)]
        first = int(reached[0])
        at = "at" if first - 1 in history.epoch or first == 0 else "by"
        case = _Case.of(law, i, phase, int(history.epoch[-1]))
        found.append(_past(case, status, float(loss[-1]), first, at))
    return found


def outlooks(law: Law, epochs: int) -> list[Verdict]:
    """Return what the law expects of each of its runs within `epochs` epochs, in future tense."""
    predicted = law.forecast(recorded_epochs(epochs, law.runs))
    overflow_loss = law.phases[0].form.overflow_loss
    loss = np.where(predicted.loss > overflow_loss, np.inf, predicted.loss)
    codes = statuses(law, replace(predicted, loss=loss))[:, -1]
    found: list[Verdict] = []
    for i, code in enumerate(codes):
        entered = [phase for phase in law.phases_of(i) if phase.first < epochs and phase.foreseen]
        case = _Case.of(law, i, entered[-1], epochs)
        found.append(_future(case, STATUSES[int(code)]))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """Hold what the sentences about one run draw on.

    `expected` and `overflow` are the epochs at which the law has it converge and lose its finite
    loss, `since` is that of its last change of rate, or 0.
    """

    dataset: Dataset
    rate: float
    bowl: Curvature
    since: int
    epochs: int
    expected: int | None
    overflow: int | None

    @classmethod
    def of(cls, law: Law, run: int, phase: Phase, epochs: int) -> "_Case":
        """Return the case of one run in one of its phases."""
        form, at = phase.form, phase.runs.index(run)
        expected, overflow = (
            None if epoch is None else phase.first + epoch
            for epoch in (form.convergence_epochs[at], form.overflow_epochs[at])
        )
        bowl, rate = law.curvatures[run], float(form.rates[at])
        return cls(law.dataset, rate, bowl, phase.first, epochs, expected, overflow)


def _past(case: _Case, status: Status, loss: float, first: int, at: str) -> Verdict:
    """Say what happened, `first` being the epoch of the first snapshot with this status."""
    head, epoch = f"{status.value.capitalize()} after {counted(case.epochs, 'epoch')}", None
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


def _future(case: _Case, status: Status) -> Verdict:
    """Say what will happen."""
    head, epoch = f"Will still be {status.value} after {counted(case.epochs, 'epoch')}", None
    if status is Status.OVERFLOWED:
        epoch = (case.overflow or 0) + 1
        head = f"Will overflow about epoch {number(epoch)}"
    elif status is Status.DIVERGING:
        head = f"Will diverge, not yet overflowed after {counted(case.epochs, 'epoch')}"
    elif status is Status.CONVERGED:
        epoch = case.expected or 0
        near = f"{_near(case)} the best loss, {_loss(case, _best_loss(case))}"
        head = f"Will converge about epoch {number(epoch)} ({near})"
    elif status is Status.STALLED:
        head = f"Will stall, short of the best loss after {counted(case.epochs, 'epoch')}"
    return _verdict(case, status, head, epoch)


def _verdict(case: _Case, status: Status, head: str, epoch: int | None) -> Verdict:
    """Join what happens with why and what to try."""
    why, advice = _explanation(case, status)
    if not case.bowl.unique_optimum:
        given = "one reading only" if len(case.dataset) == 1 else "all x equal"
        advice = [*advice, f"With {given}, many lines fit equally well."]
    change = f"Since the change at epoch {case.since:,}: " if case.since else ""
    said = f"{change}{head}: {why}." if why else f"{change}{head}."
    return Verdict(status, " ".join([said, *advice]), epoch)


def _explanation(case: _Case, status: Status) -> tuple[str, list[str]]:
    """Return why, in terms of the limit and the curvature, and sentences on what to try."""
    rate, limit = case.rate, case.bowl.max_stable_learning_rate
    beyond = side(case.rate, case.bowl)
    if status is Status.OVERFLOWED and beyond <= 0:
        why = "the squared errors are larger than float32 can hold"
        return why, ["Try a smaller feature scale, or y in a larger unit."]
    if beyond > 0:
        growing = status in (Status.OVERFLOWED, Status.DIVERGING)
        end = "" if growing else ", and the loss will grow in the end"
        smaller = ", or a smaller feature scale" if rate < HOPELESS else ""
        advice = f"Try below {rounded_down(limit)}{smaller}."
        return f"{_comparison(rate, limit)}, so each step overshoots further{end}", [advice]
    if beyond == 0:
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
    rate, limit = case.rate, case.bowl.max_stable_learning_rate
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
    return f"{number(loss)} {squared(case.dataset.y_unit)}".rstrip()
