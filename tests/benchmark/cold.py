"""Time a cold start: from the command to the first controls on the page, and to a first Train.

Every round starts a server and opens the page in a browser that has not seen it. Beside it
stands what no start can be faster than if everything is imported first, and a page that does.
"""

import statistics
import subprocess
import sys
import time
from typing import Literal

from playwright.sync_api import Browser

from tests.benchmark.browser import ROOT, chromium, serving

Role = Literal["slider", "heading"]

ROUNDS = 5
IMPORTS = "import torch, streamlit, plotly, pandas"
PATIENCE_MS = 120_000


def importing() -> float:
    """Return how long the imports alone take in a new process, in seconds."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], cwd=ROOT, check=True)
    return time.perf_counter() - began


def start(browser: Browser, script: str, role: Role, name: str) -> list[float]:
    """Return the seconds from the command to an answering server, the controls, and Train."""
    with serving(script) as server:
        times = [time.perf_counter()]
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        page = context.new_page()
        page.goto(server.url, wait_until="commit")
        page.get_by_role(role, name=name).first.wait_for(timeout=PATIENCE_MS)
        times.append(time.perf_counter())
        page.get_by_role("button", name="Train", exact=True).click(trial=True, timeout=PATIENCE_MS)
        times.append(time.perf_counter())
        context.close()
    return [moment - server.started for moment in times]


def main() -> bool:
    """Print the table; there is no target to meet."""
    imports: list[float] = []
    pages: list[list[float]] = []
    peers: list[list[float]] = []
    with chromium() as browser:
        for _ in range(ROUNDS):
            imports.append(importing())
            pages.append(start(browser, "app.py", "slider", "Learning rate"))
            peers.append(
                start(browser, "tests/benchmark/peer_app.py", "heading", "Gradient descent")
            )

    print(f"Medians of {ROUNDS} rounds in turns, seconds from the command\n")
    print("| | server answers | first controls | Train can be clicked |")
    print("|---|--:|--:|--:|")
    for name, rounds in (("tempfit", pages), ("a page that imports it all first", peers)):
        medians = [statistics.median(moments) for moments in zip(*rounds, strict=True)]
        print(f"| {name} | " + " | ".join(f"{median:.1f}" for median in medians) + " |")
    print(f'| `python -c "{IMPORTS}"` | | | {statistics.median(imports):.1f} |')
    return True
