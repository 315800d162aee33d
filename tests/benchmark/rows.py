"""Time an epoch on 11, ten thousand and a million readings, beside the loop a beginner writes.

Generated readings, one run. tempfit makes one pass over the readings, timed by itself, and its
epochs cost the same from then on; the beginner's loop reads them all in each epoch. Both take
turns for several rounds, and each is judged by its best: whatever else the machine does only
adds time.
"""

import time
from collections.abc import Callable

import torch

from tempfit.data.dataset import Dataset
from tempfit.data.loading import generated
from tempfit.data.sources import Recipe
from tempfit.training.experiment import Run
from tests.advancing import advance, begin

ROUNDS = 7
LEARNING_RATE = 1e-2
SCALE = 0.1
# Readings, and how many epochs of the beginner's loop are enough to time it.
SIZES = {11: 2000, 10_000: 1000, 1_000_000: 20}
EPOCHS = 2000  # of tempfit's
TARGET = 0.8  # of the epochs per second on 11 readings


def beginner(dataset: Dataset, epochs: int) -> None:
    """Train one run as the first loop of a tutorial does."""
    feature, target = SCALE * dataset.x, dataset.y
    params = torch.tensor([1.0, 0.0], requires_grad=True)
    for _ in range(epochs):
        if params.grad is not None:
            params.grad.zero_()
        loss = ((params[0] * feature + params[1] - target) ** 2).mean()
        loss.backward()
        assert params.grad is not None
        params = (params - LEARNING_RATE * params.grad).detach().requires_grad_()


def tempfit(dataset: Dataset, epochs: int) -> None:
    """Train one run as the page does, its snapshots kept."""
    runs = [Run(LEARNING_RATE, SCALE)]
    state, _ = begin(dataset, runs)
    advance(dataset, runs, state, epochs, epochs)


def seconds(work: Callable[..., object], *given: object) -> float:
    """Return how long a function takes."""
    start = time.perf_counter()
    work(*given)
    return time.perf_counter() - start


def main() -> bool:
    """Print the table, and return whether an epoch costs the same however many readings."""
    datasets = {count: generated(Recipe(count)) for count in SIZES}
    passes = {count: seconds(getattr, dataset, "summary") for count, dataset in datasets.items()}
    slow, fast = dict.fromkeys(SIZES, float("inf")), dict.fromkeys(SIZES, float("inf"))
    for _ in range(ROUNDS):
        for count, epochs in SIZES.items():
            slow[count] = min(slow[count], seconds(beginner, datasets[count], epochs) / epochs)
            fast[count] = min(fast[count], seconds(tempfit, datasets[count], EPOCHS) / EPOCHS)

    print(f"One run, best of {ROUNDS} rounds in turns, torch {torch.__version__}\n")
    print("| readings | the beginner's epochs/s | tempfit's epochs/s | × | one pass before, s |")
    print("|--:|--:|--:|--:|--:|")
    for count in SIZES:
        ratio = slow[count] / fast[count]
        rates = f"{1 / slow[count]:,.0f} | {1 / fast[count]:,.0f} | {ratio:,.1f}"
        print(f"| {count:,} | {rates} | {passes[count]:.3f} |")
    met = TARGET * max(fast.values()) <= fast[11]
    print("\nEvery target was met." if met else "\nA target was missed.")
    return met
