"""A class at one server: viewers who press Train within five seconds, half of them on one link.

Each has 8 runs of 5000 epochs and plays them at normal speed. What they see is counted from the
press on Train; the server's time for it stands beside its time for loading the pages. The
viewers share the computer with the server; their own process's time is in the last column.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace

from tests.benchmark.browser import ROOT, Server, serving
from tests.benchmark.viewers_crowd import Plan
from tests.benchmark.viewers_player import Seen

COUNTS = (1, 20, 50, 100, 200)
ARRIVING_SECONDS = 5.0
CLASS = 100  # viewers that one process is to serve well
WARMING = 20  # viewers
# Streamlit keeps a session for as long as this after its viewer has left, in seconds; by default
# 120, which changes nothing but when the memory comes back.
KEPT_SECONDS = 6
MB = 2**20
COLUMNS = (
    "page stands",
    "first frame",
    "stalls",
    "to the end",
    "pulls each",
    "server's CPU, loading",
    "training and pulls",
    "memory while there",
    "when gone",
    "viewers' own CPU",
)


@dataclass(frozen=True)
class Row:
    """What came of so many viewers: times in seconds, memory in MB, of all together.

    What the server has used is `cpu`, for training and pulls, beside `cpu_loading`; the viewers'
    own process has used `cpu_viewers`. `there` and `left` are the memory beyond what was held
    before they came: while they were there, and when they were gone. `left_again` is what as many
    more leave who come after them.
    """

    plan: Plan
    seen: list[Seen]
    cpu_loading: float
    cpu: float
    cpu_viewers: float
    there: float
    left: float
    left_again: float = 0.0

    def of(self, name: str) -> list[float]:
        """Return what every viewer saw under a name."""
        return [getattr(one, name) for one in self.seen]

    def missed(self) -> list[str]:
        """Say where these viewers are served less well than a class of a hundred should be."""
        viewers = self.plan.viewers
        figures = (
            ("stalls of the median, s", statistics.median(self.of("stalled")), 0.005),
            ("stalls of the worst, s", max(self.of("stalled")), 1),
            ("first frame of the median, s", statistics.median(self.of("first")), 0.5),
            ("first frame of the worst, s", max(self.of("first")), 1.5),
            ("training and pulls of each, s of CPU", self.cpu / viewers, 0.15),
            ("memory of each while there, MB", self.there / viewers, 3),
            ("memory when gone, MB, of those who come later", self.left_again, 5),
        )
        return [
            f"{name}: {found:.2f}, at most {limit}"
            for name, found, limit in figures
            if found > limit
        ]


@contextmanager
def arriving(plan: Plan) -> Iterator["subprocess.Popen[str]"]:
    """Start the process of the viewers, which says when a moment has come, and waits."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmark.viewers_crowd", json.dumps(asdict(plan))],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process


def said(process: "subprocess.Popen[str]") -> str:
    """Return the next line that the viewers say."""
    assert process.stdout, "it is a pipe"
    return process.stdout.readline()


def go_on(process: "subprocess.Popen[str]") -> None:
    """Let the viewers go on."""
    assert process.stdin, "it is a pipe"
    print(file=process.stdin, flush=True)


def crowd(server: Server, plan: Plan) -> Row:
    """Send viewers to a server, and look at it while they are there and when they have left."""
    memory, cpu, there = server.memory(), [server.cpu()], 0.0
    with arriving(plan) as process:
        for moment in ("loaded", "watched") if plan.together else ("watched",):
            assert said(process).strip() == moment
            cpu.append(server.cpu())
            there = server.memory() - memory
            go_on(process)
        found = json.loads(said(process))
    return Row(
        plan,
        [Seen(**one) for one in found["seen"]],
        cpu_loading=cpu[-2] - cpu[0],
        cpu=cpu[-1] - cpu[-2],
        cpu_viewers=found["cpu"],
        there=there / MB,
        left=(rested(server) - memory) / MB,
    )


def rested(server: Server) -> float:
    """Return the memory that is held when Streamlit has dropped the sessions of those who left.

    It drops them when the next viewer leaves, and the one after that finds the garbage.
    """
    for _ in range(2):
        time.sleep(KEPT_SECONDS)
        with arriving(Plan(server.url, 1, 0, together=False, epochs=10)) as process:
            said(process)
            go_on(process)
            said(process)
    return server.memory()


def measured(viewers: int, *, together: bool = True) -> Row:
    """Measure one row on a server of its own, which a small class has warmed up.

    A class that is larger than any before it leaves memory behind, once: it stays in the allocator.
    What would go on growing is what a class of the same size leaves after it.
    """
    kept = str(KEPT_SECONDS - 1)
    with serving("app.py", STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL=kept) as server:
        crowd(server, Plan(server.url, WARMING, 1, together=True, epochs=10))
        row = crowd(server, Plan(server.url, viewers, ARRIVING_SECONDS, together))
        again = crowd(server, Plan(server.url, viewers, ARRIVING_SECONDS, together, epochs=10))
        return replace(row, left_again=again.left)


def show(row: Row) -> None:
    """Print a row of the table."""
    viewers = row.plan.viewers
    spreads = [
        f"{statistics.median(row.of(name)):.2f} / {max(row.of(name)):.2f}"
        for name in ("loading", "first", "stalled", "total")
    ]
    cells = (
        f"{viewers}" if row.plan.together else f"{viewers} ¹",
        *spreads,
        f"{statistics.mean(row.of('pulls')):.1f}",
        f"{row.cpu_loading:.1f}" if row.plan.together else "",
        f"{row.cpu:.1f} = {viewers} × {row.cpu / viewers:.3f}",
        f"{row.there:.0f} = {viewers} × {row.there / viewers:.1f}",
        f"{row.left:.0f}, then {row.left_again:.0f}",
        f"{row.cpu_viewers:.1f}",
    )
    print("| " + " | ".join(cells) + " |", flush=True)


def main() -> bool:
    """Print the table as it comes; return whether up to a hundred viewers are well served."""
    print("Seconds, median / worst of the viewers; CPU in seconds, memory in MB\n")
    print("| viewers | " + " | ".join(COLUMNS) + " |")
    print("|--:" * (len(COLUMNS) + 1) + "|")
    rows: list[Row] = []
    for viewers in COUNTS:
        rows.append(measured(viewers))
        show(rows[-1])
    show(measured(100, together=False))
    print("\n¹ Each presses Train as soon as its own page stands, while others still load theirs:")
    print("the server's CPU for loading is in the next column.")
    print("\nWhat gives way, and where:")
    for row in rows:
        print(f"- {row.plan.viewers}: {'; '.join(row.missed()) or 'nothing'}")
    return not any(row.missed() for row in rows if row.plan.viewers <= CLASS)
