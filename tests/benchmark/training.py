"""Time training against the loop a beginner writes and against `torch.optim.SGD`.

All of them train the thermometer in this one process, for 500, 2000 and 5000 epochs, for several
rounds, and in turns of a few hundred epochs. Each turn counts with its best round: whatever else
the computer does only adds time. tempfit keeps its snapshots meanwhile, the other two keep
nothing.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import torch
from torch import Tensor

from tempfit.data.dataset import thermometer
from tempfit.training.experiment import Run
from tempfit.training.history import History
from tempfit.training.loop import train

LENGTHS = (500, 2000, 5000)
ROUNDS = 8
TURN = 250  # epochs
LEARNING_RATE = 1e-2
DATA = thermometer()
FEATURE = 0.1 * DATA.x

Training = Callable[[int], Iterator[None]]


def model(x: Tensor, w: Tensor, b: Tensor) -> Tensor:
    """Return the beginner's line."""
    return w * x + b


def loss_function(predicted: Tensor, target: Tensor) -> Tensor:
    """Return the beginner's mean squared error."""
    return ((predicted - target) ** 2).mean()


def beginner(epochs: int) -> Iterator[None]:
    """Train one run as the first loop of a tutorial does."""
    params = torch.tensor([1.0, 0.0], requires_grad=True)
    for epoch in range(1, epochs + 1):
        if params.grad is not None:
            params.grad.zero_()
        loss = loss_function(model(FEATURE, *params), DATA.y)
        loss.backward()
        assert params.grad is not None
        params = (params - LEARNING_RATE * params.grad).detach().requires_grad_()
        if epoch % TURN == 0:
            yield


def optimizer(epochs: int) -> Iterator[None]:
    """Train one run with `torch.optim.SGD` on `nn.Linear`."""
    linear = torch.nn.Linear(1, 1)
    with torch.no_grad():
        linear.weight.fill_(1.0)
        linear.bias.fill_(0.0)
    sgd = torch.optim.SGD(linear.parameters(), lr=LEARNING_RATE)
    mean_squared_error = torch.nn.MSELoss()
    x, y = FEATURE[:, None], DATA.y[:, None]
    for epoch in range(1, epochs + 1):
        sgd.zero_grad()
        mean_squared_error(linear(x), y).backward()
        sgd.step()
        if epoch % TURN == 0:
            yield


def tempfit(count: int) -> Training:
    """Return the training of `count` runs with different learning rates, as `fit` does it."""
    runs = [Run(LEARNING_RATE * (1 + i) / count) for i in range(count)]

    def training(epochs: int) -> Iterator[None]:
        pieces, yielded = [], 0
        for piece in train(DATA, runs, epochs):
            pieces.append(piece)
            if piece.epoch[-1] >= yielded + TURN:
                yielded = piece.epoch[-1]
                yield
        History.join(pieces)

    return training


@dataclass
class Contender:
    """One line of a table: `target` is how many times the beginner's run-epochs per second."""

    name: str
    training: Training
    runs: int = 1
    target: float | None = None
    best: dict[int, float] = field(default_factory=dict)  # seconds of each turn

    def turns(self, epochs: int) -> Iterator[None]:
        """Train once, turn by turn, and keep what was faster than ever."""
        training, turn, going_on = self.training(epochs), 0, True
        while going_on:
            start = time.perf_counter()
            going_on = next(training, "over") != "over"
            taken = time.perf_counter() - start
            self.best[turn] = min(self.best.get(turn, taken), taken)
            turn += 1
            yield

    def epochs_per_second(self, epochs: int) -> float:
        """The epochs of each run, over the best seconds of all turns."""
        return epochs / sum(self.best.values())


def contenders() -> list[Contender]:
    """Return who trains, before the first turn."""
    return [
        Contender("the loop a beginner writes", beginner),
        Contender("`torch.optim.SGD` on `nn.Linear`", optimizer),
        Contender("tempfit, 1 run", tempfit(1), 1, 1.5),
        Contender("tempfit, 8 runs", tempfit(8), 8, 12.0),
        Contender("tempfit, 4096 runs", tempfit(4096), 4096, 1500.0),
    ]


def main() -> bool:
    """Print the table, and return whether every target was met."""
    print(f"The best of {ROUNDS} rounds, turn by turn; torch {torch.__version__}\n")
    print("| epochs | | epochs/s | run-epochs/s | × the beginner's | at least |")
    print("|--:|---|--:|--:|--:|--:|")
    met = [compare(epochs) for epochs in LENGTHS]
    print("\nEvery target was met." if all(met) else "\nA target was missed.")
    return all(met)


def compare(epochs: int) -> bool:
    """Train so many epochs and print a line a contender; return whether every target was met."""
    rivals, met = contenders(), True
    for _ in range(ROUNDS):
        training = [rival.turns(epochs) for rival in rivals]
        while training:
            training = [turns for turns in training if next(turns, "over") != "over"]
    for rival in rivals:
        rate = rival.epochs_per_second(epochs)
        ratio = rival.runs * rate / rivals[0].epochs_per_second(epochs)
        target = "" if rival.target is None else f"{rival.target:,.4g}"
        met = met and ratio >= (rival.target or 0)
        print(
            f"| {epochs:,} | {rival.name} | {rate:,.0f} | {rival.runs * rate:,.0f} "
            f"| {ratio:,.{2 if ratio < 10 else 0}f} | {target} |"
        )
    return met
