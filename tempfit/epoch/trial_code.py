# mypy: disable-error-code="union-attr, operator"
# `.grad` may be None; the code that is shown has no assertions about it.
"""The code of the trials: small pieces of torch code that go wrong on purpose, or seem to.

The page shows the source of these functions beside what they returned: what is shown is what
ran. `x` and `y` are (N,), `start` is (w, b). A path is (loss, w, b) before each update.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

import torch
from torch import Tensor

from tempfit.epoch.graph import size

MAX_WATCHED_EPOCHS: Final = 300

Start = tuple[float, float]
Path = list[tuple[float, float, float]]


def body_of(function: Callable[..., object]) -> str:
    """Return the body of a function as it stands in its file, docstring and last `return` off."""
    lines = inspect.getsource(function).splitlines()
    opening = next(place for place, line in enumerate(lines) if line.endswith('"""'))
    body = lines[opening + 1 :]
    return textwrap.dedent("\n".join(body[:-1] if "return" in body[-1] else body)).strip()


@dataclass(slots=True)
class Watch:
    """Time the epochs of a loop, in seconds, and count the nodes of their graphs."""

    allowed: float
    least: int = 60
    clock: Callable[[], float] = perf_counter
    nodes: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    _counting: float = 0.0

    def epochs(self) -> Iterator[int]:
        """Yield the epochs to train: the least number, and more while time is allowed.

        The time of an epoch is without that of counting its nodes.
        """
        began = self.clock()
        for epoch in range(MAX_WATCHED_EPOCHS):
            entered = self.clock()
            if epoch >= self.least and entered - began > self.allowed:
                return
            self._counting = 0.0
            yield epoch
            self.seconds.append(self.clock() - entered - self._counting)

    def note(self, loss: Tensor) -> None:
        """Count the nodes of an epoch's graph, and how long that takes."""
        entered = self.clock()
        self.nodes.append(size(loss))
        self._counting = self.clock() - entered


def before_backward(x: Tensor, y: Tensor, start: Start) -> tuple[Any, Any]:
    """Return `.grad` before and after the first backward."""
    params = torch.tensor(start, requires_grad=True)
    before = params.grad

    w, b = params
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    return before, params.grad


def three_backwards(x: Tensor, y: Tensor, start: Start) -> list[Tensor]:
    """Return `.grad` after one backward, after a second, and after a third with zeroing."""
    params = torch.tensor(start, requires_grad=True)
    seen = []
    for zeroing in (False, False, True):
        if zeroing:
            params.grad.zero_()
        w, b = params
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        seen.append(params.grad.clone())
    return seen


def same_graph_twice(x: Tensor, y: Tensor, start: Start) -> str:
    """Return what torch says of a second backward through one graph."""
    params = torch.tensor(start, requires_grad=True)
    w, b = params
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    said = "nothing"
    try:
        loss.backward()
    except RuntimeError as error:
        said = str(error)
    return said


def never_zeroed(x: Tensor, y: Tensor, start: Start, learning_rate: float, epochs: int) -> Path:
    """Return the path of a loop that forgets to zero `.grad`."""
    params = torch.tensor(start, requires_grad=True)
    path = []
    for _ in range(epochs + 1):
        w, b = params
        loss = ((w * x + b - y) ** 2).mean()
        path.append((loss.item(), w.item(), b.item()))
        loss.backward()  # no params.grad.zero_()
        with torch.no_grad():
            params -= learning_rate * params.grad
    return path


def never_detached(x: Tensor, y: Tensor, start: Start, learning_rate: float, watch: Watch) -> None:
    """Train with params that keep their history."""
    params = torch.tensor(start, requires_grad=True)
    for _ in watch.epochs():
        params.retain_grad()  # else .grad stays None
        w, b = params
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        watch.note(loss)
        params = params - learning_rate * params.grad


def detached(x: Tensor, y: Tensor, start: Start, learning_rate: float, watch: Watch) -> None:
    """Train with a new leaf in each epoch, and so with a new graph."""
    params = torch.tensor(start, requires_grad=True)
    for _ in watch.epochs():
        params.retain_grad()
        w, b = params
        loss = ((w * x + b - y) ** 2).mean()
        loss.backward()
        watch.note(loss)
        moved = params - learning_rate * params.grad
        params = moved.detach().requires_grad_()


def in_place(x: Tensor, y: Tensor, start: Start, learning_rate: float, epochs: int) -> Path:
    """Return the path of a loop that updates the leaf in place, under `no_grad`."""
    params = torch.tensor(start, requires_grad=True)
    path = []
    for _ in range(epochs + 1):
        if params.grad is not None:
            params.grad.zero_()
        w, b = params
        loss = ((w * x + b - y) ** 2).mean()
        path.append((loss.item(), w.item(), b.item()))
        loss.backward()
        with torch.no_grad():
            params -= learning_rate * params.grad
    return path


def new_leaf(x: Tensor, y: Tensor, start: Start, learning_rate: float, epochs: int) -> Path:
    """Return the path of a loop that makes a new leaf of the params in every epoch."""
    params = torch.tensor(start, requires_grad=True)
    path = []
    for _ in range(epochs + 1):
        w, b = params
        loss = ((w * x + b - y) ** 2).mean()
        path.append((loss.item(), w.item(), b.item()))
        loss.backward()
        moved = params - learning_rate * params.grad
        params = moved.detach().requires_grad_()
    return path


def in_place_while_recording(x: Tensor, y: Tensor, start: Start, learning_rate: float) -> str:
    """Return what torch says of an update in place that is recorded."""
    params = torch.tensor(start, requires_grad=True)
    w, b = params
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    said = "nothing"
    try:
        params -= learning_rate * params.grad  # recorded
    except RuntimeError as error:
        said = str(error)
    return said
