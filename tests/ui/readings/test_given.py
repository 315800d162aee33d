"""Readings that are given: what is told of again, when its field has left the page, is old news."""

from dataclasses import dataclass, replace

import pytest
import streamlit as st

from tempfit import page as moves
from tempfit.data.sources import OWN, THERMOMETER
from tempfit.ui import session
from tempfit.ui.readings import own

TEXT = "x,y\n1,2\n2,3\n4,4\n"


@dataclass
class Upload:
    """A file as Streamlit hands it on."""

    file_id: str
    name: str = "a.csv"

    def getvalue(self) -> bytes:
        return TEXT.encode()


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Stand in for a session's state."""
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def given(state: dict[str, object], widget: str, content: object) -> moves.Page:
    """Hear of a file or a paste on a page that shows the thermometer; return the page after it."""
    session.put(replace(session.page(), source=THERMOMETER))
    state[widget] = content
    own._given(widget)
    return session.page()


def test_a_file_is_taken_once_and_another_one_too(state: dict[str, object]) -> None:
    assert given(state, "upload", Upload("one")).source == OWN
    assert given(state, "upload", Upload("one")).source == THERMOMETER
    assert given(state, "upload", Upload("two")).source == OWN


def test_a_paste_is_taken_while_its_field_is_on_the_page(state: dict[str, object]) -> None:
    session.begin()
    session.placed("paste")
    session.finish()
    assert given(state, "paste", TEXT).source == OWN
    session.begin()
    session.finish()
    assert given(state, "paste", TEXT).source == THERMOMETER
