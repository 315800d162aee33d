"""Two replicas behind nginx, with the configuration of the documentation as it stands."""

import http.client
import os
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest
from playwright.sync_api import Browser, expect

from tempfit.training.experiment import Experiment
from tempfit.ui.connection import LOST
from tests.benchmark.browser import ROOT
from tests.benchmark.viewers_socket import visiting
from tests.browser.conftest import PATIENCE_MS, Guard
from tests.browser.stage import Stage
from tests.browser.test_data import drop, has_readings
from tests.serving.aside import done
from tests.serving.mortal import Mortal

CONFIGURATION = ROOT / "docs" / "nginx.conf"
HOST = "localhost:8500"
RUN = Experiment(epochs=5000, learning_rate=2e-2, compare=(1e-2,))


@pytest.fixture(scope="module")
def replicas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Mortal]]:
    """Start the replicas that the configuration names, and nginx before them."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        pytest.fail("The configuration is tested in nginx: install it.", pytrace=False)
    ports = re.findall(r"server 127\.0\.0\.1:(\d+)", CONFIGURATION.read_text())
    assert len(ports) == 2
    folder = tmp_path_factory.mktemp("nginx")
    terminal = "daemon off; pid nginx.pid; error_log stderr;"
    command = [nginx, "-p", str(folder), "-c", str(CONFIGURATION), "-g", terminal]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stderr=log)
    started = [Mortal(int(port)) for port in ports]
    assert process.poll() is None, (folder / "log").read_text()
    yield started
    process.terminate()
    process.wait()
    for replica in started:
        replica.life.close()


def get(path: str, **headers: str) -> http.client.HTTPResponse:
    """Return what is answered through nginx, read to its end."""
    connection = http.client.HTTPConnection(HOST, timeout=30)
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


@pytest.mark.usefixtures("replicas")
class TestHeaders:
    def test_a_page_may_load_nothing_from_elsewhere_and_stand_in_no_other_site(self) -> None:
        headers = get("/").headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["Cache-Control"] == "no-cache"

    def test_what_has_its_version_in_its_name_is_kept_by_browsers(self) -> None:
        plotly = done(the_stage())["setup"]["plotly"]
        cookie = {"Cookie": "tempfit=one"}
        kept = get(f"/{plotly}", **cookie, **{"Accept-Encoding": "gzip"})
        assert kept.status == 200
        assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert kept.headers["Content-Encoding"] == "gzip"
        gone = get("/component/tempfit.ui.frontend.plotly-0.0.0/plotly.min.js", **cookie)
        assert gone.status == 404
        assert gone.headers["Cache-Control"] is None

    def test_its_health_is_told_and_its_insides_are_not(self) -> None:
        assert get("/_stcore/health").status == 200
        assert get("/_stcore/metrics").status == 404

    @pytest.mark.parametrize(("megabytes", "status"), [(102, 413), (1, 403)])
    def test_an_upload_is_refused_for_its_size_before_it_is_sent(
        self, megabytes: int, status: int
    ) -> None:
        connection = http.client.HTTPConnection(HOST, timeout=30)
        connection.putrequest("PUT", "/_stcore/upload_file/session/file")
        connection.putheader("Content-Length", str(megabytes * 2**20))
        connection.endheaders()
        if status != 413:
            connection.send(bytes(megabytes * 2**20))
        assert connection.getresponse().status == status
        connection.close()


async def the_stage() -> dict[str, dict[str, str]]:
    """Return what the stage is given, as the viewer whose cookie says "one"."""
    async with visiting(f"http://{HOST}/", Cookie="tempfit=one") as viewer:
        return (await viewer.open("")).data


def test_viewers_come_to_both_replicas_and_each_stays_with_its_own(
    replicas: list[Mortal],
) -> None:
    async def come() -> list[int]:
        async with AsyncExitStack() as stack:
            for _ in range(12):
                await stack.enter_async_context(visiting(f"http://{HOST}/"))
            return [sessions(replica) for replica in replicas]

    async def stay() -> list[int]:
        async with AsyncExitStack() as stack:
            for _ in range(6):
                stay = visiting(f"http://{HOST}/", Cookie="tempfit=another")
                await stack.enter_async_context(stay)
            return [sessions(replica) for replica in replicas]

    assert min(done(come())) > 0
    assert sorted(done(stay())) == [0, 6]


def test_a_page_does_all_it_can_under_what_the_headers_forbid(
    browser: Browser, replicas: list[Mortal]
) -> None:
    assert replicas
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    guard = Guard(page, HOST)
    page.set_default_timeout(PATIENCE_MS)
    stage = Stage(page, f"http://{HOST}/")
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
    browser: Browser, replicas: list[Mortal]
) -> None:
    contexts = []
    stages: dict[int, Stage] = {}  # by how many viewers the first replica has more
    while len(stages) < 2:
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 720}))
        page = contexts[-1].new_page()
        guard = Guard(page, HOST)
        page.set_default_timeout(PATIENCE_MS)
        stage = Stage(page, f"http://{HOST}/")
        before = sessions(replicas[0])
        stage.load(RUN)
        guard.check()  # of what the headers forbid, a browser complains
        stages.setdefault(sessions(replicas[0]) - before, stage)
    lost, other = stages[1], stages[0]
    for stage in (lost, other):
        stage.train()
    for stage in (lost, other):
        stage.reach(50)
    replicas[0].die()
    expect(lost.page.get_by_test_id("stAlert")).to_contain_text(LOST)
    for stage in (lost, other):
        stage.is_at_the_end(RUN)
        stage.assert_shows(RUN, RUN.epochs)
    assert other.page.get_by_test_id("stAlert").count() == 0
    for context in contexts:
        context.close()
    replicas[0].start()
