"""The experiment as this session has it: its settings, and the link that mirrors them.

The values live in `st.session_state` under plain names, apart from the widgets that show
them, because one value has several widgets: a slider with logarithmic steps, a box for the
exact number, a preset, and the URL. Streamlit's own binding of a widget to the URL knows one
widget a value, and drops what it cannot use without a word; this module says what it changed.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from tempfit import link
from tempfit.data.sources import Source
from tempfit.training.experiment import EPOCHS, LEARNING_RATE, Experiment
from tempfit.ui.renewal import replaced
from tempfit.ui.sidebar import data_source
from tempfit.ui.sidebar.quantities import QUANTITIES


def current() -> Experiment:
    """Return the experiment that the controls describe."""
    return Experiment(
        epochs=int(setting("epochs")),
        learning_rate=setting("rate"),
        compare=tuple(setting("compare")),
        feature_scale=setting("scale"),
        standardize=setting("standardize"),
        start=(setting("start_w"), setting("start_b")),
        kept=tuple(setting("kept")),
        changes=tuple(change for change in setting("changes") if change[0] < setting("epochs")),
    )


def rerun_if_changed() -> None:
    """Rerun the page if the controls have moved on while only a part of it was rerunning.

    A widget's change that reaches the server together with a part's own request reruns that
    part alone.
    """
    if _shown() != st.session_state.get("shown"):
        st.rerun()


def mark_shown() -> None:
    """Note that the page now shows what the controls describe."""
    st.session_state["shown"] = _shown()


def _shown() -> tuple[Experiment, Source, int]:
    """Return what the page is made from: the experiment and the readings."""
    return current(), data_source.source(), id(st.session_state.get("own"))


def go_on(epoch: int, rate: float | None) -> None:
    """Let the experiment go on from an epoch at another learning rate, or for twice as long."""
    if rate is None or epoch >= setting("epochs"):
        st.session_state["epochs"] = int(EPOCHS.nearest(2 * setting("epochs")))
    changes = [change for change in setting("changes") if change[0] < epoch]
    if rate is not None and rate > 0 and 0 < epoch < setting("epochs"):
        changes = [*changes, (epoch, LEARNING_RATE.nearest(rate))]
    st.session_state.update(changes=changes, going_on=epoch, notes=[])


def choose(rate: float, scale: float) -> None:
    """Set the learning rate and the feature scale, as a click on the map does."""
    st.session_state.update(rate=rate, scale=scale, standardize=False, notes=[])


def load(experiment: Experiment) -> None:
    """Set every control to an experiment."""
    st.session_state.update(
        epochs=experiment.epochs,
        rate=experiment.learning_rate,
        compare=list(experiment.learning_rates[1:]),
        scale=experiment.feature_scale,
        standardize=experiment.standardize,
        start_w=experiment.start[0],
        start_b=experiment.start[1],
        kept=list(experiment.kept),
        changes=list(experiment.changes),
        notes=[],
    )
    for quantity in QUANTITIES:
        st.session_state.pop(f"{quantity.key}_off_grid", None)


def setting(key: str) -> Any:
    """Return a setting by its name in the session."""
    return st.session_state[key]


def follow_link() -> None:
    """Take the experiment from the URL when a page opens, and when Back or Forward changes it.

    Not when a control has moved: quick moves reach the server with the URL of the move before.
    """
    parameters = {name: st.query_params.get_all(name) for name in st.query_params}
    moved = "shown" in st.session_state and _shown() != st.session_state["shown"]
    if st.session_state.get("link") != parameters and not moved:
        experiment, notes = link.from_parameters(parameters)
        load(experiment)
        source, said = link.source_of(parameters)
        missing = data_source.follow(source, settings=link.says_settings(parameters))
        st.session_state.update(notes=[*missing, *said, *notes], link=parameters)


def mirror_in_link(experiment: Experiment) -> None:
    """Write the experiment into the URL, unless it stands there already."""
    parameters = link.to_parameters(experiment, data_source.source())
    if setting("link") != parameters:
        st.session_state["link"] = parameters
        st.query_params.from_dict(parameters)


def take(widget: str, key: str) -> None:
    """Carry a widget's new value over into the experiment."""
    if replaced(widget):
        return
    st.session_state[key] = st.session_state[widget]
    st.session_state["notes"] = []
