"""Training from any state on, as tests want it: as far as is asked for, at any precision."""

from collections.abc import Sequence

import torch

from tempfit.data.dataset import Dataset
from tempfit.training import loop
from tempfit.training.experiment import Run
from tempfit.training.history import History, State
from tempfit.training.problem import problem
from tempfit.training.recording import recorded_epochs


def begin(
    dataset: Dataset, runs: Sequence[Run], dtype: torch.dtype = torch.float32
) -> tuple[State, History]:
    """Return the state before the first update, and snapshot 0."""
    return loop.begin(problem(dataset, runs, dtype))


def snapshot(dataset: Dataset, runs: Sequence[Run], state: State) -> History:
    """Return the history of one snapshot, that of a state."""
    return loop.snapshot(problem(dataset, runs), state)


def advance(
    dataset: Dataset,
    runs: Sequence[Run],
    state: State,
    epochs: int,
    until: int,
    dtype: torch.dtype = torch.float32,
) -> tuple[State, History]:
    """Train from a state to epoch `until`, if that is ahead, in a training of `epochs` of them."""
    laid_out, until = problem(dataset, runs, dtype), min(until, epochs)
    if until <= state.epoch:
        return state, loop.snapshot(laid_out, state).part(slice(0, 0))
    return loop.finish(loop.Task(laid_out, state, until, recorded_epochs(epochs, runs)))


def in_float64(dataset: Dataset, runs: Sequence[Run], epochs: int) -> History:
    """Train to the end in float64."""
    state, start = begin(dataset, runs, torch.float64)
    _, rest = advance(dataset, runs, state, epochs, epochs, torch.float64)
    return History.join([start, rest])
