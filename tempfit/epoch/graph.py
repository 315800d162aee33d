"""The graph that autograd recorded for one loss, read from `grad_fn`, and what flows back in it.

The nodes, their order and their shapes are those that torch has: they are found by following
`next_functions`. A hook on each node notes the gradient that arrives there in a backward pass.
"""

from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from torch import Tensor

from tempfit.epoch.anatomy import Epoch, Forward, record


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation of the graph, or the leaf where the gradient ends.

    `name` is torch's, and `code` is the operation in the script. `value` holds the results of
    the operation, `shape` their shapes, and `arriving` the gradients of the loss with respect
    to them. `inputs` are the places of the nodes that the gradient goes on to. `constants` names
    the inputs that need no gradient, for which torch has None.
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

    Each node comes before those that its gradient goes on to. The leaf comes last.
    """
    forward = record(epoch.x, epoch.y, epoch.before)
    functions = list(TopologicalSorter(_sources(forward.loss)).static_order())
    place = {function: index for index, function in enumerate(functions)}
    arriving: dict[Any, tuple[Tensor, ...]] = {}
    for function in functions:
        function.register_prehook(_noting(arriving, function))
    forward.loss.backward()  # type: ignore[no-untyped-call]
    return [_node(function, forward, place, arriving[function]) for function in functions]


def size(loss: Tensor) -> int:
    """Return how many nodes a backward pass from this loss goes through."""
    return len(_sources(loss))


def _sources(loss: Tensor) -> dict[Any, set[Any]]:
    """Return each function that a backward pass reaches, with those that lead to it."""
    sources: dict[Any, set[Any]] = {loss.grad_fn: set()}
    unseen: list[Any] = [loss.grad_fn]
    while unseen:
        function = unseen.pop()
        for following in _following(function):
            if following not in sources:
                sources[following] = set()
                unseen.append(following)
            sources[following].add(function)
    return sources


def _following(function: Any) -> list[Any]:
    """Return the functions that a gradient goes on to; torch has None for other inputs."""
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
        leaf=hasattr(function, "variable"),
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
