"""Small pieces of torch code that go wrong on purpose, or look as if they did.

The page shows the source of these functions, then what they returned: what is shown is what
ran. `x` and `y` are (N,), `start` is (w, b).
"""

import inspect
import textwrap
from collections.abc import Callable
from time import perf_counter

import torch
from torch import Tensor

from tempfit.anatomy import Params
from tempfit.graph import size

Start = Params
Path = list[tuple[float, float, float]]


def source(function: Callable[..., object]) -> str:
    """Return the body of a function as it stands in this file, without its docstring."""
    lines = inspect.getsource(function).splitlines()
    opening = next(place for place, line in enumerate(lines) if line.rstrip().endswith('"""'))
    return textwrap.dedent("\n".join(lines[opening + 1 :])).strip()


def before_backward(x: Tensor, y: Tensor, start: Start) -> tuple[Tensor | None, Tensor | None]:
    """Return `.grad` before and after the first backward."""
    params = torch.tensor(start, requires_grad=True)
    before = params.grad

    w, b = params
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    return before, params.grad


def second_backward(x: Tensor, y: Tensor, start: Start) -> tuple[Tensor, Tensor, Tensor]:
    """Return `.grad` after one backward, after a second, and after zeroing and a third."""
    params = torch.tensor(start, requires_grad=True)

    def backward() -> Tensor:
        w, b = params
        ((w * x + b - y) ** 2).mean().backward()
        return params.grad.clone()

    first = backward()
    second = backward()  # nothing was zeroed
    params.grad.zero_()
    return first, second, backward()


def same_graph_twice(x: Tensor, y: Tensor, start: Start) -> str:
    """Return what torch says of a second backward through one graph."""
    params = torch.tensor(start, requires_grad=True)
    w, b = params
    loss = ((w * x + b - y) ** 2).mean()
    loss.backward()
    try:
        loss.backward()
    except RuntimeError as error:
        return str(error)
    return "torch said nothing"


def without_zeroing(x: Tensor, y: Tensor, start: Start, learning_rate: float, epochs: int) -> Path:
    """Return (loss, w, b) before each update and after the last, `.grad` never zeroed."""
    path = []
    params = torch.tensor(start, requires_grad=True)
    for _ in range(epochs + 1):
        w, b = params
        loss = ((w * x + b - y) ** 2).mean()
        path.append((loss.item(), w.item(), b.item()))
        # no params.grad.zero_() here
        loss.backward()
        with torch.no_grad():
            params -= learning_rate * params.grad
    return path
