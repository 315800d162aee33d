"""The law of an experiment: all that theory says of its runs before anything trains.

Derived once from a dataset and its runs, and handed to all who need a part of it. While the
learning rate stays as it is, a run is one closed form; a change begins a further phase of it,
from where the one before has brought the run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from tempfit.data.dataset import Dataset
from tempfit.theory.closed_form import FLOAT32_MAX, ClosedForm, Ints
from tempfit.theory.curvature import Curvature, curvatures
from tempfit.training.experiment import Run
from tempfit.training.history import History
from tempfit.training.problem import row_count


@dataclass(frozen=True, slots=True, eq=False)
class Phase:
    """Say how some of the runs go on from epoch `first`: `runs` are their places in the law.

    The epochs of `form` are counted from there.
    """

    first: int
    runs: tuple[int, ...]
    form: ClosedForm

    @property
    def foreseen(self) -> bool:
        """Whether the runs come so far: no change brings one back that has overflowed."""
        return bool(np.isfinite(self.form.start).all())


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """Hold what theory says of R runs, which may differ in everything.

    `curvatures` is what each of them meets. `phases` are in the order of their epochs, the first
    being that of all runs as they begin.
    """

    dataset: Dataset
    runs: tuple[Run, ...]
    curvatures: tuple[Curvature, ...]
    phases: tuple[Phase, ...]

    def forecast(self, epochs: Sequence[int] | Ints) -> History:
        """Return what training would record at K epochs, in float64; a loss beyond it is inf.

        A run whose rate changes after it has overflowed is not forecast from there on: nan.
        Raises ValueError unless all epochs are from 0 on.
        """
        epoch = np.array(epochs, dtype=np.int64)
        if epoch.ndim != 1 or (epoch < 0).any():
            raise ValueError("epochs must be a sequence of whole numbers from 0 on")
        found = self.phases[0].form.at(epoch)
        for phase in self.phases[1:]:
            later = epoch >= phase.first
            part = phase.form.at(epoch[later] - phase.first)
            for name in ("loss", "w", "b"):
                getattr(found, name)[np.ix_(np.array(phase.runs), later)] = getattr(part, name)
        return found

    def phases_of(self, run: int) -> list[Phase]:
        """Return the phases of one run, in order."""
        return [phase for phase in self.phases if run in phase.runs]


def closed_form(dataset: Dataset, runs: Sequence[Run]) -> Law:
    """Return the law of R runs, derived from the curvature that each of them meets.

    Raises ValueError when there are no runs.
    """
    if not runs:
        raise ValueError("runs must hold at least one run")
    bowls = curvatures(dataset, runs)
    rates = np.array([run.learning_rate for run in runs])
    start = np.array([run.start for run in runs], dtype=np.float64)
    whole = ClosedForm(bowls, rates, start, FLOAT32_MAX / row_count(dataset))
    phases = [Phase(0, tuple(range(len(runs))), whole)]
    for place, run in enumerate(runs):
        phases += _later_phases(run, place, whole)
    ordered = sorted(phases, key=lambda phase: phase.first)
    return Law(dataset, tuple(runs), tuple(bowls), tuple(ordered))


def _later_phases(run: Run, place: int, whole: ClosedForm) -> list[Phase]:
    """Return the phases of one run after each of its changes."""
    phases: list[Phase] = []
    before, at = whole, place
    for (since, _), (first, rate) in pairwise([(0, run.learning_rate), *run.changes]):
        then = before.at(np.array([first - since]))
        start = np.array([[then.w[at, 0], then.b[at, 0]]])
        overflow = before.overflow_epochs[at]
        if overflow is not None and overflow <= first - since:
            start[:] = np.nan
        bowls = whole.curvatures[place : place + 1]
        before, at = ClosedForm(bowls, np.array([rate]), start, whole.overflow_loss), 0
        phases.append(Phase(first, (place,), before))
    return phases


def forecast(dataset: Dataset, runs: Sequence[Run], epochs: Sequence[int] | Ints) -> History:
    """Return what training would record at the given epochs, from the closed form, in float64.

    Nothing trains, and the cost does not depend on how large the epochs are. A loss beyond
    float64 is inf. Raises ValueError unless there are runs and all epochs are from 0 on.
    """
    return closed_form(dataset, runs).forecast(epochs)
