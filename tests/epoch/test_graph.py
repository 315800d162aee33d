"""The graph that is drawn is the one that torch recorded, with what flows through it."""

import pytest
import torch
from hypothesis import given

from tempfit.data.dataset import Dataset, thermometer
from tempfit.epoch.anatomy import Params, one_epoch, record
from tempfit.epoch.graph import recorded, size
from tempfit.training.experiment import Run
from tests.strategies import datasets, runs

EPOCH = one_epoch(thermometer(), Run(1e-2), 1, Params(1.0, 0.0))
NODES = {node.code: node for node in recorded(EPOCH)}


def test_the_chain_leads_from_the_loss_to_the_leaf() -> None:
    assert [node.name for node in recorded(EPOCH)] == [
        "MeanBackward0",
        "PowBackward0",
        "SubBackward0",
        "AddBackward0",
        "MulBackward0",
        "UnbindBackward0",
        "AccumulateGrad",
    ]


def test_the_first_node_is_the_loss_s_own_and_each_leads_where_torch_says() -> None:
    forward = record(EPOCH.x, EPOCH.y, EPOCH.before)
    nodes = recorded(EPOCH)
    function = forward.loss.grad_fn
    for node in nodes[:4]:
        assert function is not None
        assert function.name() == node.name
        ((function, _), *others) = function.next_functions
        assert len(node.constants) == sum(other is None for other, _ in others)


def test_b_goes_past_the_multiplication_and_w_through_it() -> None:
    places = list(NODES)
    add, multiply, unbind = (
        places.index(code) for code in ("prediction = w * x + b", "w * x", "w, b = params")
    )
    assert NODES["prediction = w * x + b"].inputs == (multiply, unbind)
    assert NODES["w * x"].inputs == (unbind,)
    assert add < multiply < unbind


def test_only_params_require_a_gradient_and_x_and_y_are_none_in_torch() -> None:
    assert [node.code for node in NODES.values() if node.leaf] == ["params.grad"]
    constants = {code: node.constants for code, node in NODES.items() if node.constants}
    assert constants == {"w * x": ("x",), "residual = prediction - y": ("y",)}


def test_values_are_those_of_the_epoch_and_shapes_are_theirs() -> None:
    named = {"squared = residual**2": EPOCH.squared, "residual = prediction - y": EPOCH.residual}
    for code, values in named.items():
        assert torch.equal(NODES[code].value[0], values)
    assert NODES["loss = squared.mean()"].value[0].item() == EPOCH.loss
    for node in NODES.values():
        assert node.shape == tuple(tuple(value.shape) for value in node.value)
        assert node.shape == tuple(tuple(gradient.shape) for gradient in node.arriving)


def test_what_arrives_follows_the_chain_rule() -> None:
    arriving = {code: node.arriving[0] for code, node in NODES.items()}
    count = len(EPOCH.x)
    assert arriving["loss = squared.mean()"].item() == 1
    torch.testing.assert_close(arriving["squared = residual**2"], torch.full((count,), 1 / count))
    at_residual = arriving["residual = prediction - y"]
    torch.testing.assert_close(at_residual, 2 * EPOCH.residual / count)
    assert torch.equal(arriving["prediction = w * x + b"], at_residual)
    by_w, by_b = NODES["w, b = params"].arriving
    torch.testing.assert_close(by_w, (at_residual * EPOCH.x).sum())
    torch.testing.assert_close(by_b, at_residual.sum())


@given(datasets(), runs())
def test_what_arrives_at_the_leaf_is_the_gradient(dataset: Dataset, run: Run) -> None:
    epoch = one_epoch(dataset, run, 1, Params(*run.start))
    *_, leaf = recorded(epoch)
    assert leaf.leaf
    assert leaf.arriving[0].tolist() == pytest.approx(list(epoch.gradient), nan_ok=True)


def test_each_node_comes_before_those_it_leads_to() -> None:
    nodes = recorded(EPOCH)
    assert all(place < after for place, node in enumerate(nodes) for after in node.inputs)


def test_the_size_counts_each_node_once() -> None:
    x = torch.ones((), requires_grad=True)
    shared = x * 2
    assert size(shared + shared) == 3  # the sum, the product, the leaf
