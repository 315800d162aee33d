"""The page of tempfit, from top to bottom. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from tempfit.ui import sidebar

ASSETS = Path(__file__).parent / "tempfit" / "ui" / "assets"

st.set_page_config(page_title="tempfit", page_icon=str(ASSETS / "icon.svg"), layout="wide")
st.html(ASSETS / "page.css")

st.title("Gradient descent, live")
st.caption(
    "A line learns to read an unknown thermometer: choose a learning rate, press Train, and "
    "watch the loss fall as the line swings into the readings."
)
controls = sidebar.show()
if controls.notes:
    st.warning("  \n".join(controls.notes))

# Importing torch takes seconds; by now the controls are on the page.
from tempfit.data import thermometer  # noqa: E402
from tempfit.ui import colours, outlook, rate_map, stage  # noqa: E402

dataset = thermometer()
st.html(colours.style())
slots = colours.slots(controls.experiment, dataset)
outlook.show(dataset, controls, slots)
stage.show(dataset, controls.experiment, slots)
rate_map.show(dataset, controls.experiment, slots)
