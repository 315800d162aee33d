"""Viewers who press Train: a process of its own, whose time is not the server's.

Each plays as the stage's player does, at normal speed: it shows 75 snapshots a second while it
has some, asks for more when less than a second is left, and asks again when nobody answers. Of
the frames nothing is drawn. Started by the benchmark, which says on the command line what to do
and reads what happened, as JSON.
"""

import asyncio
import json
import re
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlencode

import numpy as np

from tests.benchmark.viewers_socket import Viewer, epochs, visiting

ASSETS = Path(__file__).parents[2] / "tempfit" / "ui" / "assets"
RATES = (1e-2, 2e-2, 1.5e-2, 7e-3, 5e-3, 3e-3, 2e-3, 1e-3)


def constant(path: str, name: str) -> float:
    """Return a number that the browser's side has under a name."""
    found = re.search(rf"const {name} = ([\d.]+);", (ASSETS / path).read_text())
    assert found, f"{path} has {name}"
    return float(found[1])


SPEED = constant("stage/player.js", "NORMAL")
AHEAD_SECONDS = constant("stage/player.js", "AHEAD_SECONDS")
LOW_SECONDS = constant("stage/player.js", "LOW_SECONDS")
PATIENCE_SECONDS = constant("channel.js", "PATIENCE_MS") / 1000


@dataclass(frozen=True)
class Plan:
    """Who comes: `together`, they press Train when all pages stand, else each when its own does."""

    url: str
    viewers: int
    arriving_seconds: float
    together: bool
    epochs: int = 5000


@dataclass
class Seen:
    """What one viewer saw, in seconds: of loading, and from the press on Train on."""

    loading: float = 0.0
    first: float = 0.0
    stalled: float = 0.0
    total: float = 0.0
    pulls: int = 0


def query(number: int, epochs: int) -> str:
    """Return a link: the same for every other viewer, and settings of their own for the rest."""
    factor = 1 if number % 2 == 0 else 1 - number / 1000
    lr, *compare = [f"{rate * factor:.6g}" for rate in RATES]
    return urlencode({"epochs": epochs, "lr": lr, "compare": compare}, doseq=True)


class Playing:
    """One viewer's run from the press on Train to the last snapshot."""

    def __init__(self, viewer: Viewer, seen: Seen) -> None:
        self.viewer, self.seen = viewer, seen
        self.recorded = viewer.stage.recorded
        self.have = np.zeros(1, dtype=np.int32)  # the epochs whose snapshots are here
        self.place = 0.0  # of the snapshot shown
        self.now = self.asked = 0.0
        self.number = 0
        self.until: int | None = None  # what was asked for, while there is no answer

    async def play(self) -> None:
        """Show every snapshot in its turn."""
        began = self.now = time.perf_counter()
        answer: asyncio.Task[dict[str, object]] | None = None
        while self.place < len(self.recorded) - 1:
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
        left = len(self.have) - 1 - self.place
        if self.have[-1] < self.recorded[-1]:
            left -= SPEED * LOW_SECONDS
        return max(left / SPEED, 0) + 0.001

    def advance(self) -> None:
        """Show what is due by now; where there is nothing to show, the viewer waits."""
        before, self.now = self.now, time.perf_counter()
        due = self.place + (self.now - before) * SPEED
        self.place = min(due, len(self.have) - 1)
        if self.seen.first and self.have[-1] < self.recorded[-1]:
            self.seen.stalled += (due - self.place) / SPEED

    async def refill(self) -> None:
        """Ask for more where little is left, or again where nobody has answered."""
        left = len(self.have) - 1 - self.place
        if self.until is None:
            if self.have[-1] == self.recorded[-1] or left >= SPEED * LOW_SECONDS:
                return
            ahead = int(self.place) + int(np.ceil(SPEED * AHEAD_SECONDS))
            self.until = int(self.recorded[min(ahead, len(self.recorded) - 1)])
        elif self.now < self.asked + PATIENCE_SECONDS:
            return
        self.number += 1
        self.seen.pulls += 1
        self.asked = self.now
        pull = {
            "number": self.number,
            "experiment": self.viewer.stage.data["experiment"],
            "after": int(self.have[-1]),
            "until": self.until,
            "exact": None,
            "restart": False,
            "equipped": True,
        }
        await self.viewer.tell("pull", pull)

    def take(self, data: dict[str, object]) -> None:
        """Take in the snapshots of an answer."""
        found = data["answer"]
        if not isinstance(found, dict):
            return
        self.until = None
        self.have = np.union1d(self.have, epochs(found["snapshots"]["epoch"]))
        self.seen.first = self.seen.first or self.now - self.asked


class Moments:
    """The moments that all viewers wait for, and at which the benchmark looks at the server."""

    def __init__(self, viewers: int) -> None:
        self.all_loaded = asyncio.Barrier(viewers + 1)
        self.press = asyncio.Event()
        self.all_watched = asyncio.Barrier(viewers + 1)
        self.leave = asyncio.Event()


async def visit(plan: Plan, number: int, moments: Moments) -> Seen:
    """Arrive, load the page, press Train, watch to the end, and stay until all have."""
    seen = Seen()
    moment = plan.arriving_seconds * number / plan.viewers
    await asyncio.sleep(moment)
    began = time.perf_counter()
    async with visiting(plan.url) as viewer:
        await viewer.open(query(number, plan.epochs))
        seen.loading = time.perf_counter() - began
        if plan.together:
            await moments.all_loaded.wait()
            await moments.press.wait()
            await asyncio.sleep(moment)
        await Playing(viewer, seen).play()
        await moments.all_watched.wait()
        await moments.leave.wait()
    return seen


async def crowd(plan: Plan) -> list[Seen]:
    """Let all come; say when all pages stand, and when all have seen the end."""
    moments = Moments(plan.viewers)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(visit(plan, number, moments)) for number in range(plan.viewers)]
        if plan.together:
            await moments.all_loaded.wait()
            await said("loaded")
            moments.press.set()
        await moments.all_watched.wait()
        await said("watched")
        moments.leave.set()
    return [task.result() for task in tasks]


async def said(moment: str) -> None:
    """Say that a moment has come, and wait until it has been taken note of."""
    print(moment, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


if __name__ == "__main__":
    seen = asyncio.run(crowd(Plan(**json.loads(sys.argv[1]))))
    print(json.dumps({"seen": [asdict(one) for one in seen], "cpu": time.process_time()}))
