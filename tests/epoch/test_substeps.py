"""What is said of each substep is so: every sentence and every number against torch or the law."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.epoch.anatomy import Epoch, Params, feature, one_epoch, record
from tempfit.epoch.listing import Substep
from tempfit.epoch.substeps import tell
from tempfit.epoch.tex import tex
from tempfit.numbers import number
from tempfit.training.experiment import Run
from tests.strategies import datasets, runs

REFERENCE = one_epoch(thermometer(), Run(1e-2), 1, Params(1.0, 0.0))
OVERSHOOTING = one_epoch(thermometer(), Run(0.1), 3, Params(5.0, -16.0))
LATER = one_epoch(thermometer(), Run(1e-2), 501, Params(4.5, -12.5))
GONE = one_epoch(thermometer(), Run(1e-2), 12, Params(float("nan"), float("inf")))


def last_number(epoch: Epoch, substep: Substep, place: int = -1) -> str:
    """Return what a formula of a substep comes to."""
    return tell(substep, epoch).formulas[place].rpartition("= ")[2]


@pytest.mark.parametrize("epoch", [REFERENCE, OVERSHOOTING, LATER])
def test_each_formula_comes_to_the_number_that_torch_has(epoch: Epoch) -> None:
    assert last_number(epoch, Substep.READINGS, 0) == tex(epoch.x[0].item())
    assert last_number(epoch, Substep.PREDICTIONS) == tex(epoch.prediction[0].item())
    assert last_number(epoch, Substep.RESIDUALS) == tex(epoch.residual[0].item())
    assert last_number(epoch, Substep.SQUARES) == tex(epoch.squared[0].item())
    assert last_number(epoch, Substep.LOSS) == tex(epoch.loss, 7)
    for place in (0, 1):
        assert last_number(epoch, Substep.GRADIENT, place) == tex(epoch.gradient[place])
        assert last_number(epoch, Substep.UPDATE, place) == tex(epoch.after[place])
    assert last_number(epoch, Substep.LOSS_AFTER) == tex(epoch.loss_after, 7)


@pytest.mark.parametrize("substep", [Substep.PREDICTIONS, Substep.RESIDUALS, Substep.UPDATE])
def test_the_numbers_put_in_come_to_the_result(substep: Substep) -> None:
    for formula in tell(substep, REFERENCE).formulas:
        *_, numbers, result = formula.split(" = ")
        value = eval(numbers.replace(r"\cdot", "*"))  # noqa: S307 - numbers and signs alone
        assert value == pytest.approx(float(result), rel=1e-4)


def test_a_reading_can_be_followed_through_the_formulas() -> None:
    for substep, values in ((Substep.PREDICTIONS, "prediction"), (Substep.SQUARES, "squared")):
        (formula,) = tell(substep, REFERENCE, reading=6).formulas
        assert "_{7}" in formula
        assert formula.endswith(tex(getattr(REFERENCE, values)[6].item()))


@given(datasets(), runs(), st.data())
def test_each_can_be_told_of_any_epoch(dataset: Dataset, run: Run, data: st.DataObject) -> None:
    start = data.draw(st.sampled_from([run.start, (1e19, 0.0), (float("nan"), float("-inf"))]))
    epoch = one_epoch(dataset, run, data.draw(st.integers(1, 9)), Params(*start))
    for substep in Substep:
        told = tell(substep, epoch, data.draw(st.integers(0, len(dataset) - 1)))
        assert told.sentence.endswith(".")
        for formula in told.formulas:
            assert formula.count("{") == formula.count("}")
            assert "e-" not in formula
            assert "inf" not in formula.replace(r"\infty", "")


def test_the_feature_is_the_reading_as_it_is_said_to_be_made() -> None:
    assert torch.equal(REFERENCE.x, 0.1 * thermometer().x)
    assert "the reading times 0.1" in tell(Substep.READINGS, REFERENCE).sentence
    shifted = one_epoch(thermometer(), Run(1e-2, 0.1, 50.0), 1, Params(1.0, 0.0))
    assert torch.equal(shifted.x, 0.1 * (thermometer().x - 50))
    assert "shifted and scaled" in tell(Substep.READINGS, shifted).sentence
    assert r"0.1 \cdot (35.7 - 50)" in tell(Substep.READINGS, shifted).formulas[0]


def test_autograd_records_from_the_predictions_on_as_params_requires_a_gradient() -> None:
    x = feature(thermometer(), Run(1e-2))
    forward = record(x, thermometer().y, Params(1.0, 0.0))
    assert not x.requires_grad
    assert forward.params.requires_grad
    assert forward.params.is_leaf
    assert forward.prediction.grad_fn is not None


def test_readings_above_and_below_the_line_are_counted() -> None:
    misses = [p - y for p, y in zip(REFERENCE.prediction, thermometer().y, strict=True)]
    low, high = sum(miss < 0 for miss in misses), sum(miss > 0 for miss in misses)
    said = tell(Substep.RESIDUALS, REFERENCE).sentence
    assert f"too low at {int(low)} of 11 readings and too high at {int(high)}." in said
    assert "only nan, which means not a number" in tell(Substep.RESIDUALS, GONE).sentence


def test_the_farthest_reading_and_its_share_of_the_sum_are_named() -> None:
    squares = REFERENCE.squared.tolist()
    share = round(100 * max(squares) / sum(squares))
    said = f"reading {squares.index(max(squares)) + 1} alone makes {share} % of the sum"
    assert said in tell(Substep.SQUARES, REFERENCE).sentence


def test_what_was_in_grad_before_the_backward_is_said() -> None:
    assert "still None in the first epoch" in tell(Substep.GRADIENT, REFERENCE).sentence
    assert "cleared the gradient of epoch 500." in tell(Substep.GRADIENT, LATER).sentence


@pytest.mark.parametrize("epoch", [REFERENCE, OVERSHOOTING, LATER])
def test_the_loss_falls_the_way_it_is_said_to(epoch: Epoch) -> None:
    said = tell(Substep.GRADIENT, epoch).sentence
    for place, name in enumerate("wb"):
        sign = 1 if f"as {name} grows" in said else -1
        assert f"as {name} {'grows' if sign > 0 else 'shrinks'}" in said
        moved = list(epoch.before)
        moved[place] += sign * 1e-2
        assert record(epoch.x, epoch.y, Params(*moved)).loss.item() < epoch.loss


def test_at_the_bottom_and_beyond_float32_there_is_no_way_down() -> None:
    flat = Dataset(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 2.0]))
    bottom = one_epoch(flat, Run(1e-2, feature_scale=1.0), 1, Params(1.0, 0.0))
    assert "Both are 0: the bottom." in tell(Substep.GRADIENT, bottom).sentence
    assert "float32 cannot hold them" in tell(Substep.GRADIENT, GONE).sentence


def test_the_update_leaves_params_a_leaf_without_a_history() -> None:
    params = torch.tensor([1.0, 0.0], requires_grad=True)
    (params * 2).sum().backward()
    assert params.grad is not None
    with torch.no_grad():
        params -= 0.1 * params.grad
    assert params.is_leaf
    assert params.grad_fn is None
    assert "stays a leaf without a history" in tell(Substep.UPDATE, REFERENCE).sentence


def test_what_the_update_did_to_the_loss_is_said() -> None:
    fell = tell(Substep.LOSS_AFTER, REFERENCE).sentence
    assert REFERENCE.loss_after < REFERENCE.loss
    assert fell.startswith(f"The loss fell by {number(REFERENCE.loss - REFERENCE.loss_after, 5)}, ")
    assert "Epoch 2 begins here" in fell
    rose = tell(Substep.LOSS_AFTER, OVERSHOOTING).sentence
    assert OVERSHOOTING.loss_after > OVERSHOOTING.loss
    assert rose.startswith("The loss rose by ")
    assert "beyond what float32 can hold" in tell(Substep.LOSS_AFTER, GONE).sentence
    one = Dataset(torch.tensor([1.0]), torch.tensor([0.0]))
    back = one_epoch(one, Run(0.25, feature_scale=1.0), 1, Params(0.0, 2e19))
    assert (back.loss, back.loss_after) == (float("inf"), 0.0)
    assert (
        "was beyond what float32 can hold; now it is 0." in tell(Substep.LOSS_AFTER, back).sentence
    )
    still = one_epoch(thermometer(), Run(1e-20), 1, Params(1.0, 0.0))
    assert still.loss == still.loss_after
    assert "the same to the last digit" in tell(Substep.LOSS_AFTER, still).sentence


def test_a_loss_that_rose_did_so_past_the_bottom() -> None:
    """Between both points, along the way of the update, lies a lower one."""
    (w, b), (w_after, b_after) = OVERSHOOTING.before, OVERSHOOTING.after
    between = [
        record(
            OVERSHOOTING.x,
            OVERSHOOTING.y,
            Params(w + share * (w_after - w), b + share * (b_after - b)),
        ).loss.item()
        for share in torch.linspace(0, 1, 99).tolist()
    ]
    assert min(between) < OVERSHOOTING.loss < OVERSHOOTING.loss_after
    assert "went past the bottom" in tell(Substep.LOSS_AFTER, OVERSHOOTING).sentence
