"""The graph that autograd recorded, drawn in the browser from what torch says of it."""

from typing import Any, Final

import streamlit as st
from torch import Tensor

from tempfit.epoch.graph import Node, recorded
from tempfit.epoch.latex import plain
from tempfit.ui.colours import PALETTE
from tempfit.ui.epoch.subject import Subject
from tempfit.ui.frontend import ASSETS_URL, component

SHOWN: Final = 2
_component = component("epoch/graph.js")


def show(subject: Subject) -> None:
    """Draw the graph of this epoch's loss, with the values forward and the gradients back."""
    nodes = recorded(subject.epoch)
    st.markdown(
        f"Read from `loss.grad_fn` of epoch {subject.epoch.number:,}: {len(nodes)} nodes, each "
        "with what it made going forward (↓) and the gradient of the loss that came back to it "
        "(↑). `params` is the one leaf that requires a gradient: what arrives there is "
        "`params.grad`. For `x` and `y` torch has None in the graph: no gradient is wanted."
    )
    colour = PALETTE[subject.slot]
    _component(
        key="autograd_graph",
        data={
            "assets": ASSETS_URL,
            "run": {"light": colour.light, "dark": colour.dark},
            "nodes": [_described(node) for node in nodes],
        },
    )


def _described(node: Node) -> dict[str, Any]:
    """Return a node as the page writes it."""
    return {
        "name": node.name,
        "code": node.code,
        "shape": " and ".join(_shape(shape) for shape in dict.fromkeys(node.shape)),
        "value": " and ".join(brief(value) for value in node.value),
        "arriving": " and ".join(brief(gradient) for gradient in node.arriving),
        "inputs": node.inputs,
        "constants": node.constants,
        "leaf": node.leaf,
    }


def _shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})" if shape else "scalar"


def brief(values: Tensor) -> str:
    """Return the values of a scalar, or the first of a vector."""
    if values.ndim == 0:
        return plain(values.item())
    first = [plain(value) for value in values[:SHOWN].tolist()]
    return f"[{', '.join(first)}{', …' if len(values) > SHOWN else ''}]"
