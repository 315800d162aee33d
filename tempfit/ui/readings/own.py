"""Readings of one's own: a file, a paste, and which of their columns; in this session only."""

from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import Final

import streamlit as st

from tempfit import page as moves
from tempfit.data.files import MAX_BYTES, DataError
from tempfit.data.names import listed, quoted, shortened, tidy_name
from tempfit.data.pair import read_pair
from tempfit.data.sources import OWN
from tempfit.data.table import read_table
from tempfit.export import PASTED
from tempfit.numbers import count
from tempfit.own import Own
from tempfit.page import Page
from tempfit.ui import session
from tempfit.ui.readings.loading import loaded
from tempfit.words import later, named, say, say_many

LISTED: Final = 3
PRIVATE: Final = later(
    "These readings are in this session only; for others the link opens with the thermometer."
)


@dataclass(slots=True)
class Given:
    """Why the last readings that were given are not used, or nothing; and which file was taken."""

    said: str = ""
    file_id: str = ""


def offer() -> None:
    """Offer to bring readings, and to choose their columns; say why where they are refused."""
    page = session.page()
    with st.expander(say("Upload or paste"), expanded=page.source != OWN):
        st.file_uploader(
            say("Upload a CSV file"),
            key="upload",
            max_upload_size=MAX_BYTES // 10**6,
            on_change=_given,
            args=("upload",),
        )
        st.text_area(
            say("or paste from a spreadsheet"),
            key=session.placed("paste"),
            height=90,
            placeholder="x\ty\n1\t2.5\n2\t3.5",
            on_change=_given,
            args=("paste",),
        )
    if page.source == OWN and page.own:
        _columns(page.own)
    if said := session.part(Given).said:
        st.html(f"<p class='tempfit-refusal' role='alert'>{escape(said)}</p>")


def _given(widget: str) -> None:
    """Take in a file or a paste; where it is refused, what was there before stays.

    A file that was taken is told of again when its field has left the page. Another one counts,
    be the field on its way out or not.
    """
    given, last = session.widget(widget), session.part(Given)
    if not given:
        return
    if isinstance(given, str):
        if session.gone(widget):
            return
        title, file, content = later("What was pasted"), PASTED, given.encode(errors="replace")
    else:
        if given.file_id == last.file_id:
            return
        last.file_id = given.file_id
        title, file, content = quoted(tidy_name(given.name)), given.name, given.getvalue()
    try:
        own = Own(title, read_pair(read_table(content)), file)
    except DataError as error:
        last.said = say("{title} is not used. {why}", title=named(title), why=error)
    else:
        session.put(bring(session.page(), own))


def bring(page: Page, own: Own) -> Page:
    """Return the page with somebody's readings and the settings to start with."""
    session.part(Given).said = ""
    page = moves.bring(page, own)
    _, start = loaded(page)
    return moves.settle(page, start.experiment) if start else page


def _columns(own: Own) -> None:
    """Offer the columns of numbers of a table with more than two.

    The browser names a column by its words, and those of another table's choose nothing: so each
    table has widgets of its own.
    """
    table = own.pair.table
    numeric = tuple(table.numbers)
    if len(numeric) < 3:
        return
    for axis, half in enumerate(st.columns(2, gap="small")):
        half.selectbox(
            say("Column for {axis}", axis="xy"[axis]),
            numeric,
            format_func=lambda place: shortened(table.names[place]),
            **session.choice(
                f"column_{axis}_{hash(table.names)}",
                numeric,
                own.pair.columns[axis],
                partial(_column_chosen, axis),
            ),
        )


def _column_chosen(axis: int, page: Page, place: int) -> Page:
    """Read another column for x (axis 0) or y (1)."""
    assert page.own is not None, "its columns are offered"
    columns = list(page.own.pair.columns)
    columns[axis] = place
    try:
        own = replace(page.own, pair=read_pair(page.own.pair.table, *columns))
    except DataError as error:
        session.part(Given).said = say("These columns are not used. {why}", why=error)
        return page
    return bring(page, own)


def describe(own: Own) -> list[str]:
    """Say what was read, what was left out, and that the readings stay in this session."""
    pair, title = own.pair, named(own.title)
    if own.edited:
        title = say("{title}, edited", title=title)
    readings, dropped = len(pair.dataset), len(pair.dropped)
    said = [say("{title}: {count} readings.", title=title, count=count(readings))]
    if dropped:
        left_out = say_many(
            "{count} of {rows} rows is left out: {listed}.",
            "{count} of {rows} rows are left out: {listed}.",
            dropped,
            count=count(dropped),
            rows=count(readings + dropped),
            listed=say("; ").join(pair.left_out(LISTED)),
        )
        said.append(left_out)
    if pair.table.texts:
        names = listed(pair.table.texts)
        said.append(say("Left out, as no plain numbers: {names}.", names=names))
    for name in pair.rounded:
        rounded = later("float32 rounds the numbers of {name} visibly: subtract what they share.")
        said.append(say(rounded, name=quoted(name)))
    if pair.table.layout:
        _, separator, decimal = pair.table.layout
        said += _marks(separator, decimal)
    return [*said, say(PRIVATE)]


def _marks(separator: str, decimal: str) -> list[str]:
    """Say how 1,234 and 1.234 are read in a file in which they may be either."""
    if decimal == ",":
        return [say("Commas are read as decimal commas: where they mark thousands, remove them.")]
    if separator == ";":
        return [say("Points are read as decimal points: where they mark thousands, remove them.")]
    return []
