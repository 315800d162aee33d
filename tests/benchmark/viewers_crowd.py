"""Viewers who press Train: a process of its own, whose time is not the server's.

Started by the benchmark, which says on the command line what to do and reads what happened, as
JSON.
"""

import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from tests.benchmark.viewers_files import fetch
from tests.benchmark.viewers_player import Player, Seen
from tests.benchmark.viewers_socket import visiting

RATES = (1e-2, 2e-2, 1.5e-2, 7e-3, 5e-3, 3e-3, 2e-3, 1e-3)


@dataclass(frozen=True)
class Plan:
    """Who comes: `together`, they press Train when all pages stand, else each when its own does."""

    url: str
    viewers: int
    arriving_seconds: float
    together: bool
    epochs: int = 5000


def query(number: int, epochs: int) -> str:
    """Return a link: the same for every other viewer, and settings of their own for the rest."""
    factor = 1 if number % 2 == 0 else 1 - number / 1000
    lr, *compare = [f"{rate * factor:.6g}" for rate in RATES]
    return urlencode({"epochs": epochs, "lr": lr, "compare": compare}, doseq=True)


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
        stage = await viewer.open(query(number, plan.epochs))
        await asyncio.to_thread(fetch, plan.url, stage)
        seen.loading = time.perf_counter() - began
        if plan.together:
            await moments.all_loaded.wait()
            await moments.press.wait()
            await asyncio.sleep(moment)
        await Player(viewer, seen).play()
        await moments.all_watched.wait()
        await moments.leave.wait()
    return seen


async def crowd(plan: Plan) -> list[Seen]:
    """Let all come; say when all pages stand, and when all have seen the end."""
    moments = Moments(plan.viewers)
    # Each fetches in a thread of its own; one more waits for the benchmark.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(plan.viewers + 1))
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
