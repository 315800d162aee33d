"""Whatever a browser sends, it is a message that says what it must, or none."""

from dataclasses import MISSING, asdict, fields
from math import inf, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tempfit.ui.wire.messages import (
    MAX_TEXT,
    MAX_WHOLE,
    Choose,
    Edit,
    GoOn,
    Keep,
    Look,
    Pull,
    Show,
    read,
)

MESSAGES: tuple[Any, ...] = (
    Pull(3, "x", 10, 99, exact=57, restart=True),
    GoOn(4, "x", 10, 0.5),
    Edit(5, "x", "move", 2, 1.5, -2.5, gesture=3),
    Choose(6, 0.01, 0.1),
    Keep(7, 0.01, 0.1, 0.0, 1.0, 0.0, kept=False),
    Look(8, "x", 12, following=False),
    Show(9, "present", surface=True, map=True),
)
KINDS = tuple(type(message) for message in MESSAGES)
NAMES = sorted({field.name for kind in KINDS for field in fields(kind)})

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner),
    max_leaves=5,
)
anything = json | st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, json | st.just(1)))


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_is_read_as_it_is_meant(message: Any) -> None:
    assert read(type(message), asdict(message)) == message


@pytest.mark.parametrize("message", MESSAGES)
def test_what_has_a_default_need_not_be_said_and_all_else_must(message: Any) -> None:
    for field in fields(message):
        said = asdict(message)
        del said[field.name]
        found = read(type(message), said)
        if field.default is MISSING:
            assert found is None
        else:
            assert found is not None
            assert getattr(found, field.name) == field.default


@given(st.sampled_from(KINDS), anything)
def test_a_browser_may_send_anything(kind: type[Any], message: object) -> None:
    found = read(kind, message)
    if found is not None:
        assert read(kind, asdict(found)) == found


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "drop"},
        {"kind": 1},
        {"index": 1.5},
        {"index": True},
        {"x": nan},
        {"y": inf},
        {"x": 1e39},
        {"y": 10**400},
        {"y": "1"},
        {"y": True},
        {"number": None},
        {"number": MAX_WHOLE + 1},
        {"experiment": 3},
        {"experiment": "x" * (MAX_TEXT + 1)},
    ],
)
def test_a_value_of_another_type_or_out_of_range_makes_it_no_message(
    wrong: dict[str, object],
) -> None:
    assert read(Edit, asdict(MESSAGES[2]) | wrong) is None
