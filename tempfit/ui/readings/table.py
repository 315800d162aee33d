"""The readings as a table to edit: cells are changed, rows added and removed.

The table is made from the readings once and then left alone: Streamlit keeps what was edited as
differences from what it was given. Readings that change elsewhere get a table anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from tempfit import page as moves
from tempfit.data.dataset import Dataset
from tempfit.data.files import DataError
from tempfit.data.names import shortened
from tempfit.data.pair import read_pair
from tempfit.data.sources import OWN, TITLES
from tempfit.data.table import table_of
from tempfit.numbers import count
from tempfit.own import Own
from tempfit.page import Page
from tempfit.ui import session
from tempfit.ui.readings.loading import loaded
from tempfit.ui.wire.messages import Edit
from tempfit.words import later, named, say

MAX_EDITED: Final = 1000
MAX_LISTED: Final = 100
COLUMNS: Final = ("x", "y")
BACK_AND_FORTH: Final = {"undo": moves.undo, "redo": moves.redo}


@dataclass(slots=True, eq=False)
class Editor:
    """Hold the table that is edited, the readings as they are by now, and why not others.

    `number` counts the tables of this session: each is a widget of its own.
    """

    number: int = 0
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    dataset: Dataset | None = None
    refusal: str = ""

    @property
    def key(self) -> str:
        """The key of the widget."""
        return f"readings_{self.number}"


def show(dataset: Dataset) -> None:
    """Offer the readings as a table, and the rows that were left out in reading them."""
    page = session.page()
    with st.expander(
        say("Readings: edit, add, remove"), key="edit_open", on_change="rerun"
    ) as place:
        if not place.open:
            session.part(Editor).dataset = None  # the widget has forgotten what was edited
        elif len(dataset) > MAX_EDITED:
            said = later("{count} readings are too many to edit here: {most} are the most.")
            st.caption(say(said, count=count(len(dataset)), most=count(MAX_EDITED)))
        else:
            _editor(dataset)
        if place.open and page.source == OWN and page.own:
            _left_out(page.own)


def _editor(dataset: Dataset) -> None:
    editor = session.part(Editor)
    if editor.dataset is not dataset:
        editor.number += 1
        editor.table, editor.dataset, editor.refusal = frame_of(dataset), dataset, ""
    st.data_editor(
        editor.table,
        key=session.placed(editor.key),
        num_rows="dynamic",
        height=min(400, 36 * (len(editor.table) + 2) + 4),
        column_config={
            column: st.column_config.NumberColumn(
                shortened(named(name)), format="%.7g", required=False
            )
            for column, name in zip(COLUMNS, (dataset.x_name, dataset.y_name), strict=True)
        },
        on_change=_edited,
        args=(editor.number,),
    )
    if editor.refusal:
        st.html(f"<p class='tempfit-refusal' role='alert'>{escape(editor.refusal)}</p>")


def frame_of(dataset: Dataset) -> pd.DataFrame:
    """Return the readings as a table, each float32 as the shortest number that it is nearest to."""
    columns = {
        column: values.numpy().astype(str).astype(np.float64)
        for column, values in zip(COLUMNS, (dataset.x, dataset.y), strict=True)
    }
    return pd.DataFrame(columns, index=pd.RangeIndex(1, len(dataset) + 1))


def edited(table: pd.DataFrame, changes: Mapping[str, Any]) -> pd.DataFrame:
    """Return a table with the differences that Streamlit keeps: cells, rows added and removed."""
    cells = table.to_numpy(np.float64, copy=True)
    for row, changed in changes["edited_rows"].items():
        for column, value in changed.items():
            cells[int(row), COLUMNS.index(column)] = np.nan if value is None else value
    cells = np.delete(cells, [int(row) for row in changes["deleted_rows"]], axis=0)
    added = [[row.get(column) for column in COLUMNS] for row in changes["added_rows"]]
    cells = np.concatenate([cells, np.array(added, dtype=np.float64).reshape(-1, 2)])
    return pd.DataFrame(cells, columns=list(COLUMNS))


def _edited(number: int) -> None:
    """Put the readings on the page as they are in the table now, unless no line fits them.

    A table that has been closed or replaced is ignored: the browser may still send its changes.
    """
    editor = session.part(Editor)
    if editor.dataset is None or editor.number != number or session.gone(editor.key):
        return
    table = edited(editor.table, session.widget(editor.key))
    try:
        brought = _brought(session.page(), editor.dataset, table["x"].tolist(), table["y"].tolist())
    except DataError as error:
        said = later("The chart shows the readings from before. {why}")
        editor.refusal = say(said, why=error)
        return
    editor.refusal, editor.dataset = "", brought.pair.dataset
    session.put(_loaded(moves.edit(session.page(), brought)))


def on_chart(page: Page, dataset: Dataset, edit: Edit) -> tuple[Page, str | None]:
    """Return the page with an edit made on the chart, or undone, or as it was and why."""
    if edit.kind in BACK_AND_FORTH:
        return _loaded(BACK_AND_FORTH[edit.kind](page)), None
    if len(dataset) > MAX_EDITED:
        return page, say("There are too many readings to edit.")
    shown = frame_of(dataset)
    try:
        x, y = with_edit(shown["x"].tolist(), shown["y"].tolist(), edit)
        brought = _brought(page, dataset, x, y)
    except DataError as error:
        return page, str(error)
    return _loaded(moves.edit(page, brought, edit.gesture)), None


def _loaded(page: Page) -> Page:
    """Return a page whose readings have been loaded, so that the sliders fit them."""
    loaded(page)
    return page


def with_edit(x: list[float], y: list[float], edit: Edit) -> tuple[list[float], list[float]]:
    """Return readings with an edit; an index that is none of theirs changes nothing."""
    x, y = list(x), list(y)
    if edit.kind == "add":
        x.append(edit.x)
        y.append(edit.y)
    elif 0 <= edit.index < len(x) and edit.kind == "move":
        x[edit.index], y[edit.index] = edit.x, edit.y
    elif 0 <= edit.index < len(x):
        del x[edit.index], y[edit.index]
    return x, y


def _brought(page: Page, before: Dataset, x: list[float], y: list[float]) -> Own:
    """Return edited readings, with the names that they had.

    nan is a blank cell, whose row is left out. Raises DataError where no line fits them.
    """
    pair = read_pair(table_of(x, y, (before.x_name, before.y_name)))
    mine = page.own if page.source == OWN else None
    title, file = (mine.title, mine.file) if mine else (TITLES[page.source.name], page.source.name)
    return Own(title, pair, file, edited=True)


def _left_out(brought: Own) -> None:
    """List the rows that were left out in reading."""
    said = brought.pair.left_out(MAX_LISTED)
    if said:
        rows = "".join(f"<li>{escape(each)}</li>" for each in said)
        head = escape(say("Left out:"))
        st.html(f"<div class='tempfit-data'><p>{head}</p><ul>{rows}</ul></div>")
