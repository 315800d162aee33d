"""The table of readings: what it shows, what an edit changes, and which edits are ignored."""

from typing import Any, Literal

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tempfit.data.loading import load
from tempfit.data.pair import read_csv
from tempfit.data.sources import Source
from tempfit.ui.readings import table as readings_table
from tempfit.ui.readings.table import frame_of, with_edit
from tempfit.ui.session import _Present
from tempfit.ui.wire.messages import Edit

values = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=10)


def edited(
    x: list[float], y: list[float], kind: Literal["add", "move", "remove"], index: int = 0
) -> tuple[list[float], list[float]]:
    return with_edit(x, y, Edit(7, "a", kind, index, x=1.0, y=2.0))


@given(values, st.integers(-2, 12))
def test_an_edit_changes_one_reading_and_no_other(x: list[float], index: int) -> None:
    y = [-value for value in x]
    there = 0 <= index < len(x)
    assert edited(x, y, "add", index) == ([*x, 1.0], [*y, 2.0])
    moved = edited(x, y, "move", index)
    removed = edited(x, y, "remove", index)
    if not there:
        assert moved == removed == (x, y)
        return
    assert moved == (
        [*x[:index], 1.0, *x[index + 1 :]],
        [*y[:index], 2.0, *y[index + 1 :]],
    )
    assert removed == (x[:index] + x[index + 1 :], y[:index] + y[index + 1 :])


def test_a_table_that_has_been_closed_is_not_heard() -> None:
    # The browser may still send what it holds when the server has closed the table.
    app = AppTest.from_string("from tempfit.ui.readings import table\ntable._edited(1)")
    app.run()
    assert not app.exception
    assert _Present not in app.session_state["parts"]  # nobody asked for the page


def change(**changes: Any) -> dict[str, Any]:
    return {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | changes


def test_cells_are_edited_and_rows_added_and_removed() -> None:
    table = pd.DataFrame({"x": [1.0, 2.0, 3.0], "y": [4.0, 5.0, 6.0]})
    after = readings_table.edited(
        table,
        change(
            edited_rows={0: {"x": 9.0}, "2": {"y": None}},
            added_rows=[{"x": 7.0, "y": 8.0}, {"x": 1.0}],
            deleted_rows=[1],
        ),
    )
    expected = [[9.0, 4.0], [3.0, np.nan], [7.0, 8.0], [1.0, np.nan]]
    np.testing.assert_array_equal(after.to_numpy(), expected)
    assert table["x"].tolist() == [1.0, 2.0, 3.0]


@given(st.lists(st.floats(-1e6, 1e6, width=32), min_size=2, max_size=50, unique=True))
def test_the_table_shows_each_float32_in_as_few_digits_as_it_takes(values: list[float]) -> None:
    rows = "\n".join(f"{value!r},1" for value in values)
    dataset = read_csv(f"x,y\n{rows}\n")
    shown = frame_of(dataset)["x"].to_numpy()
    np.testing.assert_array_equal(shown.astype(np.float32), dataset.x.numpy())
    assert all(len(repr(float(value))) <= 22 for value in shown)


def test_a_thermometer_reading_is_shown_as_it_was_read() -> None:
    assert frame_of(load(Source()))["x"].tolist()[:2] == [35.7, 55.9]
