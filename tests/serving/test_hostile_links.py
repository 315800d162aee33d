"""Links that are made to do harm, as many as there are parameters and texts: each gets a page."""

import asyncio
from itertools import product
from pathlib import Path
from urllib.parse import quote

from tempfit.training.experiment import MAX_RUNS
from tests.benchmark.browser import serving
from tests.benchmark.viewers_socket import Stage, visiting
from tests.serving.aside import done
from tests.test_link import HOSTILE

NAMES = (
    *("epochs", "lr", "compare", "scale", "standardize", "w", "b", "keep", "change", "charts"),
    *("data", "readings", "slope", "noise", "outlier", "seed"),
    *("view", "lesson", "progress", "lang", "embed", "embed_options", "", "%00", "__proto__"),
)
LONGEST = 2000  # a browser's address bar takes more, and it says nothing new
# Every third: each name with ten of the texts. tests/ui/test_links.py follows all texts.
LINKS = [f"{name}={quote(text[:LONGEST])}" for name, text in product(NAMES, HOSTILE)][::3]
# A far step of the lesson is its summary, where there is no stage to wait for.
LOADED = [link for link in LINKS if not link.startswith("lesson=")][::4]


def assert_shows_runs(stage: Stage) -> None:
    assert 1 <= len(stage.data["setup"]["runs"]) <= MAX_RUNS


def test_every_hostile_link_is_followed_and_opened_and_the_terminal_says_nothing(
    tmp_path: Path,
) -> None:
    async def follow(url: str) -> None:
        async with visiting(url) as viewer:
            for link in LINKS:
                assert_shows_runs(await viewer.open(link))

    async def load(url: str) -> None:
        for link in LOADED:
            async with visiting(url) as viewer:
                assert_shows_runs(await viewer.open(link))

    async def both(url: str) -> None:
        await asyncio.gather(follow(url), load(url))

    log = tmp_path / "terminal"
    with serving("app.py", log=log) as server:
        before = log.read_text()
        done(both(server.url))
        assert log.read_text().removeprefix(before) == ""
    assert len(LINKS) >= 250
    assert len(LOADED) >= 60
