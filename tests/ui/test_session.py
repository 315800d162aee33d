"""A widget that is set from elsewhere cannot undo that with what it showed before."""

import pytest
import streamlit as st

from tempfit import page as moves
from tempfit.ui import session
from tempfit.ui.session import gone, renewed


@pytest.fixture(autouse=True)
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Stand in for a session's state."""
    state: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", state)
    return state


def test_a_widget_stays_as_long_as_it_shows_the_value(state: dict[str, object]) -> None:
    widget = renewed("rate", 0.1)
    assert state[widget] == 0.1
    state[widget] = 0.2  # moved by hand
    assert renewed("rate", 0.2) == widget
    assert not gone(widget)


def test_a_widget_that_is_to_show_another_value_is_replaced(state: dict[str, object]) -> None:
    old = renewed("rate", 0.1)
    new = renewed("rate", 0.2)
    assert state[new] == 0.2
    assert new != old
    assert gone(old)
    assert not gone(new)


def test_a_widget_whose_state_is_replaced_is_a_new_one(state: dict[str, object]) -> None:
    widget = renewed("rate", None)
    assert renewed("rate", None) == widget
    del state[widget]
    assert renewed("rate", None) != widget


def test_widgets_of_several_values_do_not_mix() -> None:
    assert renewed("a_b", 1) != renewed("a", 1)
    one = renewed("a", 1)
    renewed("b", 2)
    assert not gone(one)


def test_what_is_said_of_a_widget_that_has_left_the_page_is_not_taken(
    state: dict[str, object],
) -> None:
    def slide(page: moves.Page, rate: float) -> moves.Page:
        return moves.set_to(page, "learning_rate", rate)

    def told(rate: float) -> float:
        state[bound["key"]] = rate
        bound["on_change"](*bound["args"])
        return session.page().experiment.learning_rate

    session.begin()
    bound = session.bound("rate", 0.01, slide)
    session.finish()
    session.begin()
    assert told(0.02) == 0.02, "the run that leaves it away has not come to its end"
    session.begin()
    session.finish()
    assert told(0.03) == 0.02


def test_a_change_that_comes_when_the_lesson_has_gone_on_is_not_taken(
    state: dict[str, object],
) -> None:
    def slide(page: moves.Page, rate: float) -> moves.Page:
        return moves.set_to(page, "learning_rate", rate)

    session.put(moves.turn(moves.Page(), 6))
    bound = session.bound("rate", 0.01, slide)
    state[bound["key"]] = 0.02
    bound["on_change"](*bound["args"])
    assert session.page().experiment.learning_rate == 0.02
    session.put(moves.turn(session.page(), 7))
    state[bound["key"]] = 0.05
    bound["on_change"](*bound["args"])
    assert session.page() == moves.turn(session.page(), 7)
