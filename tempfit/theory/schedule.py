"""A learning rate schedule by hand: the main run goes on at another rate from given epochs.

Between two changes everything is as without them, so each function here is that of its name in
`training`, `theory` or `verdict`, applied phase by phase to the main run. The other runs never
change, and are seen whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tempfit.data.dataset import Dataset
from tempfit.theory import closed_form as theory
from tempfit.theory import status, verdict
from tempfit.theory.closed_form import ClosedForm
from tempfit.theory.verdict import Verdict
from tempfit.training import loop as training
from tempfit.training.experiment import START, Experiment, Run
from tempfit.training.loop import History, State


@dataclass(frozen=True, slots=True)
class Phase:
    """The runs as they train from epoch `first` on, until the next phase or the end."""

    first: int
    runs: tuple[Run, ...]


def phases(experiment: Experiment, dataset: Dataset) -> tuple[Phase, ...]:
    """Return the phases of an experiment, in order; one where nothing changes."""
    runs = experiment.runs(dataset)
    changed = [
        Phase(epoch, (replace(runs[0], learning_rate=rate), *runs[1:]))
        for epoch, rate in experiment.changes
    ]
    return (Phase(0, runs), *changed)


def advance(
    dataset: Dataset, phases: Sequence[Phase], state: State, epochs: int, until: int
) -> tuple[State, History]:
    """Train from `state` to epoch `until`, as `training.advance` does; changes are recorded."""
    until = min(until, epochs)
    recorded: list[History] = []
    while not recorded or state.epoch < until:
        ends = [phase.first for phase in phases if state.epoch < phase.first <= until]
        end = min([*ends, until])
        runs = phase_at(phases, state.epoch).runs
        state, piece = training.advance(dataset, runs, state, epochs, end)
        if ends and end not in piece.epoch:
            piece = piece.merge(training.snapshot(dataset, runs, state))
        recorded.append(piece)
    return state, History.join(recorded)


def phase_at(phases: Sequence[Phase], epoch: int) -> Phase:
    """Return the phase whose rates the update after `epoch` uses."""
    return [phase for phase in phases if phase.first <= epoch][-1]


def forecast(dataset: Dataset, phases: Sequence[Phase], epochs: Sequence[int]) -> History:
    """Return the closed form at the given epochs, each phase going on from the one before.

    From a point beyond the limits of a start the main run is not forecast: nan.
    """
    whole = theory.forecast(dataset, phases[0].runs, epochs)
    for number in range(1, len(phases)):
        later = whole.epoch >= phases[number].first
        run = phase_run(dataset, phases[: number + 1])
        for name, values in (("loss", whole.loss), ("w", whole.w), ("b", whole.b)):
            values[0, later] = np.nan
            if run is not None:
                since = whole.epoch[later] - phases[number].first
                values[0, later] = getattr(theory.forecast(dataset, [run], since), name)[0]
    return whole


def phase_run(dataset: Dataset, phases: Sequence[Phase]) -> Run | None:
    """Return the main run of the last of the phases, from where the closed form lets it start."""
    run = phases[0].runs[0]
    for before, phase in pairwise(phases):
        then = theory.forecast(dataset, [run], [phase.first - before.first])
        start = (float(then.w[0, 0]), float(then.b[0, 0]))
        if not all(START.low <= value <= START.high for value in start):
            return None
        run = replace(phase.runs[0], start=start)
    return run


def laws(dataset: Dataset, phases: Sequence[Phase]) -> tuple[ClosedForm, ...]:
    """Return the closed form of all runs, and of the main run as it goes on in each later phase."""
    main = [theory.closed_form(dataset, phase.runs[:1]) for phase in phases[1:]]
    return (theory.closed_form(dataset, phases[0].runs), *main)


def statuses(
    laws: Sequence[ClosedForm], history: History, phases: Sequence[Phase]
) -> NDArray[np.uint8]:
    """Return the status of each run at each snapshot, the main run's by its phase."""
    codes = status.statuses(laws[0], history)
    for law, phase in zip(laws[1:], phases[1:], strict=True):
        later = history.epoch >= phase.first
        if later.any():
            codes[0, later] = status.statuses(law, _since(history, phase))[0]
    return codes


def verdicts(
    dataset: Dataset, laws: Sequence[ClosedForm], history: History, phases: Sequence[Phase]
) -> list[Verdict]:
    """Return the verdict on each run, the main run's on its last phase."""
    phase = phase_at(phases, int(history.epoch[-1]))
    found = verdict.judged(dataset, history, laws[0])
    if phase.first:
        law = laws[list(phases).index(phase)]
        (main,) = verdict.judged(dataset, _since(history, phase), law)
        found[0] = _after_change(main, phase)
    return found


def outlooks(dataset: Dataset, phases: Sequence[Phase], epochs: int) -> list[Verdict]:
    """Return what the closed form expects of each run, of the main run after its last change."""
    found = verdict.outlooks(dataset, phases[0].runs, epochs)
    phase = phases[-1]
    if phase.first:
        run = phase_run(dataset, phases)
        if run is None:
            sentence = "Not forecast: the change comes when the run has left all bounds."
            found[0] = Verdict(found[0].status, sentence)
        else:
            (main,) = verdict.outlooks(dataset, [run], epochs - phase.first)
            found[0] = _after_change(main, phase)
    return found


def _since(history: History, phase: Phase) -> History:
    """Return the main run's history from a change on, its epochs counted from there."""
    later = history.epoch >= phase.first
    part = history.part(later)
    return History(part.epoch - phase.first, part.loss[:1], part.w[:1], part.b[:1])


def _after_change(main: Verdict, phase: Phase) -> Verdict:
    opening = f"Since the change at epoch {phase.first:,}, counted from there: "
    return replace(main, sentence=opening + main.sentence)
