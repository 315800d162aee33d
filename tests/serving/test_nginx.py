"""Two replicas behind nginx, with the documentation's configuration as it stands but for ports."""

import http.client
import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from tempfit.training.experiment import Experiment
from tempfit.ui.connection import LOST
from tests.benchmark.browser import ROOT, free_port
from tests.benchmark.viewers_socket import visiting
from tests.browser.conftest import PATIENCE_MS, Guard
from tests.browser.readings import drop, has_readings
from tests.browser.stage import Stage
from tests.serving.aside import done
from tests.serving.mortal import Mortal

CONFIGURATION = ROOT / "docs" / "nginx.conf"
PORTS = re.compile(r"(?<=listen )\d+|(?<=server 127\.0\.0\.1:)\d+")
RUN = Experiment(epochs=5000, learning_rate=2e-2, compare=(1e-2,))


@dataclass(frozen=True)
class Site:
    """The address that viewers use, and the replicas behind it."""

    host: str
    replicas: list[Mortal]

    @property
    def url(self) -> str:
        return f"http://{self.host}/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Start the replicas that the configuration names, and nginx before them."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        pytest.fail("The configuration is tested in nginx: install it.", pytrace=False)
    folder = tmp_path_factory.mktemp("nginx")
    # Free ports: the tests may run twice at the same time.
    ports = iter(ours := [free_port() for _ in range(3)])
    text = PORTS.sub(lambda _: str(next(ports)), CONFIGURATION.read_text())
    assert not list(ports), "it names two replicas, and a port of its own after them"
    (folder / "nginx.conf").write_text(text)
    *inner, outer = ours
    terminal = "daemon off; pid nginx.pid; error_log stderr;"
    command = [nginx, "-p", str(folder), "-c", "nginx.conf", "-g", terminal]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log)
    replicas = [Mortal(port) for port in inner]
    assert process.poll() is None, (folder / "log").read_text()
    yield Site(f"localhost:{outer}", replicas)
    process.terminate()
    process.wait()
    for replica in replicas:
        replica.life.close()


def get(site: Site, path: str, **headers: str) -> http.client.HTTPResponse:
    """Return what is answered through nginx, read to its end."""
    connection = http.client.HTTPConnection(site.host, timeout=30)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


def sessions(replica: Mortal) -> int:
    """Return how many viewers a replica has now."""
    address = f"{replica.server.url}_stcore/metrics?families=active_sessions"
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - http, on this computer
        found = re.search(r"^active_sessions\S* (\d+)", answer.read().decode(), re.MULTILINE)
    assert found
    return int(found[1])


class TestHeaders:
    def test_a_page_may_load_nothing_from_elsewhere_and_stand_in_no_other_site(
        self, site: Site
    ) -> None:
        headers = get(site, "/").headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-cache"

    def test_what_has_its_version_in_its_name_is_kept_by_browsers(self, site: Site) -> None:
        plotly = done(the_stage(site))["setup"]["plotly"]
        cookie = {"Cookie": "tempfit=one"}
        kept = get(site, f"/{plotly}", **cookie, **{"Accept-Encoding": "gzip"})
        assert kept.status == 200
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert kept.headers["Content-Encoding"] == "gzip"
        packed = get(site, f"/{plotly}.gz", **cookie, **{"Accept-Encoding": "gzip"})
        assert packed.headers["Cache-Control"] == kept.headers["Cache-Control"]
        assert packed.headers["Content-Encoding"] is None
        gone = get(site, "/component/tempfit.ui.frontend.plotly-0.0.0/plotly.min.js", **cookie)
        assert gone.status == 404
        assert gone.headers["Cache-Control"] is None

    def test_its_health_is_told_and_its_insides_are_not(self, site: Site) -> None:
        assert get(site, "/_stcore/health").status == 200
        assert get(site, "/_stcore/metrics").status == 404

    @pytest.mark.parametrize(("megabytes", "status"), [(102, 413), (1, 403)])
    def test_an_upload_is_refused_for_its_size_before_it_is_sent(
        self, site: Site, megabytes: int, status: int
    ) -> None:
        connection = http.client.HTTPConnection(site.host, timeout=30)
        connection.putrequest("PUT", "/_stcore/upload_file/session/file")
        connection.putheader("Content-Length", str(megabytes * 2**20))
        connection.endheaders()
        if status != 413:
            connection.send(bytes(megabytes * 2**20))
        assert connection.getresponse().status == status
        connection.close()


async def the_stage(site: Site) -> dict[str, dict[str, str]]:
    """Return what the stage is given, as the viewer whose cookie says "one"."""
    async with visiting(site.url, Cookie="tempfit=one") as viewer:
        return (await viewer.open("")).data


def test_viewers_come_to_both_replicas_and_each_stays_with_its_own(site: Site) -> None:
    async def come() -> list[int]:
        async with AsyncExitStack() as stack:
            for _ in range(12):
                await stack.enter_async_context(visiting(site.url))
            return [sessions(replica) for replica in site.replicas]

    async def stay() -> list[int]:
        async with AsyncExitStack() as stack:
            for _ in range(6):
                stay = visiting(site.url, Cookie="tempfit=another")
                await stack.enter_async_context(stay)
            return [sessions(replica) for replica in site.replicas]

    assert min(done(come())) > 0
    assert sorted(done(stay())) == [0, 6]


def test_a_page_does_all_it_can_under_what_the_headers_forbid(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    guard = Guard(page, site.host)
    page.set_default_timeout(PATIENCE_MS)
    stage = Stage(page, site.url)
    stage.load(RUN)
    page.get_by_label("Map").check()
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    drop(stage, b"t,u\n1,2\n2,3\n3,7\n4,9\n", "mine.csv")
    has_readings(stage, 4)
    stage.train("Maximum")
    stage.reach(10)
    guard.check()
    context.close()


def test_when_a_replica_dies_in_mid_run_its_viewer_goes_on_and_the_other_notices_nothing(
    browser: Browser, site: Site
) -> None:
    contexts = []
    stages: dict[int, Stage] = {}  # by how many viewers the first replica has more
    while len(stages) < 2:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 720}))
        page = contexts[-1].new_page()
        guard = Guard(page, site.host)
        page.set_default_timeout(PATIENCE_MS)
        stage = Stage(page, site.url)
        before = sessions(site.replicas[0])
        stage.load(RUN)
        guard.check()  # of what the headers forbid, a browser complains
        stages.setdefault(sessions(site.replicas[0]) - before, stage)
    lost, other = stages[1], stages[0]
    for stage in (lost, other):
        stage.train()
    for stage in (lost, other):
        stage.reach(50)
    site.replicas[0].die()
    expect(lost.page.get_by_test_id("stAlert")).to_contain_text(LOST)
    for stage in (lost, other):
        stage.is_at_the_end(RUN)
        stage.assert_shows(RUN, RUN.epochs)
    assert other.page.get_by_test_id("stAlert").count() == 0
    for context in contexts:
        context.close()
    site.replicas[0].start()
