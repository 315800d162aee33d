"""Connections lost, and a server asleep, in the middle of a run, for as long as they may be.

The tests try the same for seconds. Here sessions are kept for as long as Streamlit keeps them, two
minutes, and a page that was cut off for longer has to say that it begins anew.
"""

import contextlib
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tempfit.training.experiment import Experiment
from tempfit.ui.connection import LOST
from tests.benchmark.browser import Server, chromium, serving
from tests.browser.stage import Stage
from tests.serving.wire import Wire, wired

RUN = Experiment(epochs=5000, learning_rate=2e-2, compare=(1e-2,))
KEPT_SECONDS = 120
PATIENCE_MS = 120_000

Fault = Callable[[Server, Wire], AbstractContextManager[None]]


@contextlib.contextmanager
def asleep(server: Server, _: Wire) -> Iterator[None]:
    """Stop the server's process, until the block ends."""
    os.kill(server.pid, signal.SIGSTOP)
    yield
    os.kill(server.pid, signal.SIGCONT)


def cut(_: Server, wire: Wire) -> AbstractContextManager[None]:
    return wire.cut()


def dead(_: Server, wire: Wire) -> AbstractContextManager[None]:
    return wire.dead()


FAULTS: tuple[tuple[str, Fault, int], ...] = (
    ("connection broken", cut, 5),
    ("connection broken", cut, 30),
    ("connection broken", cut, 130),
    ("network out of reach", dead, 5),
    ("network out of reach", dead, 30),
    ("network out of reach", dead, 130),
    ("server asleep", asleep, 20),
)


def tried(browser: Browser, fault: Fault, seconds: int) -> tuple[float, bool, int]:
    """Return how long a page needs to its end, whether it says something is lost, and the lines.

    These are the server's on the terminal.
    """
    with contextlib.ExitStack() as stack:
        log = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "terminal"
        server = stack.enter_context(serving("app.py", log=log))
        wire = stack.enter_context(wired(urlsplit(server.url).port or 0))
        context = stack.enter_context(browser.new_context(viewport={"width": 1280, "height": 720}))
        stage = Stage(context.new_page(), wire.url)
        stage.page.set_default_timeout(PATIENCE_MS)
        stage.load(RUN)
        stage.train()
        stage.reach(20)
        before = log.read_text()
        with fault(server, wire):
            time.sleep(seconds)
        began = time.perf_counter()
        stage.page.locator("[data-state=finished]").wait_for()
        took = time.perf_counter() - began
        stage.assert_shows(RUN, RUN.epochs)
        said = log.read_text().removeprefix(before)
        return took, stage.page.get_by_text(LOST).count() > 0, said.count("\n")


def main() -> bool:
    """Print the table; return whether every page came to its end, and said no less and no more."""
    print("| in mid-run | for | then to the end | says that something was lost | terminal |")
    print("|---|--:|--:|---|--:|")
    good = True
    with chromium() as browser:
        for name, fault, seconds in FAULTS:
            took, lost, lines = tried(browser, fault, seconds)
            good = good and lines <= 1 and lost <= (seconds > KEPT_SECONDS)
            said = "yes" if lost else "no"
            print(f"| {name} | {seconds} s | {took:.1f} s | {said} | {lines} lines |", flush=True)
    return good
