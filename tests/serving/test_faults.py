"""Networks that fail, computers that sleep, and viewers who leave, all in the middle of a run."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tempfit.training.experiment import Experiment
from tempfit.ui.connection import LOST
from tempfit.ui.memory import SECONDS_APART
from tests.benchmark.browser import Server, serving
from tests.benchmark.viewers_socket import Viewer, visiting
from tests.browser.readings import drop, has_readings
from tests.browser.stage import Stage
from tests.serving.aside import done
from tests.serving.conftest import Visit
from tests.serving.wire import Wire, wired

RUN = Experiment(epochs=5000, learning_rate=2e-2, compare=(1e-2,))
ENDLESS = "epochs=1000000&lr=0.01&compare=0.02&compare=0.001"
MB = 2**20
FILE_MB = 24
ROWS = 400  # as many as are drawn
KEPT_SECONDS = 2  # how long a session outlives its connection; by default 120


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults") / "terminal"


@pytest.fixture(scope="module")
def server(terminal: Path) -> Iterator[Server]:
    kept = str(KEPT_SECONDS)
    with serving("app.py", log=terminal, STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL=kept) as server:
        yield server


@pytest.fixture(autouse=True)
def _quiet(server: Server, terminal: Path) -> Iterator[None]:
    """Check that the server says at most one line of what happens."""
    assert server.pid
    before = terminal.read_text()
    yield
    said = terminal.read_text().removeprefix(before)
    assert said.count("\n") <= 1, said


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    port = urlsplit(server.url).port
    assert port
    with wired(port) as wire:
        yield wire


def in_mid_run(visit: Visit, url: str) -> Stage:
    """Return a page that is playing and has not all it is going to show."""
    stage = visit(url)
    stage.load(RUN)
    stage.train("Normal")  # at "Fast", the first answer holds the whole run
    stage.reach(3)
    assert stage.page.locator(".tempfit-progress").inner_text() != f"Trained to {RUN.epochs:,}"
    return stage


def comes_to_the_end(stage: Stage, *, lost: bool) -> None:
    """Check that the page plays to the end by itself, and says that something was lost if so."""
    stage.is_at_the_end(RUN)
    stage.assert_shows(RUN, RUN.epochs)
    alerts = stage.page.get_by_test_id("stAlert")
    if lost:
        expect(alerts).to_contain_text(LOST)
    else:
        expect(alerts).to_have_count(0)


def test_a_network_out_of_reach_for_a_while_costs_nothing_but_time(
    visit: Visit, wire: Wire
) -> None:
    stage = in_mid_run(visit, wire.url)
    with wire.dead():
        time.sleep(5)
    comes_to_the_end(stage, lost=False)


def test_a_connection_that_breaks_is_made_again(visit: Visit, wire: Wire) -> None:
    stage = in_mid_run(visit, wire.url)
    with wire.cut():
        time.sleep(0.5)
    comes_to_the_end(stage, lost=False)


def test_a_connection_that_was_lost_for_longer_than_its_session_is_kept_goes_on(
    visit: Visit, wire: Wire
) -> None:
    stage = in_mid_run(visit, wire.url)
    with wire.cut():
        time.sleep(KEPT_SECONDS + 1)
    comes_to_the_end(stage, lost=True)


def test_an_idle_page_whose_session_went_with_its_connection_trains(
    visit: Visit, wire: Wire
) -> None:
    stage = visit(wire.url)
    stage.load(RUN)
    with wire.cut():
        time.sleep(KEPT_SECONDS + 1)
    stage.train()
    comes_to_the_end(stage, lost=True)


def test_a_server_that_slept_goes_on(visit: Visit, server: Server) -> None:
    stage = in_mid_run(visit, server.url)
    os.kill(server.pid, signal.SIGSTOP)
    time.sleep(8)
    os.kill(server.pid, signal.SIGCONT)
    comes_to_the_end(stage, lost=False)


def test_a_page_is_loaded_anew_ten_times_in_a_row(visit: Visit, server: Server) -> None:
    stage = in_mid_run(visit, server.url)
    for _ in range(10):
        stage.page.reload(wait_until="domcontentloaded")
    stage.load(RUN)
    stage.train()
    comes_to_the_end(stage, lost=False)


async def stage_of_each_run(viewer: Viewer) -> list[bool]:
    """Return whether each run of the whole page mounted the stage, where a pull is close behind.

    Streamlit may take the two requests for one, and run the part that pulls alone.
    """
    await viewer.open(ENDLESS)
    mounted: list[bool] = []
    for until in range(100, 4100, 100):
        await viewer.run(ENDLESS)
        await train(viewer, until)
        stage = False
        while (forward := await viewer.receive()).WhichOneof("type") != "script_finished":
            stage |= '"setup"' in forward.delta.new_element.bidi_component.json
        if forward.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            mounted.append(stage)
    return mounted


def test_a_pull_right_behind_a_run_of_the_whole_page_leaves_the_stage_on_it(
    server: Server,
) -> None:
    async def watch() -> list[bool]:
        async with asyncio.timeout(60), visiting(server.url) as viewer:
            return await stage_of_each_run(viewer)

    mounted = done(watch())
    assert len(mounted) >= 10
    assert all(mounted)


async def train(viewer: Viewer, until: int) -> None:
    """Ask for training as the stage does at its fastest."""
    pull = {"number": 1, "experiment": viewer.stage.data["experiment"], "after": 0}
    await viewer.tell("pull", pull | {"until": until})


def test_when_ten_viewers_leave_in_mid_run_the_server_is_at_rest_within_a_second(
    server: Server,
) -> None:
    async def watch() -> float:
        async with AsyncExitStack() as stack:
            for _ in range(10):
                viewer = await stack.enter_async_context(visiting(server.url))
                await viewer.open(ENDLESS)
                await train(viewer, 10**6)
            before = server.cpu()
            await asyncio.sleep(0.5)
            return server.cpu() - before

    busy = done(watch())
    time.sleep(1)  # what is promised
    before = server.cpu()
    time.sleep(0.5)
    assert server.cpu() - before < 0.05 < busy


async def visits(server: Server, count: int) -> None:
    for _ in range(count):
        async with visiting(server.url) as viewer:
            await viewer.open("")
            await train(viewer, 5000)
            await viewer.answer()


def rested(server: Server) -> int:
    """Return what is held when those who left are forgotten."""
    time.sleep(SECONDS_APART + KEPT_SECONDS)
    done(visits(server, 1))
    return server.memory()


def test_fifty_visits_leave_no_more_than_ten_megabytes(server: Server) -> None:
    done(visits(server, 10))
    before = rested(server)
    done(visits(server, 50))
    assert rested(server) - before <= 10 * MB


def test_four_uploads_come_back_when_their_viewers_have_left(
    visit: Visit, server: Server, tmp_path: Path
) -> None:
    def upload() -> None:
        stage = visit(server.url)
        stage.load("")
        drop(stage, file)
        has_readings(stage, ROWS)
        stage.page.context.close()

    file = tmp_path / "large.csv"
    remark = "x" * (FILE_MB * MB // ROWS)
    file.write_text("t,v,remark\n" + "".join(f"{i},{2 * i},{remark}\n" for i in range(ROWS)))
    upload()
    before = rested(server)
    for _ in range(4):
        upload()
    assert rested(server) - before <= 5 * FILE_MB * MB  # uncollected it is twice as much
