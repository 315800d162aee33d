"""The trials: what happens if a line of the loop is left out or written in another way.

Each trial runs its code and says what came of it. All of them start where the run starts.
"""

from collections.abc import Callable
from time import perf_counter
from typing import Final

import numpy as np
import torch

from tempfit.epoch import trial_code as code
from tempfit.epoch.trial import Growth, Inputs, Result
from tempfit.epoch.trial_code import Path, Watch, body_of
from tempfit.epoch.zeroing import zeroing_forgotten
from tempfit.numbers import count, number
from tempfit.words import later, paragraph, say

LOOP_EPOCHS: Final = 100
WATCHED_EPOCHS: Final = 60
WATCH_SECONDS: Final = {later("detached"): 0.04, later("never detached"): 0.1}
NOTICEABLE: Final = 1.3


def no_gradient_yet(inputs: Inputs) -> Result:
    """Look at `.grad` before anything has been differentiated."""
    before, after = code.before_backward(inputs.x, inputs.y, inputs.start)
    sentence = say(
        "A leaf that requires a gradient has none to begin with: `.grad` is `{before}`, not 0. "
        "`backward` puts a tensor there. This is why the loop asks `if params.grad is not None` "
        "before it zeroes.",
        before=before,
    )
    values = ((say("before"), str(before)), ("params.grad", str(after)))
    return Result({"": body_of(code.before_backward)}, (sentence,), values)


def gradients_add_up(inputs: Inputs) -> Result:
    """Go backward a second time without zeroing, and a third time with it."""
    first, second, third = code.three_backwards(inputs.x, inputs.y, inputs.start)
    sentences = [say("`backward` adds to `.grad`, it does not replace it.")]
    if torch.equal(second, 2 * first):
        twice = say("After the second one, both slopes are exactly twice what they were.")
        sentences.append(twice)
    if torch.equal(third, first):
        sentences.append(say("Zeroed in between, it is the gradient again."))
    values = ((say("first"), str(first)), (say("second"), str(second)), (say("third"), str(third)))
    return Result({"": body_of(code.three_backwards)}, tuple(sentences), values)


def graph_used_up(inputs: Inputs) -> Result:
    """Go backward twice through one graph."""
    sentence = say(
        "A backward pass frees what the graph had kept for it, so a graph serves once. In the "
        "loop each epoch computes the loss anew, and with it a new graph."
    )
    said = code.same_graph_twice(inputs.x, inputs.y, inputs.start)
    return Result({"": body_of(code.same_graph_twice)}, (sentence,), message=said)


def detaching_forgotten(inputs: Inputs, clock: Callable[[], float] = perf_counter) -> Result:
    """Train with params that keep their history, and watch the graph and the time grow."""
    growths: dict[str, Growth] = {}
    loops = {"detached": code.detached, "never detached": code.never_detached}
    for name, loop in loops.items():
        watch = Watch(WATCH_SECONDS[name], inputs.affordable(WATCHED_EPOCHS), clock)
        loop(inputs.x, inputs.y, inputs.start, inputs.rate, watch)
        growths[name] = Growth(tuple(watch.nodes), tuple(watch.seconds))
    detached, never = growths["detached"], growths["never detached"]
    nodes = say(
        "The new params remember how they were made, back to the first epoch. Each backward goes "
        "through all of it: {first} nodes in epoch 1, {last} in epoch {epoch}. Detached, it is "
        "never more than {most}.",
        first=never.nodes[0],
        last=never.nodes[-1],
        epoch=count(len(never.nodes)),
        most=max(detached.nodes),
    )
    times = say(
        "Measured just now: the last {count} epochs took {times} times as long as the first "
        "{count}; detached, {detached} times.",
        count=never.compared,
        times=f"{never.slowdown:.1f}",
        detached=f"{detached.slowdown:.1f}",
    )
    if never.slowdown < NOTICEABLE:
        times = paragraph(times, say("So few epochs do not show it; measure again."))
    return Result({"": body_of(code.never_detached)}, (nodes, times), growths=growths)


def two_ways_to_update(inputs: Inputs) -> Result:
    """Update in place under `no_grad`, and by making a new leaf, and compare the paths."""
    epochs = inputs.affordable(LOOP_EPOCHS)
    settings = (inputs.x, inputs.y, inputs.start, inputs.rate, epochs)
    place, leaf = code.in_place(*settings), code.new_leaf(*settings)
    compared = later("In {count} updates both ways do not give quite the same losses, w and b.")
    if np.array_equal(np.array(place), np.array(leaf), equal_nan=True):
        compared = later(
            "Both ways go the same path: in {count} updates every loss, w and b is equal to the "
            "last bit."
        )
    refused = say(
        "Either way the update is left out of the graph. An update in place that is recorded is "
        "one that torch refuses:"
    )
    return Result(
        {
            say("In place, under no_grad"): body_of(code.in_place),
            say("A new leaf"): body_of(code.new_leaf),
        },
        (say(compared, count=count(epochs)), refused),
        ((say("in place"), _end(place)), (say("new leaf"), _end(leaf))),
        code.in_place_while_recording(inputs.x, inputs.y, inputs.start, inputs.rate),
    )


TRIALS: Final[dict[str, Callable[[Inputs], Result]]] = {
    later("No gradient yet"): no_gradient_yet,
    later("Gradients add up"): gradients_add_up,
    later("A graph serves once"): graph_used_up,
    later("Forget to zero"): zeroing_forgotten,
    later("Forget to detach"): detaching_forgotten,
    later("Two ways to update"): two_ways_to_update,
}


def _end(path: Path) -> str:
    _, w, b = path[-1]
    return f"w {number(w, 7)}, b {number(b, 7)}"
