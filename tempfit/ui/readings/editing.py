"""The readings as a table to edit: cells are changed, rows added and removed.

The table is made from the readings once and then left alone, as Streamlit keeps what was edited
as differences from what it was given; readings that change elsewhere get a table anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from tempfit.data.dataset import Dataset
from tempfit.data.files import DataError
from tempfit.data.names import shortened
from tempfit.data.pair import read_pair
from tempfit.data.sources import OWN
from tempfit.data.table import table_of
from tempfit.ui.readings import own
from tempfit.ui.readings.edit import Edit
from tempfit.ui.readings.own import Own
from tempfit.ui.sidebar import data_source

MAX_EDITED: Final = 1000
COLUMNS: Final = ("x", "y")


@dataclass(frozen=True, slots=True, eq=False)
class Editor:
    """Hold the table that is edited, the readings as they are by now, and its number."""

    number: int
    table: pd.DataFrame
    dataset: Dataset

    @property
    def key(self) -> str:
        """The key of the widget."""
        return f"readings_{self.number}"


def show(dataset: Dataset) -> None:
    """Offer the readings as a table, and the rows that were left out in reading them."""
    with st.expander("Readings: edit, add, remove", key="edit_open", on_change="rerun") as place:
        if not place.open:
            st.session_state.pop("editor", None)  # the widget has forgotten what was edited
        elif len(dataset) > MAX_EDITED:
            st.caption(
                f"{len(dataset):,} readings are too many to edit here; {MAX_EDITED:,} are not."
            )
        else:
            _editor(dataset)
        if place.open and data_source.source() == OWN:
            _left_out(st.session_state["own"])


def _editor(dataset: Dataset) -> None:
    editor: Editor | None = st.session_state.get("editor")
    if editor is None or editor.dataset is not dataset:
        number = st.session_state.get("editors", 0) + 1
        editor = Editor(number, frame_of(dataset), dataset)
        st.session_state.update(editor=editor, editors=number, edit_refusal=None)
    st.data_editor(
        editor.table,
        key=editor.key,
        num_rows="dynamic",
        height=min(400, 36 * (len(editor.table) + 2) + 4),
        column_config={
            column: st.column_config.NumberColumn(shortened(name), format="%.7g", required=False)
            for column, name in zip(COLUMNS, (dataset.x_name, dataset.y_name), strict=True)
        },
        on_change=_edited,
        args=(editor.number,),
    )
    if said := st.session_state.get("edit_refusal"):
        st.html(f"<p class='tempfit-refusal' role='alert'>{escape(said)}</p>")


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

    What a table says that has been closed or replaced since is not heard: the browser may still
    send it.
    """
    editor: Editor | None = st.session_state.get("editor")
    if editor is None or editor.number != number:
        return
    table = edited(editor.table, st.session_state[editor.key])
    try:
        dataset = put(editor.dataset, table["x"].tolist(), table["y"].tolist())
    except DataError as error:
        st.session_state["edit_refusal"] = f"The chart shows the readings from before. {error}"
    else:
        st.session_state["editor"] = Editor(editor.number, editor.table, dataset)


def on_chart(dataset: Dataset, edit: Edit) -> str | None:
    """Put the readings on the page with an edit made on the chart; say why where none can be."""
    if len(dataset) > MAX_EDITED:
        return "There are too many readings to edit."
    shown = frame_of(dataset)
    try:
        put(dataset, *edit.of(shown["x"].tolist(), shown["y"].tolist()))
    except DataError as error:
        return str(error)
    return None


def put(before: Dataset, x: list[float], y: list[float]) -> Dataset:
    """Put edited readings on the page, with the names that they had; return them.

    nan is a blank cell, whose row is left out. Raises DataError where no line fits them.
    """
    table = table_of(x, y, (before.x_name, before.y_name))
    reading = read_pair(table, 0, 1)
    title = data_source.source().title
    if data_source.source() == OWN:
        title = st.session_state["own"].title.removesuffix(", edited")
    own.put(Own(f"{title}, edited", table, (0, 1), reading))
    st.session_state.pop("edit_refusal", None)
    return reading.dataset


def _left_out(brought: Own) -> None:
    """List the rows that were left out in reading."""
    reading = brought.reading
    if not reading.dropped:
        return
    rows = "".join(f"<li>Row {row.row:,}: {escape(row.why)}</li>" for row in reading.listed)
    more = reading.dropped - len(reading.listed)
    rest = f"<li>and {more:,} more</li>" if more else ""
    st.html(f"<div class='tempfit-data'><p>Left out:</p><ul>{rows}{rest}</ul></div>")
