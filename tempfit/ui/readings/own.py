"""Readings of one's own: a file, a paste, and which of their columns; in this session only."""

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from tempfit import page as moves
from tempfit.data.files import MAX_BYTES, DataError
from tempfit.data.names import quoted, shortened, tidy_name
from tempfit.data.pair import read_pair
from tempfit.data.sources import OWN
from tempfit.data.table import Table, read_table
from tempfit.export import PASTED
from tempfit.own import Own
from tempfit.page import Page
from tempfit.ui import session
from tempfit.ui.readings.loading import loaded

LISTED: Final = 3
PRIVATE: Final = (
    "These readings are in this session only; for others the link opens with the thermometer."
)


@dataclass(slots=True)
class Refusal:
    """Why the last readings that were given are not used, or nothing."""

    said: str = ""


def offer() -> None:
    """Offer to bring readings, and to choose their columns; say why where they are refused."""
    page = session.page()
    with st.expander("Upload or paste", expanded=page.source != OWN):
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
    if page.source == OWN and page.own:
        _columns(page.own)
    if said := session.part(Refusal).said:
        st.html(f"<p class='tempfit-refusal' role='alert'>{escape(said)}</p>")


def _given(widget: str) -> None:
    """Take in a file or a paste; where it is refused, what was there before stays."""
    given = session.widget(widget)
    if not given:
        return
    if isinstance(given, str):
        title, file, content = "What was pasted", PASTED, given.encode(errors="replace")
    else:
        title, file, content = quoted(tidy_name(given.name)), given.name, given.getvalue()
    try:
        table = read_table(content)
        own = of(title, table, table.default_pair(), file)
    except DataError as error:
        session.part(Refusal).said = f"{title} is not used. {error}"
    else:
        session.put(bring(session.page(), own))


def of(title: str, table: Table, columns: tuple[int, int], file: str) -> Own:
    """Return two columns of a table as somebody's readings; raise DataError where none fit."""
    return Own(title, table, columns, read_pair(table, *columns), file)


def bring(page: Page, own: Own) -> Page:
    """Return the page with somebody's readings and the settings to start with."""
    session.part(Refusal).said = ""
    page = moves.bring(page, own)
    _, start = loaded(page)
    return moves.settle(page, start.experiment) if start else page


def _columns(own: Own) -> None:
    """Offer the columns of numbers of a table with more than two."""
    numeric = tuple(own.table.numbers)
    if len(numeric) < 3:
        return
    for axis, half in enumerate(st.columns(2, gap="small")):
        half.selectbox(
            f"Column for {'xy'[axis]}",
            numeric,
            format_func=lambda place: shortened(own.table.names[place]),
            **session.bound(f"column_{axis}", own.columns[axis], partial(_column_chosen, axis)),
        )


def _column_chosen(axis: int, page: Page, place: int) -> Page:
    """Read another column for x (axis 0) or y (1)."""
    assert page.own is not None, "its columns are offered"
    x, y = page.own.columns
    try:
        columns = (place, y) if axis == 0 else (x, place)
        own = of(page.own.title, page.own.table, columns, page.own.file)
    except DataError as error:
        session.part(Refusal).said = f"These columns are not used. {error}"
        return page
    return bring(page, own)


def describe(own: Own) -> list[str]:
    """Say what was read, what was left out, and that it stays here."""
    pair = own.pair
    said = [f"{own.title}: {len(pair.dataset):,} readings.", *pair.notes]
    if pair.dropped:
        verb = "is" if pair.dropped == 1 else "are"
        listed = "; ".join(f"row {row.row:,}, {row.why}" for row in pair.listed[:LISTED])
        more = "; …" if pair.dropped > LISTED else ""
        said.append(f"{pair.dropped:,} of {pair.rows:,} rows {verb} left out: {listed}{more}.")
    said.append(PRIVATE)
    return said
