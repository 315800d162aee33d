"""The map below the stage: what becomes of every learning rate at every feature scale.

Like the stage it trains only while the page asks: the browser pulls, shows the progress, and
cancels by not asking again.
"""

from collections.abc import Mapping
from time import perf_counter
from typing import Any, Final

import numpy as np
import streamlit as st

from tempfit.data.dataset import Dataset
from tempfit.data.names import squared
from tempfit.theory.closed_form import curvature
from tempfit.theory.status import Status
from tempfit.theory.sweep import Sweep, grid_around, limit_curve
from tempfit.training.experiment import FEATURE_SCALE, LEARNING_RATE, Experiment, Run
from tempfit.ui import colours
from tempfit.ui.frontend import ASSETS_URL, PLOTLY_URL, component
from tempfit.ui.sidebar import settings
from tempfit.ui.stage.trainer import PULL_SECONDS, identity, packed

KEY: Final = "map"
STRIDE_EPOCHS: Final = 20
CURVE_POINTS: Final = 128

_component = component("map.js")


def show(dataset: Dataset, experiment: Experiment, slots: list[int]) -> None:
    """Offer the map; it is made only once it is opened."""
    with st.expander("Map: every rate at every scale", key="map_open", on_change="rerun") as place:
        if not place.open:
            return
        run = experiment.runs(dataset)[0]
        name = identity(dataset, experiment.epochs, run.start, run.feature_shift)
        if st.session_state.get("map_name") != name or not _inside(run):
            grid = grid_around(dataset, run)
            sweep = Sweep(dataset, grid, run.feature_shift, run.start, experiment.epochs)
            st.session_state.update(map_name=name, map_sweep=sweep, map_pulls=0)
        st.session_state["map_setup"] = _setup(dataset, experiment, slots)
        _map()


def _inside(run: Run) -> bool:
    """Return whether the map of this session has room for a run."""
    grid = st.session_state["map_sweep"].grid
    across = grid.rates[0] <= run.learning_rate <= grid.rates[-1]
    return bool(across and grid.scales[0] <= run.feature_scale <= grid.scales[-1])


@st.fragment
def _map() -> None:
    """Mount the component; a pull or a click reruns this function alone, at first."""
    settings.rerun_if_changed()
    sweep: Sweep = st.session_state["map_sweep"]
    data = {
        "assets": ASSETS_URL,
        "setup": st.session_state["map_setup"],
        "pulls": st.session_state["map_pulls"],
        "epoch": sweep.epoch,
        "loss": packed(sweep.loss(), "<f4") if sweep.done else None,
        "status": packed(sweep.status(), "u1") if sweep.done else None,
    }
    _component(key=KEY, data=data, on_pull_change=_pulled, on_chosen_change=_chosen)


def _pulled() -> None:
    """Train on for as long as a pull may take; cancelling goes back to the start."""
    pull = st.session_state[KEY].get("pull")
    sweep: Sweep | None = st.session_state.get("map_sweep")
    if not isinstance(pull, Mapping) or sweep is None:
        return
    st.session_state["map_pulls"] += 1
    if pull.get("name") != st.session_state["map_setup"]["name"]:
        return
    if pull.get("cancel"):
        sweep.restart()
        return
    began = perf_counter()
    while not sweep.done and perf_counter() - began < PULL_SECONDS:
        sweep.advance(STRIDE_EPOCHS)


def _chosen() -> None:
    """Set the sliders to the cell that was clicked."""
    chosen = st.session_state[KEY].get("chosen")
    if not isinstance(chosen, Mapping):
        return
    rate, scale = chosen.get("rate"), chosen.get("scale")
    if isinstance(rate, float | int) and isinstance(scale, float | int):
        rate, scale = (float(f"{number:.3g}") for number in (rate, scale))
        settings.choose(LEARNING_RATE.nearest(rate), FEATURE_SCALE.nearest(scale))


def _setup(dataset: Dataset, experiment: Experiment, slots: list[int]) -> dict[str, Any]:
    """Return what the map shows before anything is trained: the axes, the limit, the runs."""
    runs = experiment.runs(dataset)
    sweep: Sweep = st.session_state["map_sweep"]
    grid = sweep.grid
    scales = np.geomspace(grid.scales[0], grid.scales[-1], CURVE_POINTS).clip(
        grid.scales[0], grid.scales[-1]
    )
    best = curvature(dataset, runs[0].feature_scale, runs[0].feature_shift).best_loss
    return {
        "name": st.session_state["map_name"],
        "plotly": PLOTLY_URL,
        "epochs": experiment.epochs,
        "rates": grid.rates.tolist(),
        "scales": grid.scales.tolist(),
        "limit": {
            "scales": scales.tolist(),
            "rates": limit_curve(dataset, scales, runs[0].feature_shift).tolist(),
        },
        "best": best,
        "unit": squared(dataset.y_unit),
        "statuses": [status.value for status in Status],
        "runs": [
            {
                "rate": run.learning_rate,
                "scale": run.feature_scale,
                "light": colours.PALETTE[slot].light,
                "dark": colours.PALETTE[slot].dark,
            }
            for run, slot in zip(runs, slots, strict=True)
        ],
    }
