"""The training of one experiment: how far it has come, and how it goes on from any epoch."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from time import process_time
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.training import batching
from tempfit.training.batching import Batcher
from tempfit.training.experiment import Experiment, Run
from tempfit.training.history import History, State
from tempfit.training.loop import Task, begin, snapshot
from tempfit.training.problem import Problem, problem
from tempfit.training.recording import recorded_epochs

# What trains here is too small to gain from more threads than one, and threads that wait for each
# other on a busy machine lose many times over.
torch.set_num_threads(1)

LOOK_EPOCHS: Final = 64


@dataclass(slots=True, eq=False)
class Trainer:
    """Hold one experiment's training: where it stands, and the snapshots so far.

    `identity` names the experiment. `updates` were made in `seconds`, the waiting for others
    included. All training goes through `batcher`, which whoever trains at the same time shares.
    """

    dataset: Dataset
    runs: tuple[Run, ...]
    epochs: int
    identity: str
    batcher: Batcher = field(default=batching.everyone, repr=False)
    state: State = field(init=False)
    history: History = field(init=False)
    updates: int = field(init=False)
    seconds: float = field(init=False)
    _problem: Problem = field(init=False, repr=False)
    _recorded: NDArray[np.int64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._problem = problem(self.dataset, self.runs)
        self._recorded = recorded_epochs(self.epochs, self.runs)
        self.restart()

    @classmethod
    def of(cls, dataset: Dataset, experiment: Experiment) -> "Trainer":
        """Return the trainer of an experiment, before its first update."""
        name = name_of(dataset, experiment)
        return cls(dataset, experiment.runs(dataset), experiment.epochs, name)

    @property
    def done(self) -> bool:
        """Whether every epoch has been trained."""
        return self.state.epoch == self.epochs

    @property
    def pace(self) -> float:
        """The epochs trained in a second, 0 before any are."""
        return self.updates / self.seconds if self.seconds > 0 else 0.0

    def restart(self) -> None:
        """Go back to the start."""
        self.state, self.history = begin(self._problem)
        self.updates, self.seconds = 0, 0.0

    def train(self, until: int, clock: Callable[[], float] = process_time) -> None:
        """Train up to epoch `until`, or as far as one stretch goes.

        The pace is by the process's own time: while it is stopped, as by a closed lid, none passes.
        """
        until = min(until, self.epochs)
        if until <= self.state.epoch:
            return
        began, first = clock(), self.state.epoch
        self.state, piece = self.batcher.train(
            Task(self._problem, self.state, until, self._recorded)
        )
        self.history = History.join([self.history, piece])
        self.updates += self.state.epoch - first
        self.seconds += clock() - began

    def go_on_from(self, other: "Trainer", epoch: int) -> None:
        """Take over what another trainer has made up to an epoch, where both have done the same.

        So they have if they differ in their length, or in what changes from that epoch on. It is
        any that the other has trained. A pace is measured from here.
        """
        self.state = other.state_at(epoch)
        before = other.history.part(other.history.epoch < epoch)
        self.history = History.join([before, snapshot(self._problem, self.state)])
        self.updates, self.seconds = 0, 0.0

    def state_at(self, epoch: int) -> State:
        """Return the state after so many updates, of any epoch that has been trained.

        Between two snapshots it is trained again from the one before: the same numbers.
        """
        return self._again(epoch, epoch)[0]

    def towards(self, epoch: int, known: State | None = None) -> State:
        """Return the state after so many updates, or as near to it as one stretch comes.

        The epoch may be one that is not trained yet. Training starts from the last snapshot before
        it, or from `known`, a state of these runs, where that is nearer. Nothing is recorded.
        """
        state = self._recorded_before(epoch)
        if known is not None and state.epoch < known.epoch <= epoch:
            state = known
        if state.epoch < epoch:
            unrecorded = np.array([], dtype=np.int64)
            state, _ = self.batcher.train(Task(self._problem, state, epoch, unrecorded))
        return state

    def look(self, epoch: int) -> History:
        """Return every epoch from `epoch` on to the next snapshot, or as many as one look shows."""
        if not 0 < epoch <= self.state.epoch:
            return self.history.part(slice(0, 0))
        following = self.history.epoch[self.history.epoch >= epoch]
        end = int(following[0]) if len(following) else self.state.epoch
        return self._again(epoch, min(end, epoch + LOOK_EPOCHS))[1]

    def _again(self, first: int, last: int) -> tuple[State, History]:
        """Train once more from the snapshot before `first`, and return every epoch up to `last`."""
        state = self._recorded_before(first)
        pieces = [self.history.part(self.history.epoch == first)]
        wanted = np.arange(first, last + 1)
        while state.epoch < last:
            state, piece = self.batcher.train(Task(self._problem, state, last, wanted))
            pieces.append(piece.part(piece.epoch >= first))
        return state, History.join(pieces)

    def _recorded_before(self, epoch: int) -> State:
        """Return the state of the last snapshot at or before an epoch."""
        return self.history.state(int(np.searchsorted(self.history.epoch, epoch, "right")) - 1)


def name_of(dataset: Dataset, experiment: Experiment) -> str:
    """Return a name for what an experiment trains: one that keeps its main run is the same."""
    return identity(dataset, experiment.runs(dataset), experiment.epochs)


def identity(dataset: Dataset, *settings: object) -> str:
    """Return a name for settings on a dataset: the same for the same, in any session."""
    names = (dataset.x_name, dataset.y_name)
    told = repr((settings, names, dataset.summary.fingerprint))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
