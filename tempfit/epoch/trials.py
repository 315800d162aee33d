"""What breaks when a line of the loop is left out: the exhibits run, and what they mean in words.

A sentence is made from what the exhibit returned. All of them start where the run starts.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Final

import numpy as np
import torch
from torch import Tensor

from tempfit.data.dataset import Dataset
from tempfit.epoch import exhibits
from tempfit.epoch.anatomy import Params, feature, record
from tempfit.epoch.exhibits import Path, Watch, source
from tempfit.epoch.latex import plain
from tempfit.training.experiment import Run

LOOP_EPOCHS: Final = 100
MIN_EPOCHS: Final = 6
MANY_READINGS: Final = 60_000
WATCHED_EPOCHS: Final = 60
WATCH_SECONDS: Final = {"detached": 0.04, "never detached": 0.1}
NOTICEABLE: Final = 1.3
COMPARED: Final = 10


@dataclass(frozen=True, slots=True)
class Growth:
    """How a training loop went, watched: at each epoch the graph's nodes and the time, in s."""

    nodes: tuple[int, ...]
    seconds: tuple[float, ...]

    @property
    def compared(self) -> int:
        """How many epochs at either end are compared: no epoch belongs to both."""
        return max(1, min(COMPARED, len(self.seconds) // 2))

    @property
    def slowdown(self) -> float:
        """How many times as long the last epochs took as the first, by their medians."""
        first, last = self.seconds[: self.compared], self.seconds[-self.compared :]
        return median(last) / median(first)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an exhibit: its code, with a title where there are two, and what it returned.

    `message` is torch's own, of an error that was provoked. `paths` are those of two loops, by
    their name; `growths` likewise.
    """

    code: dict[str, str]
    sentences: tuple[str, ...]
    values: tuple[tuple[str, str], ...] = ()
    message: str = ""
    paths: dict[str, Path] = field(default_factory=dict)
    growths: dict[str, Growth] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What an exhibit runs on: the feature and target (N,) of a run, its start and its rate."""

    x: Tensor
    y: Tensor
    start: tuple[float, float]
    rate: float

    @classmethod
    def of(cls, dataset: Dataset, run: Run) -> "Case":
        """Return the case of a run on a dataset."""
        return cls(feature(dataset, run), dataset.y, run.start, run.learning_rate)

    def shortened(self, epochs: int) -> int:
        """Return for how many of so many epochs there is time: with many readings each is long."""
        return max(MIN_EPOCHS, int(epochs * min(1.0, MANY_READINGS / len(self.x))))

    @property
    def finite(self) -> bool:
        """Whether the loss and its gradient at the start are numbers that float32 can hold."""
        forward = record(self.x, self.y, Params(*self.start))
        (gradient,) = torch.autograd.grad(forward.loss, forward.params)
        return bool(torch.isfinite(forward.loss) and torch.isfinite(gradient).all())


def no_gradient_yet(case: Case) -> Outcome:
    """Look at `.grad` before anything has been differentiated."""
    before, after = exhibits.before_backward(case.x, case.y, case.start)
    return Outcome(
        {"": source(exhibits.before_backward)},
        (
            (
                "A leaf that requires a gradient has none to begin with: `.grad` is "
                f"`{before}`, not 0. `backward` puts a tensor there. This is why the loop asks "
                "`if params.grad is not None` before it zeroes."
            ),
        ),
        (("before", str(before)), ("params.grad", str(after))),
    )


def gradients_add_up(case: Case) -> Outcome:
    """Go backward a second time without zeroing, and a third time with it."""
    first, second, third = exhibits.three_backwards(case.x, case.y, case.start)
    doubled = torch.equal(second, 2 * first)
    return Outcome(
        {"": source(exhibits.three_backwards)},
        (
            "`backward` adds to `.grad`, it does not replace it."
            + (" After the second one, both slopes are exactly twice what they were." * doubled),
            "Zeroed in between, it is the gradient again." * torch.equal(third, first),
        ),
        (("first", str(first)), ("second", str(second)), ("third", str(third))),
    )


def graph_used_up(case: Case) -> Outcome:
    """Go backward twice through one graph."""
    return Outcome(
        {"": source(exhibits.same_graph_twice)},
        (
            (
                "A backward pass frees what the graph had kept for it, so a graph serves once. In "
                "the loop each epoch computes the loss anew, and with it a new graph."
            ),
        ),
        message=exhibits.same_graph_twice(case.x, case.y, case.start),
    )


def zeroing_forgotten(case: Case) -> Outcome:
    """Train without ever zeroing `.grad`, beside a loop that does."""
    epochs = case.shortened(LOOP_EPOCHS)
    settings = (case.x, case.y, case.start, case.rate, epochs)
    paths = {
        "zeroed": exhibits.in_place(*settings),
        "never zeroed": exhibits.never_zeroed(*settings),
    }
    ends = [(name, plain(path[-1][0])) for name, path in paths.items()]
    return Outcome(
        {"": source(exhibits.never_zeroed)},
        (
            "Every update now goes by the sum of all gradients so far, the oldest included.",
            _swinging(paths["zeroed"], paths["never zeroed"], epochs),
        ),
        ((f"after epoch {epochs:,}", "loss"), *ends),
        paths=paths,
    )


def _swinging(right: Path, wrong: Path, epochs: int) -> str:
    """Say what the sum of gradients does to a run, as far as these two paths show it."""
    if not math.isfinite(right[-1][0]):
        return "Here the learning rate is too large even with zeroing: that run overflows too."
    turned = [turns([w for _, w, _ in path]) for path in (wrong, right)]
    if turned[0] <= turned[1]:
        return f"In these {epochs:,} epochs at this learning rate w has not yet swung back by it."
    return (
        "The run cannot slow down at the bottom, it runs through and up the other side: in "
        f"{epochs:,} epochs w turned round {_times(turned[0])}, with zeroing {_times(turned[1])}."
    )


def detaching_forgotten(case: Case, clock: Callable[[], float] = perf_counter) -> Outcome:
    """Train on params that keep their history, and watch the graph and the time grow."""
    watched: dict[str, Growth] = {}
    for name, loop in (
        ("detached", exhibits.detached),
        ("never detached", exhibits.never_detached),
    ):
        watch = Watch(WATCH_SECONDS[name], case.shortened(WATCHED_EPOCHS), clock)
        loop(case.x, case.y, case.start, case.rate, watch)
        watched[name] = Growth(tuple(watch.nodes), tuple(watch.seconds))
    right, wrong = watched["detached"], watched["never detached"]
    return Outcome(
        {"": source(exhibits.never_detached)},
        (
            (
                "The new params remember how they were made, back to the first epoch. Each "
                f"backward goes through all of it: {wrong.nodes[0]} nodes in epoch 1, "
                f"{wrong.nodes[-1]} in epoch {len(wrong.nodes):,}. Detached, it is "
                f"{right.nodes[-1]} in every epoch."
            ),
            (
                f"Measured just now: the last {wrong.compared} epochs took {wrong.slowdown:.1f} "
                f"times as long as the first {wrong.compared}; "
                f"detached, {right.slowdown:.1f} times."
                + " So few epochs do not show it; measure again."
                * (wrong.slowdown < NOTICEABLE)
            ),
        ),
        growths=watched,
    )


def two_ways_to_update(case: Case) -> Outcome:
    """Update in place under `no_grad`, and by making a new leaf, and compare the paths."""
    epochs = case.shortened(LOOP_EPOCHS)
    settings = (case.x, case.y, case.start, case.rate, epochs)
    place, leaf = exhibits.in_place(*settings), exhibits.new_leaf(*settings)
    same = np.array_equal(np.array(place), np.array(leaf), equal_nan=True)
    refused = exhibits.in_place_while_recording(case.x, case.y, case.start, case.rate)
    return Outcome(
        {
            "In place, under no_grad": source(exhibits.in_place),
            "A new leaf": source(exhibits.new_leaf),
        },
        (
            (
                f"Both ways go the same path: {epochs:,} updates, "
                f"{'every loss, w and b equal to the last bit' if same else 'not quite equal'}."
            ),
            (
                "Either way the update is left out of the graph. An update in place that is "
                "recorded is one that torch refuses:"
            ),
        ),
        (
            ("in place", _end(place)),
            ("new leaf", _end(leaf)),
        ),
        refused,
    )


TRIALS: Final[dict[str, Callable[[Case], Outcome]]] = {
    "No gradient yet": no_gradient_yet,
    "Gradients add up": gradients_add_up,
    "A graph serves once": graph_used_up,
    "Forget to zero": zeroing_forgotten,
    "Forget to detach": detaching_forgotten,
    "Two ways to update": two_ways_to_update,
}


def turns(values: Sequence[float]) -> int:
    """Return how many times a finite series turns from rising to falling or back."""
    steps = np.diff([value for value in values if math.isfinite(value)])
    signs = np.sign(steps[steps != 0])
    return int((signs[1:] != signs[:-1]).sum())


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _end(path: Path) -> str:
    _, w, b = path[-1]
    return f"w {plain(w, 7)}, b {plain(b, 7)}"
