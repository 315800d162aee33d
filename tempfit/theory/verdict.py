"""What became of a run, or what will: a status decided by an inequality, and a sentence.

The outlook before training and the verdict after it apply the same inequalities, the one to the
closed form and the other to what was recorded, and use the same words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tempfit.data.dataset import Dataset
from tempfit.theory.case import Case
from tempfit.theory.law import Law, closed_form
from tempfit.theory.sentences import explanation, happened, will_happen
from tempfit.theory.status import CODE, STATUSES, Status, statuses
from tempfit.training.experiment import Run
from tempfit.training.history import History
from tempfit.training.recording import recorded_epochs
from tempfit.words import paragraph


@dataclass(frozen=True, slots=True)
class Verdict:
    """Say what happened to a run, or will happen, why, and what to try.

    `event` says what happened, and no more. `epoch` is the one named in it at which the run
    converged or overflowed, where it did. Overflow is counted as the update during which the loss
    is found not finite: the snapshot before it is the first without a finite loss.
    """

    status: Status
    sentence: str
    epoch: int | None = None
    event: str = ""


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
        exactly = first == 0 or first - 1 in history.epoch
        case = Case.of(law, i, phase, int(history.epoch[-1]))
        # Overflow is counted as the update that finds no finite loss; see `Verdict`.
        epoch = first + 1 if status is Status.OVERFLOWED else first
        head = happened(case, status, float(loss[-1]), epoch, exactly=exactly)
        found.append(_verdict(case, status, head, epoch))
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
        case, status = Case.of(law, i, entered[-1], epochs), STATUSES[int(code)]
        overflow = (case.overflow or 0) + 1
        epoch = overflow if status is Status.OVERFLOWED else case.expected or 0
        found.append(_verdict(case, status, will_happen(case, status, epoch), epoch))
    return found


def _verdict(case: Case, status: Status, head: str, epoch: int) -> Verdict:
    """Join what happens with why and what to try."""
    reached = status in (Status.CONVERGED, Status.OVERFLOWED)
    said = paragraph(head, *explanation(case, status))
    return Verdict(status, said, epoch if reached else None, head)
