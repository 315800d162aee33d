"""The graph that autograd recorded for one loss: walked from `grad_fn`, with what flows back.

Nothing here is drawn from memory. The nodes, their order and their shapes are read from torch
by following `next_functions`; a hook on each notes the gradient that arrives in a backward pass.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from tempfit.epoch.anatomy import Epoch, Forward, record


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation of the graph, or the leaf that gradients land in.

    `name` is torch's, `code` the operation in the script; `shape` is that of each result, and
    `value` the results; `arriving` are the gradients of the loss with respect to them, of the
    same shapes. `inputs`
    are the places of the nodes that the gradient goes on to; `constants` names the inputs that
    need none, for which torch has None.
    """

    name: str
    code: str
    shape: tuple[tuple[int, ...], ...]
    value: tuple[Tensor, ...]
    arriving: tuple[Tensor, ...]
    inputs: tuple[int, ...]
    constants: tuple[str, ...]
    leaf: bool


def recorded(epoch: Epoch) -> list[Node]:
    """Record the loss of an epoch once more and return its graph, the loss first.

    Each node comes before those that its gradient goes on to; the leaf comes last.
    """
    forward = record(epoch.x, epoch.y, epoch.before)
    functions = list(_walk(forward.loss.grad_fn))
    place = {function: index for index, function in enumerate(functions)}
    arriving: dict[Any, tuple[Tensor, ...]] = {}
    for function in functions:
        function.register_prehook(_noting(arriving, function))
    forward.loss.backward()  # type: ignore[no-untyped-call]
    return [_node(function, forward, place, arriving[function]) for function in functions]


def size(loss: Tensor) -> int:
    """Return how many nodes a backward pass from this loss goes through."""
    return sum(1 for _ in _walk(loss.grad_fn))


def _walk(root: Any) -> Iterator[Any]:
    """Yield the functions reachable from `root`, each once, before those it leads to.

    A function is yielded when all that lead to it have been: it is what the backward pass does,
    since a gradient is complete only when every part of it has arrived.
    """
    waiting = _ways_to_each(root)
    ready = [root]
    while ready:
        yield (function := ready.pop())
        for following in _following(function):
            waiting[following] -= 1
            if waiting[following] == 0:
                ready.append(following)


def _ways_to_each(root: Any) -> dict[Any, int]:
    """Return by how many ways each function reachable from `root` is led to."""
    ways: dict[Any, int] = {root: 0}
    unseen = [root]
    while unseen:
        for following in _following(unseen.pop()):
            if following not in ways:
                unseen.append(following)
            ways[following] = ways.get(following, 0) + 1
    return ways


def _following(function: Any) -> list[Any]:
    """Return the functions that a gradient goes on to; inputs that need none are None in torch."""
    return [following for following, _ in function.next_functions if following is not None]


def _noting(arriving: dict[Any, tuple[Tensor, ...]], function: Any) -> Any:
    """Return a hook that notes what arrives at a function."""

    def note(gradients: tuple[Tensor, ...]) -> None:
        arriving[function] = tuple(gradient.clone() for gradient in gradients)

    return note


def _node(
    function: Any, forward: Forward, place: dict[Any, int], arriving: tuple[Tensor, ...]
) -> Node:
    """Describe one function, known by the tensor of the script that it made."""
    leaf = hasattr(function, "variable")
    code, constants, value = _made_by(function, forward)
    without = len(function.next_functions) - len(_following(function))
    assert without == len(constants), "each input that needs no gradient has a name"
    return Node(
        name=function.name().rpartition("::")[2],
        code=code,
        shape=tuple(tuple(gradient.shape) for gradient in arriving),
        value=tuple(tensor.detach() for tensor in value),
        arriving=arriving,
        inputs=tuple(place[following] for following in _following(function)),
        constants=constants,
        leaf=leaf,
    )


def _made_by(function: Any, forward: Forward) -> tuple[str, tuple[str, ...], tuple[Tensor, ...]]:
    """Return the code of a function, its inputs that need no gradient, and its results."""
    if hasattr(function, "variable"):
        assert function.variable is forward.params, "the params are the only leaf"
        return "params.grad", (), (forward.params,)
    known: dict[Any, tuple[str, tuple[str, ...], tuple[Tensor, ...]]] = {
        forward.loss.grad_fn: ("loss = squared.mean()", (), (forward.loss,)),
        forward.squared.grad_fn: ("squared = residual**2", (), (forward.squared,)),
        forward.residual.grad_fn: ("residual = prediction - y", ("y",), (forward.residual,)),
        forward.prediction.grad_fn: ("prediction = w * x + b", (), (forward.prediction,)),
        forward.scaled.grad_fn: ("w * x", ("x",), (forward.scaled,)),
        forward.w.grad_fn: ("w, b = params", (), (forward.w, forward.b)),
    }
    return known[function]
