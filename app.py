"""The page of tempfit, from top to bottom. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from tempfit.ui import connection, frontend, session, terminal
from tempfit.ui.lesson import own
from tempfit.ui.sidebar import address, heading, sidebar, strip
from tempfit.words import language

ASSETS = Path(__file__).parent / "tempfit" / "ui" / "assets"

terminal.keep_quiet_of_those_who_leave()
st.set_page_config(page_title="tempfit", page_icon=str(ASSETS / "icon.svg"), layout="wide")
for sheet in ("streamlit.css", "page.css"):
    st.html(ASSETS / sheet)

session.begin()
if language() == "zh":
    st.html(ASSETS / "words" / "zh.css")
own.begin()
address.follow()
in_lab = session.page().view == "lab"
in_lesson = session.page().course.step is not None
# A place for all that stands above the stage, so that the stage keeps its own in either view.
above = st.container(key="above")
places = None if in_lesson else sidebar.show() if in_lab else strip.show(above)
heading.show(above, in_lab=in_lab)
address.mirror()
session.mark_drawn()

# Importing torch takes seconds; by now the controls are on the page, and the browser has work.
frontend.preload()
from tempfit.ui import colours, memory  # noqa: E402
from tempfit.ui.epoch import section as epoch_section  # noqa: E402
from tempfit.ui.lesson import lesson  # noqa: E402
from tempfit.ui.readings import readings, table  # noqa: E402
from tempfit.ui.sidebar import outlook  # noqa: E402
from tempfit.ui.stage import stage  # noqa: E402

dataset = readings.show(places.data if places else None)
slots = colours.slots(session.page().experiment, dataset)
trainer, law = stage.prepare(dataset, session.page())
if places:
    outlook.show(places, law)
else:
    lesson.show(above, trainer, law)
if not session.page().course.ended:
    stage.show(slots)
if in_lab:
    table.show(dataset)
    epoch_section.show(dataset, trainer, slots)
connection.come_back()
memory.give_back(dataset)
session.finish()
