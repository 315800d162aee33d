"""Gradient descent on the mean squared error of a line, differentiated by PyTorch autograd.

All runs of a call train in one batch, the runs on the leading axis, with one backward pass
for all of them. Training is a function of a small value, `State`: continuing from it gives
the same numbers, bit for bit, as never having stopped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.training.experiment import EPOCHS, Run

MAX_SNAPSHOTS: Final = 600
PIECE_SNAPSHOTS: Final = 32
MAX_ROWS: Final = 64

# The operator in `torch.nn.functional.mse_loss`: what that adds, checks of what `Problem` has made
# sure of, takes a tenth of an epoch. SUM is its number for one sum over all elements.
squared_errors = torch.ops.aten.mse_loss
SUM: Final = 2


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Hold K snapshots of R runs: `epoch` (K,), `loss`, `w` and `b` (R, K).

    Snapshot k is taken after `epoch[k]` updates and holds the loss *at* those params, in the
    squared unit of y; w and b belong to the scaled feature. A run that overflowed goes on in
    inf and nan.
    """

    epoch: NDArray[np.int64]
    loss: NDArray[np.floating]
    w: NDArray[np.floating]
    b: NDArray[np.floating]

    def __len__(self) -> int:
        return len(self.epoch)

    def part(self, which: slice | NDArray[np.bool_] | NDArray[np.int64]) -> "History":
        """Return the snapshots that the slice, mask or index picks."""
        return History(self.epoch[which], self.loss[:, which], self.w[:, which], self.b[:, which])

    def merge(self, other: "History") -> "History":
        """Return the snapshots of both, by epoch, each epoch once."""
        both = History.join([self, other])
        _, first = np.unique(both.epoch, return_index=True)
        return both.part(first)

    @staticmethod
    def join(pieces: Sequence["History"]) -> "History":
        """Return the consecutive pieces as one history."""
        return History(
            np.concatenate([piece.epoch for piece in pieces]),
            *(
                np.concatenate([getattr(piece, name) for piece in pieces], axis=1)
                for name in ("loss", "w", "b")
            ),
        )


@dataclass(frozen=True, slots=True)
class State:
    """Hold where training stands: the updates made, and (w, b) of each run."""

    epoch: int
    params: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Hold what the loop reads: tensors with the runs on the leading axis.

    `features` (R, 2, N) is the scaled feature above a row of ones, so that `params @ features`
    is `w·x + b`; `target` (R, 1, N); `step` (R, 1, 1) is minus the learning rate over N, the
    way to go per unit of the gradient of the *summed* squared errors. More than `MAX_ROWS`
    readings are laid out as the three of their `Summary`, which have the same loss for every
    line; the ones are their weights.
    """

    features: Tensor
    target: Tensor
    step: Tensor

    def predict(self, params: Tensor) -> Tensor:
        """Return `w·x + b`, (R, 1, N), for params (R, 1, 2)."""
        return torch.bmm(params, self.features)

    def loss(self, params: Tensor) -> Tensor:
        """Return the mean squared error of each run, (R,), for params (R, 1, 2)."""
        return (self.predict(params) - self.target).square().mean(dim=(1, 2))


def problem(dataset: Dataset, runs: Sequence[Run], dtype: torch.dtype = torch.float32) -> Problem:
    """Lay the readings out for R runs that train side by side."""
    if not runs:
        raise ValueError("runs must hold at least one run")
    reduced = row_count(dataset) < len(dataset)
    exact = torch.float64 if reduced else dtype
    scale = torch.tensor([run.feature_scale for run in runs], dtype=exact).reshape(-1, 1)
    shift = torch.tensor([run.feature_shift for run in runs], dtype=exact).reshape(-1, 1)
    if reduced:
        x, ones, y = dataset.summary.rows
        x = scale * (x + (dataset.summary.x_mean - shift) * ones)
    else:
        x, y = scale * (dataset.x.to(dtype) - shift), dataset.y
        ones = torch.ones_like(x)
    features = torch.stack([x, ones.expand_as(x)], dim=1).to(dtype)
    target = y.to(dtype).expand_as(x).contiguous()[:, None]
    rates = torch.tensor([run.learning_rate for run in runs], dtype=dtype)
    return Problem(features, target, -rates.reshape(-1, 1, 1) / row_count(dataset))


def row_count(dataset: Dataset) -> int:
    """Return over how many rows the squared errors are summed: the readings, or three for many."""
    return len(dataset) if len(dataset) <= MAX_ROWS else 3


@torch.enable_grad()
def update(problem: Problem, params: Tensor, epochs: int) -> None:
    """Make `epochs` updates of params (R, 1, 2), in place.

    Each epoch records a new graph, from a leaf that shares the memory of `params` but no
    history, and takes the gradient from autograd. What is differentiated is one scalar, the
    squared errors summed over readings and runs: no run's error depends on another's params,
    so this is the gradient of each run's own sum, and `step` holds the 1/N of its mean.
    (Handing 1/N to the backward pass instead would have torch import its symbolic shapes,
    and SymPy with them: 0.7 s at the first epoch of a process.)
    """
    predict, target, step = problem.predict, problem.target, problem.step
    leaf = params.detach().requires_grad_()
    for _ in range(epochs):
        error = squared_errors(predict(leaf), target, SUM)
        (gradient,) = torch.autograd.grad(error, leaf)
        params.addcmul_(step, gradient)  # not recorded: params itself needs no gradient


@lru_cache(maxsize=64)
def snapshot_epochs(epochs: int) -> NDArray[np.int64]:
    """Return the epochs that are recorded: at most `MAX_SNAPSHOTS`, from 0 to `epochs`.

    Every early epoch, then geometrically spaced, and always the last. The growth factor is
    the smallest that keeps to the number, found by bisection.
    """
    EPOCHS.check(epochs)
    if epochs < MAX_SNAPSHOTS:
        return _frozen(np.arange(epochs + 1))
    low, high = 1.0, 2.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (low, middle) if _geometric(epochs, middle) is not None else (middle, high)
    chosen = _geometric(epochs, high)
    assert chosen is not None, "a doubling spacing always fits"
    return _frozen(np.array(chosen))


def _frozen(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the array made read-only, as a cached value must be."""
    values.flags.writeable = False
    return values


def _geometric(epochs: int, growth: float) -> list[int] | None:
    """Return epochs spaced by at least 1 and by the growth factor, or None if too many."""
    chosen = [0]
    while chosen[-1] < epochs:
        if len(chosen) == MAX_SNAPSHOTS:
            return None
        chosen.append(min(max(chosen[-1] + 1, int(chosen[-1] * growth)), epochs))
    return chosen


def begin(
    dataset: Dataset, runs: Sequence[Run], dtype: torch.dtype = torch.float32
) -> tuple[State, History]:
    """Return the state before the first update, and snapshot 0."""
    state = State(0, tuple(run.start for run in runs))
    return state, snapshot(dataset, runs, state, dtype)


def snapshot(
    dataset: Dataset, runs: Sequence[Run], state: State, dtype: torch.dtype = torch.float32
) -> History:
    """Return the history of one snapshot, that of `state`."""
    recorder = _Recorder(problem(dataset, runs, dtype), after=state.epoch - 1)
    params = torch.tensor(state.params, dtype=dtype)[:, None]
    recorder.record(state.epoch, params, recorder.problem.loss(params))
    return recorder.history()


def advance(
    dataset: Dataset,
    runs: Sequence[Run],
    state: State,
    epochs: int,
    until: int,
    dtype: torch.dtype = torch.float32,
) -> tuple[State, History]:
    """Train from `state` to epoch `until`, and return the new state and the snapshots passed.

    `epochs` is the length of the whole training, which decides the epochs recorded. Around
    an overflow the last finite snapshot and the first that is not are recorded as well, so
    that its epoch is exact: a segment in which a run overflows is trained once more from its
    beginning, which gives the same numbers. Does nothing when `until` is not ahead.
    """
    until = min(until, epochs)
    recorder = _Recorder(problem(dataset, runs, dtype), after=state.epoch)
    if until <= state.epoch:
        return state, recorder.history()
    schedule = snapshot_epochs(epochs)
    scheduled = set(schedule[(schedule > state.epoch) & (schedule <= until)].tolist())
    params = torch.tensor(state.params, dtype=dtype)[:, None]
    loss = recorder.problem.loss(params)
    for start, end in pairwise(sorted({state.epoch, *scheduled, until})):
        before, loss_before = params.clone(), loss
        update(recorder.problem, params, end - start)
        loss = recorder.problem.loss(params)
        if _overflowed(loss_before, loss).any():
            recorder.record_overflow(start, before, loss_before, end, loss)
        if end in scheduled:
            recorder.record(end, params, loss)
    if until not in scheduled:  # nobody else would know that `until` is a run's last finite epoch
        recorder.record_last_finite(until, params, loss)
    return _state(until, params), recorder.history()


def train(dataset: Dataset, runs: Sequence[Run], epochs: int) -> Iterator[History]:
    """Yield the history in consecutive pieces, as they are trained."""
    state, piece = begin(dataset, runs)
    yield piece
    for end in [*snapshot_epochs(epochs)[PIECE_SNAPSHOTS::PIECE_SNAPSHOTS].tolist(), epochs]:
        if end > state.epoch:
            state, piece = advance(dataset, runs, state, epochs, end)
            yield piece


def fit(dataset: Dataset, runs: Sequence[Run], epochs: int) -> History:
    """Train to the end and return the whole history."""
    return History.join(list(train(dataset, runs, epochs)))


def _state(epoch: int, params: Tensor) -> State:
    return State(epoch, tuple((w, b) for w, b in params[:, 0].tolist()))


def _overflowed(before: Tensor, after: Tensor) -> NDArray[np.bool_]:
    """Tell which runs, (R,), have a finite loss before and not after."""
    overflowed: NDArray[np.bool_] = np.isfinite(before.numpy()) & ~np.isfinite(after.numpy())
    return overflowed


class _Recorder:
    """Collect snapshots, in the order of their epochs, of the epochs that follow `after`."""

    def __init__(self, problem: Problem, after: int) -> None:
        self.problem = problem
        self._latest = after
        self._epochs: list[int] = []
        self._losses: list[Tensor] = []
        self._params: list[Tensor] = []

    def record(self, epoch: int, params: Tensor, loss: Tensor) -> None:
        """Keep a snapshot, unless it or a later one is kept already."""
        if epoch > self._latest:
            self._latest = epoch
            self._epochs.append(epoch)
            self._losses.append(loss)
            self._params.append(params[:, 0].clone())

    def record_overflow(
        self, start: int, params: Tensor, loss: Tensor, end: int, loss_at_end: Tensor
    ) -> None:
        """Train `params` again from `start`, and keep the snapshots on both sides of overflows.

        Stops when every run that overflows on the way to `end` has done so.
        """
        pending = _overflowed(loss, loss_at_end)
        for epoch in range(start + 1, end + 1):
            before, loss_before = params.clone(), loss
            update(self.problem, params, 1)
            loss = self.problem.loss(params)
            overflowed = pending & _overflowed(loss_before, loss)
            if overflowed.any():
                self.record(epoch - 1, before, loss_before)
                self.record(epoch, params, loss)
                pending &= ~overflowed
            if not pending.any():
                return

    def record_last_finite(self, epoch: int, params: Tensor, loss: Tensor) -> None:
        """Keep this snapshot if a run overflows at the very next epoch."""
        ahead = params.clone()
        update(self.problem, ahead, 1)
        if _overflowed(loss, self.problem.loss(ahead)).any():
            self.record(epoch, params, loss)

    def history(self) -> History:
        """Return what was kept."""
        if not self._epochs:
            empty = self.problem.step.numpy().reshape(-1, 1)[:, :0]
            return History(np.empty(0, dtype=np.int64), empty, empty, empty)
        w, b = torch.stack(self._params, dim=-1).unbind(1)
        loss = torch.stack(self._losses, dim=-1)
        return History(np.array(self._epochs), loss.numpy(), w.numpy(), b.numpy())
