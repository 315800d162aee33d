"""One part of the autograd section alone, as the session's state has it."""

from importlib import import_module

import streamlit as st

from tempfit.epoch.anatomy import Params, one_epoch
from tempfit.theory.starting import starting
from tempfit.ui.epoch.subject import Subject

dataset = st.session_state["dataset"]
if "run" not in st.session_state:
    st.session_state["run"] = starting(dataset).experiment.runs(dataset)[0]
run = st.session_state["run"]
st.session_state.pop("broken_outcome", None)  # an experiment is kept until it is another one
epoch = one_epoch(dataset, run, st.session_state["epoch"], Params(*run.start))
import_module(f"tempfit.ui.{st.session_state['part']}").show(Subject(dataset, epoch, run, slot=0))
