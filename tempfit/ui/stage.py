"""The stage: the charts, the transport and the rows of the runs, one component in the browser."""

from typing import Any, Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from tempfit import figures
from tempfit.data import Dataset
from tempfit.experiment import Experiment
from tempfit.theory import Curvature, curvature, forecast
from tempfit.training import History, snapshot_epochs
from tempfit.ui import colours, sidebar
from tempfit.ui.frontend import ASSETS_URL, PLOTLY_URL, component
from tempfit.ui.trainer import Pull, Trainer, identity, packed
from tempfit.verdict import Status, outlooks

KEY: Final = "stage"
_component = component("stage.js")


def show(dataset: Dataset, experiment: Experiment, slots: list[int]) -> None:
    """Show the stage, at the start of the experiment or wherever this session has brought it."""
    trainer = st.session_state.get("trainer")
    if trainer is None or trainer.identity != identity(dataset, experiment):
        trainer = st.session_state["trainer"] = Trainer.of(dataset, experiment)
        st.session_state["setup"] = setup(trainer, slots)
    st.session_state["answer"] = None
    _stage()


@st.fragment
def _stage() -> None:
    """Mount the component; a pull reruns this function alone."""
    sidebar.rerun_if_changed()
    trainer: Trainer = st.session_state["trainer"]
    answer = st.session_state["answer"]
    equipped = answer is not None and answer.pop("equipped")
    _component(
        key=KEY,
        data={
            "assets": ASSETS_URL,
            "experiment": trainer.identity,
            "setup": None if equipped else st.session_state["setup"],
            "answer": answer,
            **trainer.standing(),
        },
        on_pull_change=_pulled,
    )


def _pulled() -> None:
    """Answer a pull; one that belongs to an experiment no longer on the page gets no snapshots."""
    pull = Pull.read(st.session_state[KEY].get("pull"))
    trainer: Trainer | None = st.session_state.get("trainer")
    if pull is None or trainer is None or pull.experiment != trainer.identity:
        st.session_state["answer"] = None
        return
    st.session_state["answer"] = trainer.answer(pull) | {"equipped": pull.equipped}


def setup(trainer: Trainer, slots: list[int]) -> dict[str, Any]:
    """Return what the page needs of an experiment before it trains."""
    dataset, runs = trainer.dataset, trainer.runs
    schedule = snapshot_epochs(trainer.epochs)
    predicted = forecast(dataset, runs, schedule.tolist())
    bowl = curvature(dataset, runs[0].feature_scale, runs[0].feature_shift)
    expected = outlooks(dataset, runs, trainer.epochs)
    x, y = figures.drawn_points(dataset)
    return {
        "plotly": PLOTLY_URL + "plotly.min.js",
        "epochs": trainer.epochs,
        "schedule": packed(schedule, "<i4"),
        "start": trainer.encode(trainer.history, trainer.history.epoch == 0),
        "statuses": [status.value for status in Status],
        "x": packed(x, "<f4"),
        "y": packed(y, "<f4"),
        "fit": _axes(figures.fit_axes(dataset, runs)),
        "loss": _axes(figures.loss_axes(dataset, predicted, bowl.best_loss)),
        "surface": _surface(predicted, bowl),
        "unit": figures.squared(dataset.y_unit),
        "best": {"w": bowl.best_w, "b": bowl.best_b, "loss": bowl.best_loss},
        "forecast": packed(_float32(predicted.loss), "<f4"),
        "runs": [
            {
                "rate": run.learning_rate,
                "scale": run.feature_scale,
                "shift": run.feature_shift,
                "light": colours.PALETTE[slot].light,
                "dark": colours.PALETTE[slot].dark,
                "dashed": colours.PALETTE[slot].dashed,
                "forecast": outlook.sentence,
            }
            for run, slot, outlook in zip(runs, slots, expected, strict=True)
        ],
    }


def _surface(predicted: History, bowl: Curvature) -> dict[str, Any]:
    surface = figures.surface(predicted, bowl)
    return {
        **_axes(surface.axes),
        "levels": surface.levels,
        "best": {"w": bowl.best_w, "b": bowl.best_b, "loss": bowl.best_loss},
        "eigenvalues": bowl.eigenvalues.tolist(),
        "directions": bowl.directions.tolist(),
    }


def _float32(losses: NDArray[np.floating]) -> NDArray[np.float32]:
    """Return the losses as training would hold them, beyond the largest number as inf."""
    with np.errstate(over="ignore"):
        return losses.astype(np.float32)


def _axes(axes: figures.Axes) -> dict[str, Any]:
    return {
        "xTitle": axes.x_title,
        "yTitle": axes.y_title,
        "xRange": axes.x_range,
        "yRange": axes.y_range,
    }
