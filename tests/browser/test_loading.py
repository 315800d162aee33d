"""What loading the page fetches."""

from collections.abc import Callable

from playwright.sync_api import Page, Request, Route

from tests.browser.conftest import Open
from tests.browser.stage import NOTHING


def of_plotly(page: Page) -> Callable[[], list[str]]:
    """Return a function that gives the names under which plotly.js has come from the server."""
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - Playwright marks what it calls

    def names() -> list[str]:
        ours = [request for request in requests if "/plotly" in request.url]
        # What the browser has kept has no size.
        fetched = [request for request in ours if request.sizes()["responseBodySize"] > 0]
        return [request.url.rpartition("/")[2] for request in fetched]

    return names


def test_plotly_comes_packed_and_is_fetched_once_however_often_the_page_is_loaded(
    visit: Open,
) -> None:
    stage = visit()
    fetched = of_plotly(stage.page)
    stage.load(NOTHING)
    stage.load(NOTHING)
    stage.page.reload()
    stage.settled()
    assert fetched() == ["plotly.min.js.gz"]


def test_a_browser_that_cannot_unpack_fetches_plotly_as_it_is(visit: Open) -> None:
    stage = visit()
    stage.page.add_init_script("delete window.DecompressionStream")
    fetched = of_plotly(stage.page)
    stage.load(NOTHING)
    assert fetched()[-1] == "plotly.min.js"


def test_plotly_comes_as_it_is_where_the_packed_copy_is_lost(visit: Open) -> None:
    stage = visit()

    def damaged(route: Route) -> None:
        route.fulfill(body=b"no archive")

    stage.page.route("**/plotly.min.js.gz", damaged)
    stage.load(NOTHING)
