"""One part of the autograd section alone, as the session's state has it."""

from importlib import import_module

import streamlit as st

from tempfit.epoch.anatomy import Params, one_epoch
from tempfit.theory.starting import starting
from tempfit.ui import session
from tempfit.ui.epoch.glass import Specimen
from tempfit.ui.epoch.substeps import Walk
from tempfit.ui.epoch.trials import LastTrial

dataset = st.session_state["dataset"]
if "run" not in st.session_state:
    st.session_state["run"] = starting(dataset).experiment.runs(dataset)[0]
run = st.session_state["run"]
session.part(LastTrial).result = None  # it is kept until another trial is chosen
if "substep" in st.session_state:
    session.part(Walk).substep = st.session_state["substep"]
epoch = one_epoch(dataset, run, st.session_state["epoch"], Params(*run.start))
part = import_module(f"tempfit.ui.epoch.{st.session_state['part']}")
part.show(Specimen(dataset, epoch, slot=0))
