"""Settings for all tests, and the browser that those of the page share."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from tests.benchmark.browser import FLAGS

# The same examples every time, and in whatever time: a shared computer may be slow for a moment.
settings.register_profile(
    "tempfit",
    derandomize=True,
    deadline=None,
    max_examples=24,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("tempfit")

IN_REAL_TIME = ("browser", "serving")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give a test that runs in real time a second try: other programs may take its moment away.

    What is wrong is wrong twice; the report lists each test that needed its second try.
    """
    for item in items:
        if item.path.parent.name in IN_REAL_TIME:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; tests that were skipped for want of it would prove nothing."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.fail(
            "The page is tested in Chromium: install it, so that `chromium` starts it.",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
