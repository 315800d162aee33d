"""The graph that autograd recorded, drawn in the browser from what torch says of it."""

from typing import Final

import streamlit as st
from torch import Tensor

from tempfit.epoch.graph import Node, recorded
from tempfit.epoch.tex import DIGITS
from tempfit.numbers import count, number
from tempfit.ui.epoch.charts import colour_of
from tempfit.ui.epoch.glass import Specimen
from tempfit.ui.frontend import component, part_data
from tempfit.ui.wire.sections import GraphData, GraphNode
from tempfit.words import say

SHOWN: Final = 2
_component = component("epoch/graph.js")


def show(specimen: Specimen) -> None:
    """Draw the graph of this epoch's loss, with the values forward and the gradients back."""
    nodes = recorded(specimen.epoch)
    st.markdown(
        say(
            "Read from `loss.grad_fn` of epoch {epoch}: {count} nodes, each with its value from "
            "the forward pass (↓) and the gradient of the loss that came back to it (↑). `params` "
            "is the one leaf that requires a gradient: what arrives there is `params.grad`. For "
            "`x` and `y` torch has None in the graph: they need no gradient.",
            epoch=count(specimen.epoch.number),
            count=len(nodes),
        )
    )
    data = GraphData(
        **part_data(),
        colour=colour_of(specimen.slot),
        nodes=[_described(node) for node in nodes],
    )
    _component(key="autograd_graph", data=data)


def _described(node: Node) -> GraphNode:
    """Return a node as the page writes it."""
    return GraphNode(
        name=node.name,
        code=node.code,
        shape=say(" and ").join(_shape(shape) for shape in dict.fromkeys(node.shape)),
        value=say(" and ").join(map(brief, node.value)),
        arriving=say(" and ").join(map(brief, node.arriving)),
        inputs=list(node.inputs),
        constants=list(node.constants),
        leaf=node.leaf,
    )


def _shape(shape: tuple[int, ...]) -> str:
    return str(shape) if shape else say("scalar")


def brief(values: Tensor) -> str:
    """Return the value of a scalar, or the first values of a vector."""
    if values.ndim == 0:
        return number(values.item(), DIGITS)
    shown = [number(value, DIGITS) for value in values[:SHOWN].tolist()]
    more = ["…"] if len(values) > SHOWN else []
    return f"[{', '.join([*shown, *more])}]"
