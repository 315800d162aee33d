"""A server of the page, the system's Chromium, and a page in it that may not complain."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from tempfit.words import ENGLISH, speak
from tests.benchmark.browser import Server, serving
from tests.browser.stage import NOTHING, Stage

# Two shared, busy cores: long enough that only what never happens fails.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Run the page as a user does."""
    with serving("app.py") as server:
        yield server


class Guard:
    """Hold what a page should not have done: errors, warnings, requests to other hosts."""

    def __init__(self, page: Page, host: str) -> None:
        self.host = host
        self.complaints: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in {"data", "blob"} and url.netloc != self.host:
            self.complaints.append(f"request to another host: {request.url}")

    def check(self) -> None:
        complaints, self.complaints = self.complaints, []
        assert complaints == []


Open = Callable[..., Stage]


@pytest.fixture
def speaking_chinese() -> Iterator[str]:
    """Speak Chinese, as the page does to a browser of the locale that is returned."""
    speak("zh")
    yield "zh-CN"
    speak(ENGLISH)


@contextmanager
def opening(browser: Browser, server: Server) -> Iterator[Open]:
    """Give a function that opens pages, each as of a viewer of its own, and check them all."""
    opened: list[tuple[Page, Guard]] = []

    def open_page(**options: object) -> Stage:
        size = {"width": 1280, "height": 720}
        context = browser.new_context(**({"viewport": size} | options))  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        opened.append((page, Guard(page, urlsplit(server.url).netloc)))
        return Stage(page, server.url)

    yield open_page
    for page, _ in opened:
        page.context.close()
    for _, guard in opened:
        guard.check()


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Open]:
    """Open new pages: for what depends on loading, on the window, or on several viewers."""
    with opening(browser, server) as open_page:
        yield open_page


class Kept:
    """Hold the page that tests hand on to each other, and open another if one has failed."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.browser, self.server = browser, server
        self.stage: Stage | None = None
        self.guard: Guard | None = None

    def open(self) -> tuple[Stage, Guard]:
        if self.stage is None or self.guard is None:
            context = self.browser.new_context(viewport={"width": 1280, "height": 720})
            page = context.new_page()
            page.set_default_timeout(PATIENCE_MS)
            self.guard = Guard(page, urlsplit(self.server.url).netloc)
            self.stage = Stage(page, self.server.url)
            self.stage.load(NOTHING)
        return self.stage, self.guard

    def close(self) -> None:
        if self.stage is not None:
            self.stage.page.context.close()
        self.stage = self.guard = None


@pytest.fixture(scope="session")
def kept(browser: Browser, server: Server) -> Iterator[Kept]:
    """Hold the page that is opened once: loading takes seconds, another experiment does not."""
    kept = Kept(browser, server)
    yield kept
    kept.close()


@contextmanager
def guarded(kept: Kept, session: pytest.Session) -> Iterator[Stage]:
    """Give the page as it opens; open another for the next if it complains or a test fails."""
    stage, guard = kept.open()
    failures = session.testsfailed
    try:
        stage.reset()
        yield stage
        guard.check()
    except BaseException:
        kept.close()
        raise
    if session.testsfailed > failures:
        kept.close()


@pytest.fixture
def stage(kept: Kept, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Give a loaded page, with an experiment that the test will replace by its own."""
    with guarded(kept, request.session) as stage:
        yield stage


@pytest.fixture(scope="class")
def stage_of_class(kept: Kept, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Give a loaded page to tests that look at one and the same training."""
    with guarded(kept, request.session) as stage:
        yield stage
