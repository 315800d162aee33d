"""Edits of readings are undone and done again, in any order, a whole gesture at a time."""

from hypothesis import given
from hypothesis import strategies as st

from tempfit import page as moves
from tempfit.data.pair import read_pair
from tempfit.data.sources import OWN, THERMOMETER, Source
from tempfit.data.table import table_of
from tempfit.own import MOST, Own
from tempfit.page import Page

Shown = tuple[Source, Own | None]


def brought(y: float) -> Own:
    return Own(f"{y}", read_pair(table_of([1.0, 2.0], [0.0, y], ("x", "y"))))


def shown(page: Page) -> Shown:
    return page.source, page.own


gestures = st.lists(st.one_of(st.none(), st.integers(0, 2)), max_size=12)


@given(gestures)
def test_what_is_undone_to_the_start_and_done_again_is_as_it_was(numbers: list[int | None]) -> None:
    page = Page()
    for y, gesture in enumerate(numbers):
        page = moves.edit(page, brought(y), gesture)
    end, steps = shown(page), 0
    while page.edits.past:
        page, steps = moves.undo(page), steps + 1
    assert shown(page) == (THERMOMETER, None)
    while page.edits.future:
        page, steps = moves.redo(page), steps - 1
    assert shown(page) == end
    assert steps == 0


@given(st.integers(1, 8))
def test_a_gesture_is_undone_at_once(count: int) -> None:
    first = moves.edit(Page(), brought(0), 1)
    page = first
    for y in range(count):
        page = moves.edit(page, brought(y), 2)
    assert shown(moves.undo(page)) == shown(first)
    assert shown(moves.undo(moves.undo(page))) == (THERMOMETER, None)


def test_after_another_edit_nothing_is_done_again() -> None:
    page = moves.undo(moves.edit(Page(), brought(1)))
    assert page.edits.future
    page = moves.edit(page, brought(2))
    assert not page.edits.future
    assert moves.redo(page) == page


def test_other_readings_end_what_can_be_undone() -> None:
    edited = moves.edit(Page(), brought(1))
    for page in (
        moves.take(edited, Source("iris")),
        moves.bring(edited, brought(3)),
        moves.mix(edited, "noise", 2.0),
    ):
        assert not page.edits.past
        assert shown(moves.undo(page)) == shown(page)


def test_settings_stay_when_edits_are_undone() -> None:
    page = moves.set_to(moves.edit(Page(), brought(1)), "learning_rate", 0.02)
    assert page.source == OWN
    assert moves.undo(page).experiment == page.experiment


def test_only_so_many_edits_are_kept() -> None:
    page = Page()
    for y in range(MOST + 10):
        page = moves.edit(page, brought(y))
    assert len(page.edits.past) == MOST
