"""What ran in a step: the recorded history of a training, how its runs stand, what ran before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.data.loading import load
from tempfit.lesson.step import Columns, Data
from tempfit.theory.curvature import Curvature, curvature
from tempfit.theory.law import Law, closed_form
from tempfit.theory.status import CODE, STATUSES, Status, statuses
from tempfit.theory.verdict import Verdict, judged
from tempfit.training.experiment import Experiment, Run
from tempfit.training.history import History
from tempfit.training.loop import Task, stretch
from tempfit.training.problem import problem
from tempfit.training.recording import recorded_epochs


class Ending(NamedTuple):
    """Say what became of one run of an experiment."""

    experiment: Experiment
    run: Run
    status: Status


@dataclass(frozen=True, slots=True, eq=False)
class Ran:
    """Hold what ran: an experiment, the law of its runs, and their history so far.

    `codes` (R, K) are the statuses at each snapshot, `verdicts` those at the last, and `earlier`
    is what became of those that were trained before in the same step.
    """

    experiment: Experiment
    law: Law
    history: History
    codes: NDArray[np.uint8]
    verdicts: tuple[Verdict, ...]
    earlier: tuple[Ending, ...] = ()

    @classmethod
    def of(
        cls, experiment: Experiment, law: Law, history: History, earlier: Sequence[Ending] = ()
    ) -> "Ran":
        """Return what ran; `law` is that of the experiment's runs, in the same order."""
        verdicts = tuple(judged(law, history))
        return cls(experiment, law, history, statuses(law, history), verdicts, tuple(earlier))

    @property
    def epoch(self) -> int:
        """The epoch that it is trained to."""
        return int(self.history.epoch[-1])

    @property
    def done(self) -> bool:
        """Whether all epochs are trained."""
        return self.epoch >= self.experiment.epochs

    @property
    def raw(self) -> Curvature:
        """The curvature that the feature has as it is read, at scale 1."""
        return curvature(self.law.dataset, 1.0)

    @property
    def compared(self) -> range:
        """The places of the runs that the main one is compared with."""
        return range(1, len(self.experiment.learning_rates))

    @property
    def endings(self) -> tuple[Ending, ...]:
        """What became of its runs."""
        pairs = zip(self.law.runs, self.verdicts, strict=True)
        return tuple(Ending(self.experiment, run, verdict.status) for run, verdict in pairs)

    def status(self, run: int, index: int = -1) -> Status:
        """Return how a run stands at a snapshot."""
        return STATUSES[int(self.codes[run, index])]

    def ever(self, run: int, wanted: Sequence[str]) -> bool:
        """Return whether a run has had one of these statuses at any snapshot."""
        codes = [CODE[Status(word)] for word in wanted]
        return bool(np.isin(self.codes[run], codes).any())

    def converged_epoch(self, run: int, near: int | None = None) -> int | None:
        """Return the epoch at which a run converged, or None if it did not.

        Between two snapshots the run is trained again, to the same numbers. If all that matters
        is on which side of `near` it was, then only where one of them is before and one after it.
        """
        epoch = self.verdicts[run].epoch
        if self.verdicts[run].status is not Status.CONVERGED or epoch is None:
            return None
        index = int(np.searchsorted(self.history.epoch, epoch))
        before = epoch - 1 if index == 0 else int(self.history.epoch[index - 1])
        if before == epoch - 1 or (near is not None and not before < near < epoch):
            return epoch
        again = self._again(run, index - 1, epoch)
        converged = again.loss[0] <= self.law.curvatures[run].converged_loss
        return int(again.epoch[converged][0])

    def overflow_epoch(self, run: int) -> int | None:
        """Return the epoch during which a run overflowed, or None if it did not."""
        verdict = self.verdicts[run]
        return verdict.epoch if verdict.status is Status.OVERFLOWED else None

    def _again(self, run: int, index: int, until: int) -> History:
        """Return every epoch of one run after a snapshot, up to `until`."""
        alone = problem(self.law.dataset, [self.law.runs[run]])
        state = self.history.of_runs([run]).state(index)
        wanted = np.arange(state.epoch, until + 1)
        pieces: list[History] = []
        while state.epoch < until:
            ((state, piece),) = stretch([Task(alone, state, until, wanted)])
            pieces.append(piece)
        return History.join(pieces)


def foreseen(dataset: Dataset, experiment: Experiment) -> Ran:
    """Return what the law expects to run, in the same form: nothing trains.

    Of each run the epochs around its convergence and its overflow are among the snapshots.
    """
    law = closed_form(dataset, experiment.runs(dataset))
    moments = {
        phase.first + epoch
        for phase in law.phases
        for epochs in (phase.form.convergence_epochs, phase.form.overflow_epochs)
        for epoch in epochs
        if epoch is not None
    }
    around = [each for moment in moments for each in (moment - 1, moment)]
    around = [epoch for epoch in around if 0 <= epoch <= experiment.epochs]
    history = law.forecast(np.union1d(recorded_epochs(experiment.epochs, law.runs), around))
    beyond = history.loss > law.phases[0].form.overflow_loss
    history = replace(history, loss=np.where(beyond, np.inf, history.loss))
    return Ran.of(experiment, law, history)


def dataset_of(data: Data) -> Dataset:
    """Return the readings of a step."""
    if isinstance(data, Columns):
        x, y = torch.tensor(data.x), torch.tensor(data.y)
        return Dataset(x, y, data.x_name, data.y_name)
    return load(data)
