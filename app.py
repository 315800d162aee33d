"""The page of tempfit, from top to bottom. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from tempfit.ui import frontend
from tempfit.ui.sidebar import data_source, sidebar

ASSETS = Path(__file__).parent / "tempfit" / "ui" / "assets"

st.set_page_config(page_title="tempfit", page_icon=str(ASSETS / "icon.svg"), layout="wide")
st.html(ASSETS / "page.css")

controls = sidebar.show()
st.title("Gradient descent, live")
st.caption(
    f"{data_source.headline()}: choose a learning rate, press Train, and "
    "watch the loss fall as the line swings into the readings."
)
if controls.notes:
    st.warning("  \n".join(controls.notes))

# Importing torch takes seconds; by now the controls are on the page, and the browser has work.
frontend.preload()
from tempfit.ui import colours  # noqa: E402
from tempfit.ui.epoch import section  # noqa: E402
from tempfit.ui.map import rate_map  # noqa: E402
from tempfit.ui.readings import editing, readings  # noqa: E402
from tempfit.ui.sidebar import outlook  # noqa: E402
from tempfit.ui.stage import stage  # noqa: E402

dataset = readings.show(controls)
st.html(colours.style())
slots = colours.slots(controls.experiment, dataset)
outlook.show(dataset, controls, slots)
stage.show(dataset, controls.experiment, slots)
editing.show(dataset)
rate_map.show(dataset, controls.experiment, slots)
section.show(dataset, st.session_state["trainer"], slots)
