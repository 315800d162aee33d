"""Readings of one's own: a file, a paste, and which of their columns; in this session only."""

from dataclasses import dataclass
from html import escape
from typing import Final

import streamlit as st

from tempfit.data.files import MAX_BYTES, DataError
from tempfit.data.names import quoted, shortened
from tempfit.data.pair import Pair, read_pair
from tempfit.data.sources import OWN
from tempfit.data.table import Table, read_table
from tempfit.theory.starting import starting
from tempfit.ui.renewal import renewed, replaced
from tempfit.ui.sidebar import data_source, settings

LISTED: Final = 3
PRIVATE: Final = (
    "These readings are in this session only; for others the link opens with the thermometer."
)


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """Hold the readings that somebody brought: what they are called, and what they came from.

    `table` is the table that `places`, two of its columns, were chosen from.
    """

    title: str
    table: Table
    places: tuple[int, int]
    reading: Pair


def offer() -> None:
    """Offer to bring readings, and to choose their columns; say why where they are refused."""
    with st.expander("Upload or paste", expanded=data_source.source() != OWN):
        st.file_uploader(
            "Upload a CSV file",
            key="upload",
            max_upload_size=MAX_BYTES // 10**6,
            on_change=_given,
            args=("upload",),
        )
        st.text_area(
            "or paste from a spreadsheet",
            key="paste",
            height=90,
            placeholder="x\ty\n1\t2.5\n2\t3.5",
            on_change=_given,
            args=("paste",),
        )
    if data_source.source() == OWN:
        _columns(st.session_state["own"])
    if said := st.session_state.get("refusal"):
        st.html(f"<p class='tempfit-refusal' role='alert'>{escape(said)}</p>")


def _given(widget: str) -> None:
    """Take in a file or a paste; where it is refused, what was there before stays."""
    given = st.session_state[widget]
    if not given:
        return
    if isinstance(given, str):
        title, content = "What was pasted", given.encode(errors="replace")
    else:
        title, content = quoted(given.name), given.getvalue()
    try:
        table = read_table(content)
        places = table.default_pair()
        own = Own(title, table, places, read_pair(table, *places))
    except DataError as error:
        st.session_state["refusal"] = f"{title} is not used. {error}"
    else:
        bring(own)


def bring(own: Own) -> None:
    """Put somebody's readings on the page, with settings to start with."""
    put(own)
    data_source.take(OWN)
    settings.load(st.session_state["start"].experiment)
    st.session_state["fresh"] = False


def put(own: Own) -> None:
    """Put somebody's readings on the page, the settings as they are."""
    dataset = own.reading.dataset
    start = starting(dataset)
    st.session_state.update(own=own, started_with=dataset, started=start, start=start)
    st.session_state.update(source=OWN, bringing=False, notes=[])


def _columns(own: Own) -> None:
    """Offer the columns of numbers of a table with more than two."""
    numeric = tuple(own.table.numbers)
    if len(numeric) < 3:
        return
    halves = st.columns(2, gap="small")
    for axis, half in enumerate(halves):
        widget = renewed(f"column_{axis}", own.places[axis])
        half.selectbox(
            f"Column for {'xy'[axis]}",
            numeric,
            key=widget,
            format_func=lambda place: shortened(own.table.names[place]),
            on_change=_column_chosen,
            args=(axis, widget),
        )


def _column_chosen(axis: int, widget: str) -> None:
    """Read another column for x (axis 0) or y (1)."""
    if replaced(widget):
        return
    own: Own = st.session_state["own"]
    chosen = st.session_state[widget]
    x, y = (chosen, own.places[1]) if axis == 0 else (own.places[0], chosen)
    try:
        reading = read_pair(own.table, x, y)
    except DataError as error:
        st.session_state["refusal"] = f"These columns are not used. {error}"
    else:
        bring(Own(own.title, own.table, (x, y), reading))


def describe(own: Own) -> list[str]:
    """Say what was read, what was left out, and that it stays here."""
    reading = own.reading
    said = [f"{own.title}: {len(reading.dataset):,} readings.", *reading.notes]
    if reading.dropped:
        verb = "is" if reading.dropped == 1 else "are"
        listed = "; ".join(f"row {row.row:,}, {row.why}" for row in reading.listed[:LISTED])
        more = "; …" if reading.dropped > LISTED else ""
        said.append(
            f"{reading.dropped:,} of {reading.rows:,} rows {verb} left out: {listed}{more}."
        )
    said.append(PRIVATE)
    return said
