"""Time each part of the autograd section, on eleven readings and on a million.

A part is run as the page runs it, by Streamlit, without a browser: what it trains, computes,
writes and packs. Of several runs the median is judged, each on another epoch, so that nothing is
at hand from the one before.
"""

import statistics
from pathlib import Path
from time import perf_counter
from typing import Any

from streamlit.testing.v1 import AppTest

from tempfit import Dataset, thermometer
from tempfit.data.loading import generated
from tempfit.data.sources import Recipe
from tempfit.epoch.listing import Substep
from tempfit.epoch.trials import TRIALS

ROUNDS = 5
MOST = 0.2
READINGS = (11, 1_000_000)
SCRIPT = Path(__file__).parent / "autograd_app.py"


def main() -> bool:
    """Print the table; return whether every part met the target at either size."""
    print(f"| part | {' | '.join(f'{count:,} readings, ms' for count in READINGS)} | at most |")
    print("|---|--:|--:|--:|")
    datasets = [thermometer(), generated(Recipe(readings=READINGS[1]))]
    met = True
    for name, state in parts().items():
        seconds = [timed(dataset, state) for dataset in datasets]
        shown = " | ".join(f"{1000 * one:.0f}" for one in seconds)
        print(f"| {name} | {shown} | {1000 * MOST:.0f} |")
        met = met and max(seconds) <= MOST
    return met


def parts() -> dict[str, dict[str, Any]]:
    """Return each part by name, as the state of the session that shows it."""
    return (
        {
            f"one epoch, {substep.value}": {"part": "substeps", "substep": substep}
            for substep in Substep
        }
        | {"the gradient three ways": {"part": "slopes"}, "the graph": {"part": "graph"}}
        | {f"trial, {name}": {"part": "trials", "trial": name} for name in TRIALS}
    )


def timed(dataset: Dataset, state: dict[str, Any]) -> float:
    """Return the median time that a part takes to be made, in seconds."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=60)
    app.session_state["dataset"] = dataset
    for name, value in state.items():
        app.session_state[name] = value
    times = []
    for number in range(ROUNDS + 1):
        app.session_state["epoch"] = number + 1
        began = perf_counter()
        app.run()
        times.append(perf_counter() - began)
        assert not app.exception
    return statistics.median(times[1:])
