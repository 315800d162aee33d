"""The largest training that the controls allow, and what it costs those beside it.

One page plays 8 runs of 1,000,000 epochs at "Maximum". What counts is how soon Pause acts, and how
long another viewer waits for the answer to a pull.
"""

import asyncio
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Page

from tempfit.training.experiment import EPOCHS as LIMITS
from tempfit.training.experiment import Experiment
from tests.benchmark.browser import Server, chromium, serving
from tests.benchmark.viewers_socket import visiting
from tests.browser.stage import Stage

LARGEST = Experiment(int(LIMITS.high), 1e-2, (7e-3, 5e-3, 3e-3, 2e-3, 1e-3, 7e-4, 5e-4))
EPOCHS = 5000
PULLS = 10
PRESSES = 5

# From the moment of a click to the one at which the stage says that it is paused, in ms.
PAUSED = """() => new Promise((resolve) => {
  let pressed;
  addEventListener("click", (event) => { pressed = event.timeStamp; }, true);
  const state = document.querySelector("[data-state]");
  new MutationObserver(() => {
    if (state.dataset.state === "paused") resolve(performance.now() - pressed);
  }).observe(state, { attributes: true });
})"""


def pause(page: Page) -> float:
    """Press Pause on a page that plays; return after how long it acts, in seconds."""
    page.evaluate(f"() => {{ window.paused = ({PAUSED})(); }}")
    page.get_by_role("button", name="Pause", exact=True).click()
    milliseconds: float = page.evaluate("window.paused")
    return milliseconds / 1000


async def pulling(url: str) -> list[float]:
    """Return how long another viewer waits for each answer, in seconds."""
    async with visiting(url) as viewer:
        stage = await viewer.open(f"epochs={EPOCHS}&lr=0.013&compare=0.011")
        waited = []
        for number in range(PULLS):
            pull = {
                "number": number,
                "experiment": stage.data["experiment"],
                "after": EPOCHS * number // PULLS,
                "until": EPOCHS * (number + 1) // PULLS,
            }
            began = time.perf_counter()
            await viewer.tell("pull", pull)
            await viewer.answer()
            waited.append(time.perf_counter() - began)
            await asyncio.sleep(0.1)
        return waited


def waits(server: Server) -> list[float]:
    """Let another viewer pull while whatever is going on goes on."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, pulling(server.url)).result()


def main() -> bool:
    """Print the table; return whether Pause acts and others are answered as they should be."""
    print("| | median | worst |")
    print("|---|--:|--:|")

    def row(name: str, seconds: list[float]) -> float:
        median, worst = statistics.median(seconds), max(seconds)
        print(f"| {name}, ms | {1000 * median:.0f} | {1000 * worst:.0f} |", flush=True)
        return worst

    with serving("app.py") as server, chromium() as browser:
        stage = Stage(browser.new_page(), server.url)
        stage.load(LARGEST)
        row("another viewer's answer, alone", waits(server))
        stage.train("Maximum")
        stage.reach(1000)
        beside = row("… beside the largest training", waits(server))
        presses = []
        for _ in range(PRESSES):
            presses.append(pause(stage.page))
            stage.press("Train")
            stage.frames_pass(20)
        paused = row("Pause, to the moment it acts", presses)
    return paused <= 0.2 and beside <= 0.5
