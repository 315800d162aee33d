"""What a condition looks at: one run of what ran, at one snapshot."""

from dataclasses import dataclass

import numpy as np

from tempfit.lesson.ran import Ran
from tempfit.theory.curvature import Curvature
from tempfit.theory.status import ROSE, Status
from tempfit.training.experiment import Run, standardization


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Hold one run of what ran, and the snapshot at which it is looked at.

    `final` says whether its status and its loss count there: at a chosen epoch, or at the last.
    """

    ran: Ran
    place: int = 0
    index: int = -1
    final: bool = True

    @property
    def run(self) -> Run:
        """The run."""
        return self.ran.law.runs[self.place]

    @property
    def status(self) -> Status:
        """How the run stands at the snapshot."""
        return self.ran.status(self.place, self.index)

    def param(self, name: str) -> float:
        """Return w or b, or the loss, at the snapshot."""
        return float(getattr(self.ran.history, name)[self.place, self.index])

    @property
    def loss(self) -> float:
        """The loss at the snapshot."""
        return self.param("loss")

    @property
    def bowl(self) -> Curvature:
        """The curvature of the run's loss, with the best that there is."""
        return self.ran.law.curvatures[self.place]

    @property
    def change(self) -> tuple[int | None, float | None]:
        """The last change of the learning rate: its epoch, and the rate from there on."""
        return self.run.changes[-1] if self.run.changes else (None, None)

    @property
    def rose_at(self) -> int | None:
        """The first epoch by the snapshot at which the loss had risen, or None."""
        loss = self.ran.history.loss[self.place, : self.index + 1 or None]
        with np.errstate(invalid="ignore", over="ignore"):
            rose = ~(loss <= (1 + ROSE) * np.fmin.accumulate(loss))
        return int(self.ran.history.epoch[rose.argmax()]) if rose.any() else None

    @property
    def standardized(self) -> bool:
        """Whether the run is on the standardized feature."""
        feature = (self.run.feature_scale, self.run.feature_shift)
        return feature == standardization(self.ran.law.dataset)

    def status_before(self, epoch: int) -> Status:
        """Return how the run stood at the last snapshot before an epoch."""
        index = int(np.searchsorted(self.ran.history.epoch, epoch)) - 1
        return self.ran.status(self.place, max(index, 0))

    def epochs_to(self, word: str) -> float:
        """Return how many more epochs the law has a run take to a status, 0 where it has none."""
        phase = self.ran.law.phases_of(self.place)[-1]
        epochs = {
            "converged": phase.form.convergence_epochs,
            "overflowed": phase.form.overflow_epochs,
        }.get(word)
        epoch = epochs[phase.runs.index(self.place)] if epochs else None
        return 0 if epoch is None else phase.first + epoch - self.ran.epoch
