"""What theory and the map cost, beside the loop a beginner writes, in one process.

The forecast of 8 runs at 400 snapshots, of 5 thousand and of 5 million epochs, and the map of
4096 runs and 1000 epochs. Where JAX is installed (requirements.txt in this folder), its compiled
loop is a further peer.
"""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter

import numpy as np
import torch

from tempfit import Run, fit, forecast, thermometer
from tests.theory.grid import grid

ROUNDS = 5
EPOCHS = 5000
MAP_EPOCHS = 1000
CELLS = 64  # of the map, across and up

Row = tuple[str, float, float, int | None]  # what, seconds, times as fast, and at least


def main() -> bool:
    """Print the table; return whether every target was met."""
    readings = thermometer()
    runs = [Run(rate) for rate in np.geomspace(1e-4, 4e-2, 8)]
    snapshots = {last: np.linspace(0, last, 400).astype(np.int64) for last in (EPOCHS, 5_000_000)}
    loop = fastest(lambda: beginner(EPOCHS))
    rows: list[Row] = [("the loop a beginner writes, 5000 epochs", loop, 1.0, None)]
    for last, epochs in snapshots.items():
        seconds = fastest(partial(forecast, readings, runs, epochs))
        rows.append((f"forecast, 8 runs × 400 snapshots to {last:,}", seconds, loop / seconds, 100))
    cells = grid(CELLS)
    seconds = fastest(partial(fit, readings, cells, MAP_EPOCHS), rounds=2)
    loops = loop * MAP_EPOCHS / EPOCHS * len(cells)
    what = f"the map trained, {len(cells)} runs × {MAP_EPOCHS} epochs, of so many loops"
    rows.append((what, seconds, loops / seconds, 500))
    rows += compiled(cells, loop, loops)
    print("| | seconds | × as fast as the beginner's | at least |\n|---|--:|--:|--:|")
    for name, seconds, ratio, least in rows:
        print(f"| {name} | {seconds:.4f} | {ratio:,.0f} | {least or ''} |")
    return all(least is None or ratio >= least for _, _, ratio, least in rows)


def compiled(runs: list[Run], loop: float, loops: float) -> list[Row]:
    """Return the rows of JAX for the same trainings, if it is installed."""
    if find_spec("jax") is None:
        print("JAX is not here; `pip install -r tests/benchmark/requirements.txt` brings it.\n")
        return []
    descent = import_module("tests.benchmark.jax_scan").descent
    readings = thermometer()
    rates = np.geomspace(1e-4, 4e-2, 8)
    race = descent(readings, rates, np.full(8, 0.1), EPOCHS, kept=True)
    settings = np.array([(run.learning_rate, run.feature_scale) for run in runs])
    cells = descent(readings, *settings.T, MAP_EPOCHS, kept=False)
    one, many = fastest(race), fastest(cells, 2)
    return [
        (f"JAX's compiled scan, 8 runs × {EPOCHS} epochs", one, loop / one, None),
        ("JAX's compiled scan, the runs of the map", many, loops / many, None),
    ]


def fastest(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the least time that one of several calls takes, in seconds."""
    times = []
    for _ in range(rounds):
        began = perf_counter()
        act()
        times.append(perf_counter() - began)
    return min(times)


def beginner(epochs: int) -> torch.Tensor:
    """Train one run as a beginner does."""
    readings = thermometer()
    x = 0.1 * readings.x
    params = torch.tensor([1.0, 0.0], requires_grad=True)
    for _ in range(epochs):
        if params.grad is not None:
            params.grad.zero_()
        w, b = params
        loss = ((w * x + b - readings.y) ** 2).mean()
        loss.backward()
        assert params.grad is not None
        params = (params - 1e-2 * params.grad).detach().requires_grad_()
    return params
