"""The page of tempfit, from top to bottom. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from tempfit.ui import connection, frontend, session, terminal
from tempfit.ui.sidebar import data_choice, sidebar

ASSETS = Path(__file__).parent / "tempfit" / "ui" / "assets"

terminal.keep_quiet_of_those_who_leave()
st.set_page_config(page_title="tempfit", page_icon=str(ASSETS / "icon.svg"), layout="wide")
st.html(ASSETS / "streamlit.css")
st.html(ASSETS / "page.css")

places = sidebar.show()
st.title("Gradient descent, live")
st.caption(
    f"{data_choice.headline(session.page())}: choose a learning rate, press Train, and "
    "watch the loss fall as the line swings into the readings."
)
# In a place of its own: what comes and goes there must not move the stage, which starts anew then.
with st.container():
    if notes := (*connection.notes(), *session.page().notes):
        st.warning("  \n".join(notes))

# Importing torch takes seconds; by now the controls are on the page, and the browser has work.
frontend.preload()
from tempfit.ui import colours, memory  # noqa: E402
from tempfit.ui.epoch import section as epoch_section  # noqa: E402
from tempfit.ui.map import section as map_section  # noqa: E402
from tempfit.ui.readings import readings, table  # noqa: E402
from tempfit.ui.sidebar import outlook  # noqa: E402
from tempfit.ui.stage import stage  # noqa: E402

dataset = readings.show(places.data)
st.html(colours.style())
slots = colours.slots(session.page().experiment, dataset)
trainer, law = stage.prepare(dataset, session.page())
outlook.show(places, law, trainer.epochs, slots)
stage.show(slots)
table.show(dataset)
map_section.show(trainer, slots)
epoch_section.show(dataset, trainer, slots)
connection.come_back()
memory.give_back(dataset)
