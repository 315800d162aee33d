"""Edits of the readings: what one changes, and which are ignored."""

from typing import Literal

from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tempfit.ui.readings.table import with_edit
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
