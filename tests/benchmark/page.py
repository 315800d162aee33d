"""Measure what a viewer sees while eight runs train, beside the obvious `st.plotly_chart` loop.

The same headless Chromium shows both, in turns, for several rounds. A script in the page looks
at every animation frame (sampler.js). The median of the rounds is judged, and the worst round
where not one slip is allowed.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any, cast
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, WebSocket

from tests.benchmark.browser import Server, chromium, serving
from tests.benchmark.page_table import Numbers, table

ROUNDS = 5
EPOCHS = 5000
RATES = (1e-2, 1e-3, 2e-3, 5e-3, 2e-2, 3e-2, 3.4e-2, 3.6e-2)
IDLE_SECONDS = 2.0
CHARTS = 2  # the fitted line and the loss
SAMPLER = (Path(__file__).parent / "sampler.js").read_text()


@dataclass
class Wire:
    """What went over a page's websockets, and what its console said."""

    received: int = 0
    sent: int = 0
    messages: int = 0
    complaints: int = 0

    def watch(self, page: Page) -> None:
        """Count from now on."""

        def receive(payload: str | bytes) -> None:
            self.received += len(payload)
            self.messages += 1

        def send(payload: str | bytes) -> None:
            self.sent += len(payload)

        def websocket(socket: WebSocket) -> None:
            socket.on("framereceived", receive)
            socket.on("framesent", send)

        def complain(text: str) -> None:
            self.complaints += 1
            print(f"In the console: {text}", flush=True)

        page.on("websocket", websocket)
        page.on("console", lambda m: complain(m.text) if m.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complain(str(error)))


@dataclass(frozen=True)
class Contender:
    """One column of the table: a page, and the script that tells when its show is over."""

    name: str
    server: Server
    query: str
    ended: str
    clock: Path | None = None
    layout: str | None = None  # how the runs are shown, if not as the page opens
    charts: int = CHARTS

    def spent(self) -> Numbers:
        """Return the seconds of CPU that the server used so far, and where it says what for."""
        told = json.loads(self.clock.read_text()) if self.clock else {}
        return {"cpu": self.server.cpu(), **told}


def seen(report: dict[str, Any], idle: float, charts: int) -> Numbers:
    """Return what the frames of one show amount to, if so many charts belong on the page."""
    frames, clicked = report["frames"], report["clicked"]
    # The page shows its charts from the start, the peer when it gets to it.
    first = next(i for i, frame in enumerate(frames) if frame["charts"] >= charts)
    # What comes to rest after the last epoch is another picture of the same.
    last = frames[-1]["epoch"]
    over = next(i for i, frame in enumerate(frames) if frame["epoch"] == last)
    painted = frames[first:] if last is None else frames[first : over + 1]
    # The curves tell one picture from the next: they move between two epochs, too.
    moving = [
        frame["at"]
        for before, frame in pairwise(painted)
        if frame["picture"] != before["picture"] and frame["charts"] >= charts
    ]
    if first > 0:
        moving.insert(0, painted[0]["at"])
    length = (moving[-1] - moving[0]) / 1000
    rate = (len(moving) - 1) / length if length else 0.0
    return {
        "idle": idle,
        "first": (moving[0] - clicked) / 1000,
        "seconds": length,
        "frames": len(moving),
        "pictures": len({frame["picture"] for frame in painted if frame["charts"] >= charts}),
        "rate": rate,
        "share": rate / idle,
        "gap": max((later - earlier for earlier, later in pairwise(moving)), default=0.0),
        "blank": sum(frame["charts"] < charts for frame in painted),
        "remounts": painted[-1]["mounted"] - painted[0]["mounted"],
    }


def frame_rate(page: Page) -> float:
    """Return the animation frames per second of a page at rest."""
    page.evaluate("sampler.start()")
    page.wait_for_timeout(1000 * IDLE_SECONDS)
    times = [frame["at"] for frame in page.evaluate("sampler.stop()")["frames"]]
    return 1000 * (len(times) - 1) / (times[-1] - times[0])


def browser_cpu(browser: Browser) -> float:
    """Return the seconds of CPU that all processes of the browser have used so far."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return cast("float", sum(process["cpuTime"] for process in processes))


def show(browser: Browser, contender: Contender) -> Numbers:
    """Open the page, press Train, watch to the end, and return what was measured."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    context.add_init_script(SAMPLER)
    page = context.new_page()
    wire = Wire()
    wire.watch(page)
    page.goto(contender.server.url + contender.query)
    train = page.get_by_role("button", name="Train", exact=True)
    train.wait_for(timeout=60_000)
    if contender.layout:
        runs = page.get_by_role("combobox", name="Runs", exact=True)
        runs.select_option(contender.layout)
    page.wait_for_timeout(1500)
    opened = wire.received
    resting = contender.server.cpu()
    idle = frame_rate(page)
    resting = (contender.server.cpu() - resting) / IDLE_SECONDS

    received, sent, messages = wire.received, wire.sent, wire.messages
    began, before, drawing = perf_counter(), contender.spent(), browser_cpu(browser)
    page.evaluate("sampler.start()")
    train.click()
    page.wait_for_function(contender.ended, polling=200, timeout=120_000)
    drawing = browser_cpu(browser) - drawing
    page.wait_for_timeout(1000)  # what comes to rest is watched, too
    numbers = seen(page.evaluate("sampler.stop()"), idle, contender.charts)
    spent = {name: value - before[name] for name, value in contender.spent().items()}
    spent["resting"] = resting * (perf_counter() - began)
    numbers |= {
        "drawing": 1000 * drawing / numbers["frames"],
        "opened": opened / 1000,
        "bytes": (wire.received - received + wire.sent - sent) / 1000,
        "messages": wire.messages - messages,
        "resting": 1000 * resting,
        "cpu": 1000 * spent["cpu"],
        "complaints": wire.complaints,
    }
    context.close()
    return numbers | a_pull(spent)


def a_pull(spent: Numbers) -> Numbers:
    """Return what the server's clocks say, where it has some, in ms."""
    if "pulls" not in spent:
        return {}
    pulls, training = spent["pulls"], spent["training"]
    beyond = spent["cpu"] - training - spent["resting"]
    return {
        "pulls": pulls,
        "training": 1000 * training,
        "overhead": 1000 * beyond / pulls,
        "answer": 1000 * (spent["answer"] - training) / pulls,
        "standing": 1000 * spent["standing"] / pulls,
    }


@contextmanager
def contenders() -> Iterator[list[Contender]]:
    """Start the servers of all pages."""
    page = urlencode({"epochs": EPOCHS, "lr": RATES[0], "compare": RATES[1:]}, doseq=True)
    peer = urlencode({"rate": RATES}, doseq=True)
    four = f"{page}&charts=surface&charts=map"
    beside = f"epochs=100&standardize=1&keep={RATES[0]},1,0,1,0&charts=surface"
    wild = urlencode({"epochs": 100, "scale": 1, "lr": RATES[0], "compare": RATES[1:]}, doseq=True)
    with tempfile.TemporaryDirectory() as folder:
        clock = Path(folder) / "clock.json"
        with (
            serving("tests/benchmark/clocked_app.py", TEMPFIT_CLOCK=str(clock)) as ours,
            serving("tests/benchmark/peer_app.py") as theirs,
        ):
            at_end, wild_end = (
                f"document.querySelector('[data-testid=epoch]').textContent === '{epochs}'"
                for epochs in (EPOCHS, 100)
            )
            titled = f"title => title.textContent.endsWith('epoch {EPOCHS}')"
            both = f"[...document.querySelectorAll('.gtitle')].filter({titled}).length === {CHARTS}"
            yield [
                Contender("tempfit", ours, f"?{page}", at_end, clock),
                Contender(
                    "… in eight panels",
                    ours,
                    f"?{page}",
                    at_end,
                    clock,
                    "side by side",
                    2 * len(RATES),
                ),
                Contender("… with all four charts", ours, f"?{four}", at_end, clock, charts=4),
                Contender("… raw beside scaled", ours, f"?{beside}", wild_end, clock, charts=4),
                Contender("… exploding", ours, f"?{wild}", wild_end, clock),
                Contender("`st.plotly_chart` in a loop", theirs, f"?{peer}", both),
                Contender("… with pauses of 50 ms", theirs, f"?{peer}&pause=0.05", both),
            ]


def main() -> bool:
    """Print the table, and return whether every target was met."""
    busy = os.getloadavg()[0]
    with contenders() as pages, chromium() as browser:
        rounds: list[list[Numbers]] = [[] for _ in pages]
        for number in range(ROUNDS + 1):
            for page, numbers in zip(pages, rounds, strict=True):
                measured = show(browser, page)
                if number > 0:  # the first warms servers and browser up
                    numbers.append(measured)
        version = browser.version
    print(
        f"{EPOCHS} epochs × {len(RATES)} runs, {ROUNDS} rounds in turns, medians; Chromium "
        f"{version}, headless, 1280 × 720; {os.cpu_count()} cores, load before: {busy:.1f}\n"
    )
    return table({page.name: page.clock is not None for page in pages}, rounds)
