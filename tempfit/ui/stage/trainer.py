"""Training in step with the page: what one viewer's session holds, and how it answers a pull.

The page asks for snapshots when its own run low, so nothing trains that nobody watches. An
answer depends on what the page says it has, not on what was sent before: a pull that is lost
or repeated does no harm.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

import numpy as np
import torch

from tempfit.data.dataset import Dataset
from tempfit.theory.closed_form import ClosedForm
from tempfit.theory.schedule import Phase, advance, laws, phases, statuses, verdicts
from tempfit.training.experiment import Experiment, Run
from tempfit.training.loop import History, State, begin, snapshot
from tempfit.ui.wire import Answer, Pull, Snapshots, packed

# One thread a viewer: what trains here is too small to gain from more, and threads that wait
# for each other on a busy machine lose many times over.
torch.set_num_threads(1)

PULL_SECONDS: Final = 0.1
STRIDE_EPOCHS: Final = 100
LOOK_EPOCHS: Final = 64


@dataclass(slots=True, eq=False)
class Trainer:
    """Hold one experiment's training: where it stands, and the snapshots so far."""

    dataset: Dataset
    phases: tuple[Phase, ...]
    epochs: int
    identity: str
    laws: tuple[ClosedForm, ...] = field(init=False)
    state: State = field(init=False)
    history: History = field(init=False)
    updates: int = field(init=False)
    seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self.laws = laws(self.dataset, self.phases)
        self.restart()

    @classmethod
    def of(cls, dataset: Dataset, experiment: Experiment) -> "Trainer":
        """Return the trainer of an experiment, before its first update."""
        name = identity(dataset, experiment)
        return cls(dataset, phases(experiment, dataset), experiment.epochs, name)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs as they begin."""
        return self.phases[0].runs

    def go_on_from(self, other: "Trainer", epoch: int) -> None:
        """Take over what another trainer has made up to an epoch, where both have done the same.

        So they have if they differ in their length, or in what changes from that epoch on. A
        pace is measured from here.
        """
        index = int(np.searchsorted(other.history.epoch, epoch, side="right")) - 1
        self.history = other.history.part(slice(0, index + 1))
        self.state = other.state_at(index)

    def restart(self) -> None:
        """Go back to the start."""
        self.state, self.history = begin(self.dataset, self.runs)
        self.updates, self.seconds = 0, 0.0

    def train(self, until: int, clock: Callable[[], float] = perf_counter) -> None:
        """Train up to epoch `until`, or for as long as one pull may take."""
        began, first = clock(), self.state.epoch
        pieces = [self.history]
        while self.state.epoch < min(until, self.epochs) and clock() - began < PULL_SECONDS:
            end = min(self.state.epoch + STRIDE_EPOCHS, until, self.epochs)
            self.state, piece = advance(self.dataset, self.phases, self.state, self.epochs, end)
            pieces.append(piece)
        self.history = History.join(pieces)
        self.updates += self.state.epoch - first
        self.seconds += clock() - began

    def look(self, epoch: int) -> History:
        """Return every epoch from `epoch` on to the next snapshot, or as many as one look shows.

        They are trained again from the snapshot before, which gives the same numbers.
        """
        last = min(self.state.epoch, self.epochs)
        before = int(np.searchsorted(self.history.epoch, epoch)) - 1
        if not 0 < epoch <= last:
            return self.history.part(slice(0, 0))
        state = self.state_at(before)
        following = self.history.epoch[self.history.epoch >= epoch]
        end = int(following[0]) if len(following) else last
        pieces: list[History] = []
        for moment in range(epoch, min(end, epoch + LOOK_EPOCHS) + 1):
            state, _ = advance(self.dataset, self.phases, state, self.epochs, moment)
            pieces.append(snapshot(self.dataset, self.runs, state))
        return History.join(pieces)

    def state_at(self, index: int) -> State:
        """Return the state that a snapshot of the history was taken of."""
        w, b = self.history.w[:, index].tolist(), self.history.b[:, index].tolist()
        return State(int(self.history.epoch[index]), tuple(zip(w, b, strict=True)))

    def answer(self, pull: Pull) -> Answer:
        """Train what the pull asks for and return the snapshots that the page lacks."""
        if pull.restart:
            self.restart()
        self.train(max(pull.until, pull.exact or 0))
        history = self.history
        new = history.epoch > pull.after
        if pull.exact is not None:
            looked = self.look(pull.exact)
            history = history.merge(looked)
            new = (history.epoch > pull.after) | np.isin(history.epoch, looked.epoch)
        return {"number": pull.number, "snapshots": self.encode(history, new)}

    @property
    def pace(self) -> float:
        """How many epochs a second were trained."""
        return self.updates / self.seconds if self.seconds > 0 else 0.0

    def sentences(self) -> list[str]:
        """Return the verdict on each run, as far as it has come."""
        found = verdicts(self.dataset, self.laws, self.history, self.phases)
        return [verdict.sentence for verdict in found]

    def encode(self, history: History, new: np.ndarray[Any, Any]) -> Snapshots:
        """Return the snapshots that the mask `new` picks, packed, with each run's status."""
        status = statuses(self.laws, history, self.phases)
        return {
            "epoch": packed(history.epoch[new], "<i4"),
            "loss": packed(history.loss[:, new], "<f4"),
            "w": packed(history.w[:, new], "<f4"),
            "b": packed(history.b[:, new], "<f4"),
            "status": packed(status[:, new], "u1"),
        }


def identity(dataset: Dataset, *settings: object) -> str:
    """Return a name for settings on a dataset: the same for the same, in any session."""
    names = (dataset.x_name, dataset.y_name)
    told = repr((settings, names, dataset.summary.fingerprint))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
