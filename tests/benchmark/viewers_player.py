"""The stage's player at normal speed, without a picture.

It moves along the logarithmic axis at a constant speed while it has snapshots, asks for more when
little is left to play, and asks again when nobody answers. Its numbers are those of the browser's
side; that it does with them what the player does is written twice.
"""

import asyncio
import math
import re
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmark.viewers_socket import Viewer, epochs

ASSETS = Path(__file__).parents[2] / "tempfit" / "ui" / "assets"


def constant(path: str, name: str) -> float:
    """Return a number that the browser's side has under a name."""
    found = re.search(rf"const {name} = ([\d.]+);", (ASSETS / path).read_text())
    assert found, f"{path} has {name}"
    return float(found[1])


ZERO = constant("ticks.js", "ZERO")
WHOLE_SECONDS = constant("stage/playing/pace.js", "WHOLE_SECONDS")
DECADE_SECONDS = constant("stage/playing/pace.js", "DECADE_SECONDS")
AHEAD_SECONDS = constant("stage/playing/player.js", "AHEAD_SECONDS")
FAR_AHEAD_SECONDS = constant("stage/playing/player.js", "FAR_AHEAD_SECONDS")
LOW_SECONDS = constant("stage/playing/player.js", "LOW_SECONDS")
QUICK_SECONDS = constant("stage/playing/player.js", "QUICK_MS") / 1000
PATIENCE_SECONDS = constant("channel.js", "PATIENCE_MS") / 1000


@dataclass
class Seen:
    """What one viewer saw, in seconds: of loading, and from the press on Train on.

    `first` is the time to the first snapshot, `stalled` how long there was nothing to show after
    it, `total` the time to the end.
    """

    loading: float = 0.0
    first: float = 0.0
    stalled: float = 0.0
    total: float = 0.0
    pulls: int = 0


class Player:
    """One viewer's run from the press on Train to the last snapshot.

    Places are seconds of playing from the start.
    """

    def __init__(self, viewer: Viewer, seen: Seen) -> None:
        self.viewer, self.seen = viewer, seen
        self.recorded = viewer.stage.recorded.tolist()
        whole = self.decades(self.recorded[-1])
        self.seconds = min(WHOLE_SECONDS, DECADE_SECONDS * whole)
        self.per_second = whole / self.seconds
        self.last = 0  # the last epoch whose snapshot is here
        self.place = 0.0
        self.now = self.asked = 0.0
        self.quick = False
        self.number = 0
        self.until: int | None = None  # what was asked for, while there is no answer

    @staticmethod
    def decades(epoch: float) -> float:
        """Return where an epoch stands on the axis."""
        first = -math.log10(ZERO)
        return epoch * first if epoch < 1 else first + math.log10(epoch)

    @property
    def left(self) -> float:
        """Return how many seconds there are to play."""
        return self.decades(self.last) / self.per_second - self.place

    async def play(self) -> None:
        """Show every snapshot in its turn."""
        began = self.now = time.perf_counter()
        answer: asyncio.Task[dict[str, object]] | None = None
        while self.last < self.recorded[-1] or self.left > 0:
            await self.refill()
            answer = answer or asyncio.create_task(self.viewer.answer())
            await asyncio.wait({answer}, timeout=self.pause())
            self.advance()
            if answer.done():
                self.take(answer.result())
                answer = None
        self.seen.total = self.now - began
        if answer:
            answer.cancel()

    def pause(self) -> float:
        """Return how long nothing is to be done, if no answer comes."""
        if self.until is not None:
            return max(self.asked + PATIENCE_SECONDS - self.now, 0)
        low = LOW_SECONDS if self.last < self.recorded[-1] else 0
        return max(self.left - low, 0) + 0.001

    def advance(self) -> None:
        """Show what is due by now; where there is nothing to show, the viewer waits."""
        before, self.now = self.now, time.perf_counter()
        elapsed = self.now - before
        shown = min(elapsed, self.left)
        self.place += shown
        if self.seen.first and self.last < self.recorded[-1]:
            self.seen.stalled += elapsed - shown

    async def refill(self) -> None:
        """Ask for more where little is left, or again where nobody has answered."""
        if self.until is None:
            if self.last == self.recorded[-1] or self.left > LOW_SECONDS:
                return
            self.until = self.horizon()
        elif self.now < self.asked + PATIENCE_SECONDS:
            return
        self.number += 1
        self.seen.pulls += 1
        self.asked = self.now
        pull = {
            "number": self.number,
            "experiment": self.viewer.stage.data["experiment"],
            "after": self.last,
            "until": self.until,
            "exact": None,
            "restart": False,
        }
        await self.viewer.tell("pull", pull)

    def horizon(self) -> int:
        """Return the epoch up to which playing on for a while needs snapshots."""
        ahead = FAR_AHEAD_SECONDS if self.quick else AHEAD_SECONDS
        along = (self.place + ahead) * self.per_second
        later = (epoch for epoch in self.recorded if self.decades(epoch) > along)
        return int(next(later, self.recorded[-1]))

    def take(self, data: dict[str, object]) -> None:
        """Take in the snapshots of an answer."""
        found = data["answer"]
        if not isinstance(found, dict):
            return
        self.until = None
        self.quick = self.now - self.asked < QUICK_SECONDS
        self.last = max(self.last, *epochs(found["snapshots"]["epoch"]).tolist(), 0)
        self.seen.first = self.seen.first or self.now - self.asked
