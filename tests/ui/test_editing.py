"""Edits: what a browser may send of one, when, and what it makes of the readings."""

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from tempfit.ui.readings.edit import Edit

values = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=10)


def edit(kind: str, index: int = 0, x: float = 1.0, y: float = 2.0) -> Edit:
    found = Edit.read(
        {"number": 7, "experiment": "a", "kind": kind, "index": index, "x": x, "y": y}
    )
    assert found is not None
    return found


@given(values, st.integers(0, 12))
def test_an_edit_changes_one_reading_and_no_other(x: list[float], index: int) -> None:
    y = [-value for value in x]
    there = index < len(x)
    assert edit("add", index).of(x, y) == ([*x, 1.0], [*y, 2.0])
    moved = edit("move", index).of(x, y)
    removed = edit("remove", index).of(x, y)
    if not there:
        assert moved == removed == (x, y)
        return
    assert moved == (
        [*x[:index], 1.0, *x[index + 1 :]],
        [*y[:index], 2.0, *y[index + 1 :]],
    )
    assert removed == (x[:index] + x[index + 1 :], y[:index] + y[index + 1 :])


def test_what_an_edit_needs_not_say_may_be_missing() -> None:
    assert Edit.read({"number": 1, "experiment": "a", "kind": "add", "x": 1, "y": 2.5}) is not None
    assert Edit.read({"number": 1, "experiment": "a", "kind": "remove", "index": 3}) is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "drop"},
        {"kind": None},
        {"index": -1},
        {"index": 1.5},
        {"index": True},
        {"x": nan},
        {"y": inf},
        {"x": 1e39},
        {"y": "1"},
        {"number": None},
        {"experiment": 3},
    ],
)
def test_what_is_no_edit_is_none(wrong: dict[str, object]) -> None:
    right = {"number": 1, "experiment": "a", "kind": "move", "index": 0, "x": 1.0, "y": 2.0}
    assert Edit.read(right) is not None
    assert Edit.read(right | wrong) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["number", "kind", "index", "x", "y"]), inner)
        ),
    )
)
def test_a_browser_may_send_anything(message: object) -> None:
    assert Edit.read(message) is None


def test_a_table_that_has_been_closed_is_not_heard() -> None:
    # The browser may still send what it holds when the server has closed the table.
    app = AppTest.from_string("from tempfit.ui.readings import editing\nediting._edited(1)")
    app.run()
    assert not app.exception
    assert "own" not in app.session_state
