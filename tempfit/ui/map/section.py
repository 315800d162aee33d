"""The map below the stage: what becomes of every learning rate at every feature scale.

Like the stage it trains only while the page asks: the browser pulls, shows the progress, and
cancels by not asking again.
"""

from dataclasses import dataclass
from time import perf_counter
from typing import Final

import numpy as np
import streamlit as st

from tempfit import page as moves
from tempfit.data.dataset import Dataset
from tempfit.data.names import squared
from tempfit.theory.curvature import curvature
from tempfit.theory.outcome_map import OutcomeMap, grid_around, limit_curve
from tempfit.theory.status import Status
from tempfit.training.batching import STRETCH_SECONDS
from tempfit.training.experiment import FEATURE_SCALE, LEARNING_RATE, Run
from tempfit.training.trainer import Trainer, identity
from tempfit.ui import colours, session
from tempfit.ui.frontend import PLOTLY_URL, component, part_data
from tempfit.ui.wire.messages import MapChoice, MapPull, read
from tempfit.ui.wire.sections import Limit, MapData, MapRun, MapSetup
from tempfit.ui.wire.shapes import packed
from tempfit.words import say

KEY: Final = "map"
STRIDE_EPOCHS: Final = 20
CURVE_POINTS: Final = 128

_component = component("map/map.js")


@dataclass(slots=True, eq=False)
class Map:
    """Hold the map of this session, as far as it is trained, and the last pull's number."""

    name: str = ""
    outcomes: OutcomeMap | None = None
    setup: MapSetup | None = None
    answered: int = 0

    def holds(self, name: str, run: Run) -> bool:
        """Return whether this is the map of a name, with room for a run."""
        if self.outcomes is None or self.name != name:
            return False
        grid = self.outcomes.grid
        across = grid.rates[0] <= run.learning_rate <= grid.rates[-1]
        return bool(across and grid.scales[0] <= run.feature_scale <= grid.scales[-1])


def show(trainer: Trainer, slots: list[int]) -> None:
    """Offer the map; it is made only once it is opened."""
    with st.expander(
        say("Map: every rate at every scale"), key="map_open", on_change="rerun"
    ) as place:
        if not place.open:
            return
        dataset, run = trainer.dataset, trainer.runs[0]
        name = identity(dataset, trainer.epochs, run.start, run.feature_shift)
        present = session.part(Map)
        if not present.holds(name, run):
            grid = grid_around(dataset, run)
            present.outcomes = OutcomeMap(
                dataset, grid, run.feature_shift, run.start, trainer.epochs
            )
            present.name = name
        assert present.outcomes is not None, "it has just been made"
        present.setup = _setup(dataset, name, present.outcomes, _points(trainer.runs, slots))
        _map()


@st.fragment
def _map() -> None:
    """Mount the component; a pull or a click reruns this function alone, at first."""
    session.rerun_if_moved()
    present = session.part(Map)
    outcomes = present.outcomes
    assert outcomes is not None, "it is made before it is shown"
    assert present.setup is not None
    data = MapData(
        **part_data(),
        setup=present.setup,
        answered=present.answered,
        epoch=outcomes.epoch,
        loss=packed(outcomes.loss(), "<f4") if outcomes.done else None,
        status=packed(outcomes.status(), "u1") if outcomes.done else None,
    )
    _component(key=KEY, data=data, on_pull_change=_pulled, on_chosen_change=_chosen)


def _pulled() -> None:
    """Train on for as long as a pull may take; cancelling goes back to the start."""
    present = session.part(Map)
    pull = read(MapPull, session.said(KEY, "pull"))
    if pull is None or present.outcomes is None:
        return
    present.answered = pull.number
    if pull.name != present.name:
        return
    if pull.cancel:
        present.outcomes.restart()
        return
    began = perf_counter()
    while not present.outcomes.done and perf_counter() - began < STRETCH_SECONDS:
        present.outcomes.advance(STRIDE_EPOCHS)


def _chosen() -> None:
    """Set the sliders to the cell that was clicked, in the digits that a cell is wide."""
    chosen = read(MapChoice, session.said(KEY, "chosen"))
    if chosen is not None:
        rate, scale = (float(f"{value:.3g}") for value in (chosen.rate, chosen.scale))
        page = session.page()
        session.put(moves.choose(page, LEARNING_RATE.nearest(rate), FEATURE_SCALE.nearest(scale)))


def _setup(dataset: Dataset, name: str, outcomes: OutcomeMap, runs: list[MapRun]) -> MapSetup:
    """Return what the map shows before anything is trained: the axes, the limit, the runs."""
    grid, shift = outcomes.grid, outcomes.shift
    ends = (grid.scales[0], grid.scales[-1])
    scales = np.geomspace(*ends, CURVE_POINTS).clip(*ends)
    return MapSetup(
        name=name,
        plotly=PLOTLY_URL,
        epochs=outcomes.epochs,
        rates=grid.rates.tolist(),
        scales=grid.scales.tolist(),
        limit=Limit(scales=scales.tolist(), rates=limit_curve(dataset, scales, shift).tolist()),
        # The best loss is the same at every scale.
        best=curvature(dataset, float(scales[0]), shift).best_loss,
        unit=squared(dataset.y_unit),
        statuses=[status.value for status in Status],
        runs=runs,
    )


def _points(runs: tuple[Run, ...], slots: list[int]) -> list[MapRun]:
    """Return the runs as points of the map, in their colours."""
    return [
        MapRun(
            rate=run.learning_rate,
            scale=run.feature_scale,
            light=colours.PALETTE[slot].light,
            dark=colours.PALETTE[slot].dark,
        )
        for run, slot in zip(runs, slots, strict=True)
    ]
