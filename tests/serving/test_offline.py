"""A server that asks nobody outside, whatever arrives."""

import http.client
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tempfit.ui.frontend import ASSETS_URL
from tests.benchmark.browser import Server, serving

# Python runs a file of this name at start. It notes every outside host that is looked up or
# connected to, and is as slow about it as a name server that never answers.
SITECUSTOMIZE = """
import os, socket, time

LOCAL = {None, "", "localhost", "127.0.0.1", "::1", "::", "0.0.0.0"}
look_up, connect = socket.getaddrinfo, socket.socket.connect

def outside(host):
    if host not in LOCAL:
        with open(os.environ["OUTSIDE"], "a") as notes:
            print(host, file=notes)
        time.sleep(3)
        raise OSError("nobody answers")

def getaddrinfo(host, *rest, **named):
    outside(host)
    return look_up(host, *rest, **named)

class Socket(socket.socket):
    def connect(self, address):
        # A datagram socket sends nothing when it is connected.
        if isinstance(address, tuple) and self.type == socket.SOCK_STREAM:
            outside(address[0])
        return connect(self, address)

socket.getaddrinfo, socket.socket = getaddrinfo, Socket
"""


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the hosts are noted that the server has asked."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "sitecustomize.py").write_text(SITECUSTOMIZE)
    return folder / "hosts"


@pytest.fixture(scope="module")
def server(outside: Path) -> Iterator[Server]:
    """Run the page where every question to the outside is noted."""
    with serving("app.py", PYTHONPATH=str(outside.parent), OUTSIDE=str(outside)) as server:
        yield server


def knock(server: Server, origin: str) -> tuple[int, float]:
    """Ask for a websocket as a page of this origin; return the status, and after how long."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    headers = {
        "Origin": origin,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Protocol": "streamlit",
    }
    connection.request("GET", "/_stcore/stream", headers=headers)
    status = connection.getresponse().status
    connection.close()
    return status, time.perf_counter() - began


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://192.0.2.1:8501"])
def test_a_page_of_another_origin_is_refused_at_once_and_nobody_is_asked(
    server: Server, outside: Path, origin: str
) -> None:
    status, seconds = knock(server, origin)
    assert not outside.exists(), outside.read_text()
    assert status == 403
    assert seconds < 1


def test_what_is_asked_of_the_outside_would_be_noted(outside: Path) -> None:
    question = (
        "import socket\ntry: socket.create_connection(('192.0.2.1', 80))\nexcept OSError: pass"
    )
    notes = outside.with_name("asked")
    environment = os.environ | {"PYTHONPATH": str(outside.parent), "OUTSIDE": str(notes)}
    subprocess.run([sys.executable, "-c", question], env=environment, check=True)
    assert "192.0.2.1" in notes.read_text()


def test_the_page_itself_is_let_in(server: Server) -> None:
    assert knock(server, server.url.rstrip("/"))[0] == 101


def test_no_other_site_may_steer_the_page(server: Server) -> None:
    address = f"{server.url}_stcore/host-config"
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - http, on this computer
        assert json.load(answer)["allowedOrigins"] == []


@pytest.mark.parametrize("climb", ["../", "..%2f", "%2e%2e/", "..%5c", "....//", "%252e%252e%252f"])
@pytest.mark.parametrize("start", ["component/tempfit.ui.frontend.", "static/", "media/", "app/"])
def test_no_path_climbs_out_of_the_folders_that_are_served(
    server: Server, start: str, climb: str
) -> None:
    assets = ASSETS_URL.split("/")[1].removeprefix("tempfit.ui.frontend.")
    folder = f"{start}{assets}/" if start.startswith("component") else start
    for target in ("etc/passwd", "app.py", "requirements.txt"):
        address = urlsplit(server.url)
        connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=10)
        connection.request("GET", f"/{folder}{climb * 8}{target}")
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert b"root:" not in content
        assert b"import streamlit" not in content
        assert b"torch==" not in content
