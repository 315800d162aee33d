"""What a page may not do is noticed: else the other tests would prove less than they say."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Guard


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        ("console.error('no')", "console error: no"),
        ("console.warn('no')", "console warning: no"),
        ("setTimeout(() => { throw new Error('no') })", "page error: no"),
        ("fetch('http://127.0.0.1:9/x').catch(() => {})", "request to another host"),
    ],
)
def test_an_error_a_warning_and_a_request_to_another_host_are_complaints(
    page: Page, script: str, complaint: str
) -> None:
    guard = Guard(page, "localhost:8501")
    page.evaluate(script)
    page.evaluate("new Promise((resolve) => setTimeout(resolve))")
    with pytest.raises(AssertionError, match=complaint):
        guard.check()
    guard.check()  # said once


def test_a_page_that_is_quiet_has_no_complaints(page: Page) -> None:
    guard = Guard(page, "localhost:8501")
    page.evaluate("console.log('fine')")
    page.set_content("<p>Fine</p>")
    guard.check()
