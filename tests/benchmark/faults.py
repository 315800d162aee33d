"""Connections lost, servers asleep and killed, in the middle of a run, and a page that is hurried.

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

from playwright.sync_api import Browser

from tempfit.training.experiment import Experiment
from tempfit.ui.connection import LOST
from tests.benchmark.browser import chromium, serving
from tests.benchmark.largest import LARGEST
from tests.browser.stage import Stage
from tests.serving.mortal import Mortal, reported
from tests.serving.wire import Wire, wired

RUN = Experiment(epochs=20_000, learning_rate=2e-2, compare=(1e-2,))
KEPT_SECONDS = 120
GOES_ON_SECONDS = 7
PATIENCE_MS = 120_000
HURRIED_SECONDS = 180
MOMENT_MS = 2000  # in which a stage may be replaced by one in another language

Fault = Callable[[Mortal, Wire], AbstractContextManager[None]]


@contextlib.contextmanager
def asleep(mortal: Mortal, _: Wire) -> Iterator[None]:
    """Stop the server's process, until the block ends."""
    os.kill(mortal.server.pid, signal.SIGSTOP)
    yield
    os.kill(mortal.server.pid, signal.SIGCONT)


@contextlib.contextmanager
def killed(mortal: Mortal, _: Wire) -> Iterator[None]:
    """Kill the server, and start it again when the block ends."""
    mortal.die()
    yield
    mortal.start()


def cut(_: Mortal, wire: Wire) -> AbstractContextManager[None]:
    return wire.cut()


def dead(_: Mortal, wire: Wire) -> AbstractContextManager[None]:
    return wire.dead()


FAULTS: tuple[tuple[str, Fault, int], ...] = (
    ("server killed", killed, 0),
    ("connection broken", cut, 5),
    ("connection broken", cut, 30),
    ("connection broken", cut, 135),
    ("network out of reach", dead, 5),
    ("network out of reach", dead, 30),
    ("network out of reach", dead, 135),
    ("server asleep", asleep, 20),
)


def tried(browser: Browser, fault: Fault, seconds: int) -> tuple[float, float, bool, str]:
    """Return how long a page needs to go on and to its end, whether it says something is lost.

    And what the server says on the terminal meanwhile.
    """
    with contextlib.ExitStack() as stack:
        log = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "terminal"
        mortal = Mortal(log=log)
        stack.enter_context(mortal.life)
        wire = stack.enter_context(wired(mortal.port))
        context = stack.enter_context(browser.new_context(viewport={"width": 1280, "height": 720}))
        stage = Stage(context.new_page(), wire.url)
        stage.page.set_default_timeout(PATIENCE_MS)
        stage.load(RUN)
        stage.train("Normal")
        stage.reach(20)
        before = log.read_text()
        with fault(mortal, wire):
            time.sleep(seconds)
        stood, began = stage.epoch, time.perf_counter()
        stage.reach(stood + 1)
        went_on = time.perf_counter() - began
        stage.page.locator("[data-state=finished]").wait_for()
        took = time.perf_counter() - began
        stage.assert_shows(RUN, RUN.epochs)
        said = log.read_text().removeprefix(before)
        return went_on, took, stage.page.get_by_text(LOST).count() > 0, said


# Click on the further charts and on the other language at any moments, and note in every frame
# whether the stage is there: its longest absence, in ms.
HURRY = """seconds => new Promise((resolve) => {
  const noted = { clicks: 0, gone: 0 };
  const end = performance.now() + 1000 * seconds;
  let here = performance.now();
  const click = () => {
    const all = document.querySelectorAll(
      "[data-choice=map], [data-choice=surface], [class*=st-key-language_] button");
    all[Math.floor(all.length * Math.random())]?.click();
    noted.clicks++;
    setTimeout(click, 30 + 600 * Math.random());
  };
  const look = (now) => {
    const stage = document.querySelector(".tempfit-stage .js-plotly-plot .main-svg");
    if (stage?.checkVisibility()) here = now;
    noted.gone = Math.max(noted.gone, now - here);
    if (now < end) requestAnimationFrame(look);
    else resolve(noted);
  };
  click();
  requestAnimationFrame(look);
})"""


def hurried(browser: Browser) -> tuple[int, float]:
    """Hurry a page that trains the largest experiment; return the clicks, and the longest absence.

    That is of the stage, in ms.
    """
    with serving("app.py") as server, browser.new_context() as context:
        stage = Stage(context.new_page(), server.url)
        stage.page.set_default_timeout(PATIENCE_MS)
        stage.load(LARGEST)
        stage.train("Maximum")
        stage.reach(1)
        noted = stage.page.evaluate(HURRY, HURRIED_SECONDS)
        return noted["clicks"], noted["gone"]


def main() -> bool:
    """Print the table; return whether every page came to its end, and said no less and no more."""
    print("| in mid-run | for | then it goes on | to the end | says something is lost | terminal |")
    print("|---|--:|--:|--:|---|--:|")
    good = True
    with chromium() as browser:
        for name, fault, seconds in FAULTS:
            went_on, took, lost, said = tried(browser, fault, seconds)
            over = fault is killed or seconds > KEPT_SECONDS
            lines = len(reported(said))
            good = good and lines <= 1 and lost <= over and went_on <= GOES_ON_SECONDS
            good = good and "Traceback" not in said
            cells = (f"{seconds} s", f"{went_on:.1f} s", f"{took:.1f} s", "yes" if lost else "no")
            print(f"| {name} | {' | '.join(cells)} | {lines} lines |", flush=True)
        clicks, gone = hurried(browser)
    print(f"\nHurried by {clicks} clicks, the stage was gone for {gone:.0f} ms at most.")
    return good and gone <= MOMENT_MS
