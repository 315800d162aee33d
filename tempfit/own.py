"""The readings that somebody brought, and what they were before they were edited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tempfit.data.pair import Pair
    from tempfit.data.sources import Source

MOST: Final = 50


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """Hold the readings that somebody brought: what they are called, and what they came from.

    `file` is the name of the file, which stays when the readings are edited, and `edited` says
    that they were.
    """

    title: str
    pair: Pair
    file: str = ""
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """Say which readings are on a page, and which the viewer brought, if any."""

    source: Source
    own: Own | None


@dataclass(frozen=True, slots=True)
class Edits:
    """Hold the readings before each edit, and those before each undoing, the last at the end.

    `gesture` is the number of the gesture that made the last edit. A drag is one gesture of many
    edits, and is undone as one.
    """

    past: tuple[Readings, ...] = ()
    future: tuple[Readings, ...] = ()
    gesture: int | None = None

    def made(self, before: Readings, gesture: int | None) -> Edits:
        """Return the edits with another one; `before` are the readings before it."""
        if gesture is not None and gesture == self.gesture:
            return self
        return Edits((*self.past, before)[-MOST:], (), gesture)

    def undone(self, now: Readings) -> tuple[Readings, Edits]:
        """Return the readings before the last edit, and the edits without it."""
        if not self.past:
            return now, self
        return self.past[-1], Edits(self.past[:-1], (*self.future, now))

    def redone(self, now: Readings) -> tuple[Readings, Edits]:
        """Return the readings before the last undoing, and the edits with what it had undone."""
        if not self.future:
            return now, self
        return self.future[-1], Edits((*self.past, now), self.future[:-1])


UNEDITED: Final = Edits()
