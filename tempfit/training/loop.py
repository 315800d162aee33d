"""Gradient descent on the mean squared error of a line, differentiated by PyTorch autograd.

All runs of a call train in one batch, with one backward pass for all of them. Training is a
function of a small value, `State`: continuing from it gives the same numbers, bit for bit, as never
having stopped.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from math import inf
from time import perf_counter
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.training.experiment import Run
from tempfit.training.history import History, State
from tempfit.training.layout import Layout, layout
from tempfit.training.problem import Problem, problem
from tempfit.training.recording import recorded_epochs

PIECE_SNAPSHOTS: Final = 120
PIECE_EPOCHS: Final = 10_000
STRETCH_NUMBERS: Final = 2**22  # of the params that one stretch keeps: 16 MB in float32
STRIDE_EPOCHS: Final = 50  # between two looks at the clock

# The operator in `torch.nn.functional.mse_loss`: what that adds, checks of what `Problem` has made
# sure of, takes a tenth of an epoch. SUM is its number for one sum over all elements.
squared_errors = torch.ops.aten.mse_loss
SUM: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Ask for training: the runs of `problem`, on from `state`, to epoch `until`.

    `recorded` are the epochs of which snapshots are wanted. Raises ValueError unless the state is
    one of these runs and `until` is ahead of it.
    """

    problem: Problem
    state: State
    until: int
    recorded: NDArray[np.int64]

    def __post_init__(self) -> None:
        runs, held = len(self.problem.runs), len(self.state.w)
        if runs != held:
            raise ValueError(f"state must hold the params of {runs} runs, not of {held}")
        if self.until <= self.state.epoch:
            raise ValueError(f"until must be after epoch {self.state.epoch}, not {self.until}")


@torch.enable_grad()
def descend(laid_out: Layout, path: Tensor, descent: Tensor) -> None:
    """Make E updates of the params in `path[0]`, and fill `path` (E + 1, 2, R) with them.

    Each epoch records a new graph, from a leaf that shares the memory of `params` but no
    history, and takes the gradient from autograd. What is differentiated is one scalar, the
    squared errors summed over readings and runs: no run's error depends on another's params,
    so this is the gradient of each run's own sum, and `descent` (1, R) holds the 1/N of its
    mean. (Handing 1/N to the backward pass instead would have torch import its symbolic shapes,
    and SymPy with them: 0.7 s at the first epoch of a process.)
    """
    predict, target = laid_out.predict, laid_out.target
    params, descent = laid_out.lay(path[0]), laid_out.lay(descent)
    leaf, by_run = params.detach().requires_grad_(), laid_out.by_run(params)
    for after in path[1:].unbind():
        error = squared_errors(predict(leaf), target, SUM)
        (gradient,) = torch.autograd.grad(error, leaf)
        params.addcmul_(descent, gradient)  # not recorded: params itself needs no gradient
        after.copy_(by_run)


def stretch(
    tasks: Sequence[Task], seconds: float = inf, clock: Callable[[], float] = perf_counter
) -> list[tuple[State, History]]:
    """Train tasks whose problems have the same number of rows, and dtype, in one batch.

    Each goes as far as it asks, unless the memory of a stretch or, at a look at the clock every
    `STRIDE_EPOCHS`, the time is used up before. Returns for each its new state and the snapshots
    passed. The params of every epoch are kept until the end, and looked at there.
    """
    end = clock() + seconds
    together = Problem.join([task.problem for task in tasks])
    laid_out = layout(together)
    start = torch.cat([_params(task.state, together.target.dtype) for task in tasks], dim=1)
    length = max(task.until - task.state.epoch for task in tasks)
    length = min(length, max(1, STRETCH_NUMBERS // start.numel()))
    path = start.new_empty(length + 1, *start.shape)
    path[0] = start
    done = 0
    for first, last, descent in _strides(tasks, length):
        descend(laid_out, path[first : last + 1], descent)
        done = last
        if clock() >= end:
            break
    places = accumulate((len(task.problem.runs) for task in tasks), initial=0)
    return [
        _outcome(task, path[: min(done, task.until - task.state.epoch) + 1, :, low:high])
        for task, (low, high) in zip(tasks, pairwise(places), strict=True)
    ]


def _strides(tasks: Sequence[Task], length: int) -> Iterator[tuple[int, int, Tensor]]:
    """Yield where short parts of a stretch begin and end, and the descent that holds within."""
    changed = {
        change - task.state.epoch
        for task in tasks
        for run in task.problem.runs
        for change, _ in run.changes
    }
    stops = {0, *range(STRIDE_EPOCHS, length, STRIDE_EPOCHS), length}
    stops |= {stop for stop in changed if 0 < stop < length}
    descent = torch.empty(0)
    for first, last in pairwise(sorted(stops)):
        if first == 0 or first in changed:
            descents = [task.problem.descent(task.state.epoch + first) for task in tasks]
            descent = torch.cat(descents, dim=1)
        yield first, last, descent


def _outcome(task: Task, path: Tensor) -> tuple[State, History]:
    """Return the state that a task has come to and its snapshots, from its path (E + 1, 2, R).

    Where the loss of a run is finite at one epoch and not at the next, both are recorded. To find
    these two, the losses of all epochs are computed, but only for runs that overflow between two
    recorded epochs. The start of the path is recorded too if it is a run's last finite epoch: the
    stretch that ended there could not know that the run overflows next.
    """
    first, last = task.state.epoch, task.state.epoch + len(path) - 1
    low, high = np.searchsorted(task.recorded, [first, last], side="right")
    due = task.recorded[low:high] - first
    loss = _losses(task.problem, path, due)
    if found := _overflows(loss).any(dim=0).nonzero().flatten().tolist():
        every_loss = task.problem.part(found).losses(path[:, :, found])
        after = 1 + _overflows(every_loss).any(dim=1).numpy().nonzero()[0]
        due = np.unique(np.concatenate([due, after - 1, after]))
        due = due[due > 0] if first in task.recorded else due
        loss = _losses(task.problem, path, due)
    w, b = path[torch.from_numpy(due)].permute(1, 2, 0).numpy()
    state = State(last, *map(tuple, path[-1].tolist()))
    return state, History(first + due, loss[1:-1].T.numpy(), w, b)


def _overflows(loss: Tensor) -> Tensor:
    """Return, for losses (E, R), where one is finite and the next is not, (E - 1, R)."""
    if loss.sum().isfinite():  # so is each loss, as none is negative
        return loss.new_zeros(0, loss.shape[1])
    finite = loss.isfinite()
    return finite[:-1] & ~finite[1:]


def _losses(problem: Problem, path: Tensor, places: NDArray[np.int64]) -> Tensor:
    """Return the losses (K + 2, R) at the start of a path, at K places of it, and at its end."""
    looked_at = np.concatenate([[0], places, [len(path) - 1]])
    return problem.losses(path, torch.from_numpy(looked_at))


def begin(problem: Problem) -> tuple[State, History]:
    """Return the state before the first update, and snapshot 0."""
    w, b = zip(*(run.start for run in problem.runs), strict=True)
    state = State(0, w, b)
    return state, snapshot(problem, state)


def snapshot(problem: Problem, state: State) -> History:
    """Return the history of one snapshot, that of `state`."""
    params = _params(state, problem.target.dtype)
    w, b = params[:, :, None].numpy()
    return History(np.array([state.epoch]), problem.losses(params[None]).T.numpy(), w, b)


def _params(state: State, dtype: torch.dtype) -> Tensor:
    """Return the params of a state, (2, R)."""
    return torch.from_numpy(np.array([state.w, state.b])).to(dtype)


def finish(task: Task) -> tuple[State, History]:
    """Train a task as far as it asks; return its new state and the snapshots passed."""
    state, pieces = task.state, []
    while state.epoch < task.until:
        ((state, piece),) = stretch([replace(task, state=state)])
        pieces.append(piece)
    return state, History.join(pieces)


def train(dataset: Dataset, runs: Sequence[Run], epochs: int) -> Iterator[History]:
    """Yield the history in consecutive pieces, as they are trained."""
    recorded = recorded_epochs(epochs, runs)
    laid_out = problem(dataset, runs)
    state, start = begin(laid_out)
    yield start
    while state.epoch < epochs:
        ahead = recorded[recorded > state.epoch][:PIECE_SNAPSHOTS]
        near = ahead[ahead <= state.epoch + PIECE_EPOCHS]
        end = int(near[-1] if len(near) else ahead[0])
        state, piece = finish(Task(laid_out, state, end, recorded))
        yield piece


def fit(dataset: Dataset, runs: Sequence[Run], epochs: int) -> History:
    """Train to the end and return the whole history."""
    return History.join(list(train(dataset, runs, epochs)))
