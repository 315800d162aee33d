"""Pages in a browser whose server may go away under them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PATIENCE_MS
from tests.browser.stage import Stage

Visit = Callable[[str], Stage]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open pages of any server, each as of a viewer of its own.

    A browser complains of each request that a server does not answer, and so may these.
    """
    contexts = []

    def open_page(url: str) -> Stage:
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return Stage(page, url)

    yield open_page
    for context in contexts:
        context.close()
