"""What is said of broken loops is what happens in them."""

import re
from collections.abc import Callable

import numpy as np
import pytest
import torch
from hypothesis import given

from tempfit.data.dataset import Dataset, thermometer
from tempfit.epoch import trial_code as code
from tempfit.epoch.anatomy import Params, feature, record
from tempfit.epoch.trial import Growth, Inputs, Result
from tempfit.epoch.trial_code import Watch, body_of
from tempfit.epoch.trials import TRIALS
from tempfit.epoch.zeroing import turns
from tempfit.theory.verdict import verdicts
from tempfit.training.experiment import Run
from tempfit.training.loop import fit
from tests.strategies import datasets, runs

RUN = Run(1e-2)
INPUTS = Inputs.of(thermometer(), RUN)
SHOWN = [
    code.before_backward,
    code.three_backwards,
    code.same_graph_twice,
    code.never_zeroed,
    code.never_detached,
    code.detached,
    code.in_place,
    code.new_leaf,
    code.in_place_while_recording,
]


def trial(name: str, inputs: Inputs = INPUTS) -> Result:
    return TRIALS[name](inputs)


def said(outcome: Result) -> str:
    return " ".join(outcome.sentences)


@pytest.mark.parametrize("function", SHOWN)
def test_the_code_shown_is_the_code_that_runs(function: Callable[..., object]) -> None:
    text = body_of(function)
    compile(text, "trial", "exec")
    assert text.startswith("params = torch.tensor(start, requires_grad=True)")
    assert "return" not in text
    # Alone, it does what the function does.
    names = {"torch": torch, "x": INPUTS.x, "y": INPUTS.y, "start": RUN.start, "epochs": 3}
    names |= {"learning_rate": 1e-2, "watch": Watch(0.0)}
    exec(text, names)  # noqa: S102 - our own code
    assert isinstance(names["params"], torch.Tensor)
    assert max(map(len, text.splitlines())) <= 60


def test_grad_is_none_before_the_first_backward_and_a_tensor_after_it() -> None:
    before, after = code.before_backward(INPUTS.x, INPUTS.y, RUN.start)
    assert before is None
    assert after.tolist() == pytest.approx([-77.6140, -10.6400], abs=2e-4)
    outcome = trial("No gradient yet")
    assert outcome.values == (("before", "None"), ("params.grad", str(after)))
    assert "`None`, not 0" in said(outcome)


@given(datasets(), runs())
def test_a_second_backward_doubles_every_slope_exactly_and_zeroing_undoes_it(
    dataset: Dataset, run: Run
) -> None:
    first, second, third = code.three_backwards(feature(dataset, run), dataset.y, run.start)
    assert torch.equal(second, 2 * first)
    assert torch.equal(third, first)
    words = said(TRIALS["Gradients add up"](Inputs.of(dataset, run)))
    assert "exactly twice" in words
    assert "Zeroed in between, it is the gradient again." in words


def test_torch_refuses_a_second_backward_through_one_graph_in_these_words() -> None:
    forward = record(INPUTS.x, INPUTS.y, Params(*RUN.start))
    forward.loss.backward()
    with pytest.raises(RuntimeError) as refusal:
        forward.loss.backward()
    outcome = trial("A graph serves once")
    assert outcome.message == str(refusal.value)
    assert "backward through the graph a second time" in outcome.message


def test_without_zeroing_each_update_goes_by_the_sum_of_all_gradients() -> None:
    params, total = torch.tensor(RUN.start), torch.zeros(2)
    for loss, w, b in code.never_zeroed(INPUTS.x, INPUTS.y, RUN.start, 1e-2, 30):
        assert (w, b) == pytest.approx(params.tolist(), rel=1e-4, abs=1e-4)
        forward = record(INPUTS.x, INPUTS.y, Params(*params.tolist()))
        assert loss == pytest.approx(forward.loss.item(), rel=1e-3)
        total += torch.autograd.grad(forward.loss, forward.params)[0]
        params = params - 1e-2 * total


def test_without_zeroing_a_run_swings_for_ever_and_with_it_this_one_has_converged() -> None:
    outcome = trial("Forget to zero")
    right, wrong = (np.array(outcome.paths[name]) for name in ("zeroed", "never zeroed"))
    assert outcome.standardized
    scale, shift = outcome.standardized
    run = Run(0.3, scale * 0.1, shift / 0.1)
    history = fit(thermometer(), [run], len(right) - 1)
    np.testing.assert_allclose(right[:, 0], history.loss[0], rtol=1e-4)
    (verdict,) = verdicts(thermometer(), history, [run])
    assert verdict.status == "converged"
    found = [turns(path[:, 1].tolist()) for path in (wrong, right)]
    assert found[0] > 10 > found[1] == 0
    assert f"w turned round {found[0]} times, with zeroing not at all." in said(outcome)
    values = [float(value.replace(",", "")) for _, value in outcome.values[1:]]
    assert values == pytest.approx([path[-20:, 0].max() for path in (right, wrong)], rel=1e-4)
    assert values[1] > 10 * values[0]


def test_where_old_gradients_help_by_accident_it_is_said() -> None:
    settings = (INPUTS.x, INPUTS.y, RUN.start, 1e-2, 100)
    right, wrong = (np.array(loop(*settings)) for loop in (code.in_place, code.never_zeroed))
    assert wrong[-1, 0] < right[-1, 0]
    rises = [int((np.diff(path[:, 0]) > 0).sum()) for path in (wrong, right)]
    words = said(trial("Forget to zero"))
    assert "ahead after 100 epochs, by accident" in words
    assert f"its loss rose in {rises[0]} of these epochs, with zeroing in {rises[1]}." in words
    assert rises[0] > 10 > rises[1] == 0


def test_what_is_not_there_is_not_claimed() -> None:
    behind = said(trial("Forget to zero", Inputs.of(thermometer(), Run(0.03))))
    settings = (INPUTS.x, INPUTS.y, RUN.start, 0.03, 100)
    assert code.never_zeroed(*settings)[-1][0] > code.in_place(*settings)[-1][0]
    assert "behind after 100 epochs" in behind
    wild = said(trial("Forget to zero", Inputs.of(thermometer(), Run(1e-2, feature_scale=1.0))))
    assert "too large even with zeroing" in wild
    still = said(trial("Forget to zero", Inputs.of(thermometer(), Run(1e-2, start=(1e6, 0.0)))))
    assert "w turned round" in still


def test_without_detaching_the_graph_grows_by_a_node_an_epoch() -> None:
    growths = trial("Forget to detach").growths
    detached, never = growths["detached"], growths["never detached"]
    assert set(detached.nodes) == {7}
    assert never.nodes == tuple(range(7, 7 + len(never.nodes)))
    assert len(never.nodes) >= 60


def test_without_detaching_an_epoch_takes_longer_and_longer() -> None:
    # By the nodes that a backward goes through it must; by the clock, on a busy computer, in
    # the best of a few attempts.
    slowdowns = [trial("Forget to detach").growths["never detached"].slowdown for _ in range(3)]
    assert max(slowdowns) > 1.2


def test_without_detaching_params_is_no_leaf_and_its_grad_stays_none() -> None:
    params = torch.tensor(RUN.start, requires_grad=True)
    forward = record(INPUTS.x, INPUTS.y, Params(*RUN.start))
    forward.loss.backward()
    params = params - 1e-2 * torch.ones(2)
    (params**2).sum().backward()
    assert not params.is_leaf
    with pytest.warns(UserWarning, match="not a leaf"):
        assert params.grad is None


def test_the_measured_slowdown_is_the_one_that_is_told() -> None:
    assert Growth((7,) * 40, (1.0,) * 20 + (2.5,) * 20).slowdown == 2.5
    outcome = trial("Forget to detach")
    found = re.search(r"took ([\d.]+) times .* detached, ([\d.]+) times", said(outcome))
    assert found
    slowdowns = [outcome.growths[name].slowdown for name in ("never detached", "detached")]
    assert list(found.groups()) == [f"{slowdown:.1f}" for slowdown in slowdowns]


def test_a_watched_loop_ends_when_its_time_is_up() -> None:
    times = iter(range(10_000))
    watch = Watch(allowed=500, clock=lambda: float(next(times)))
    code.never_detached(INPUTS.x, INPUTS.y, RUN.start, 1e-2, watch)
    assert 60 <= len(watch.nodes) == len(watch.seconds) < 150


def test_both_ways_to_update_go_the_same_path_to_the_last_bit() -> None:
    settings = (INPUTS.x, INPUTS.y, RUN.start, 1e-2, 100)
    assert code.in_place(*settings) == code.new_leaf(*settings)
    outcome = trial("Two ways to update")
    assert "every loss, w and b is equal to the last bit" in said(outcome)
    (_, in_place), (_, new_leaf) = outcome.values
    assert in_place == new_leaf


def test_torch_refuses_a_recorded_update_in_place_in_these_words() -> None:
    params = torch.tensor(RUN.start, requires_grad=True)
    with pytest.raises(RuntimeError) as refusal:
        params -= 1
    assert trial("Two ways to update").message == str(refusal.value)


@given(datasets(), runs())
def test_every_piece_says_something_of_any_run(dataset: Dataset, run: Run) -> None:
    inputs = Inputs.of(dataset, run)
    assert inputs.finite
    for name in ("No gradient yet", "Gradients add up", "A graph serves once"):
        outcome = TRIALS[name](inputs)
        assert all(sentence.endswith(".") for sentence in outcome.sentences)


def test_with_many_readings_the_loops_are_shorter() -> None:
    x = torch.linspace(0, 1, 300_000)
    inputs = Inputs.of(Dataset(x, 2 * x), Run(0.1, feature_scale=1.0))
    assert len(TRIALS["Forget to zero"](inputs).paths["zeroed"]) == 13
    assert len(TRIALS["Forget to detach"](inputs).growths["detached"].nodes) >= 12


def test_a_start_beyond_float32_is_told_apart() -> None:
    far = Dataset(torch.tensor([1e30, 2e30]), torch.tensor([1.0, 2.0]))
    assert not Inputs.of(far, Run(1e-2, feature_scale=1.0)).finite
