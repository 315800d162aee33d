"""What .streamlit/config.toml promises: a quiet server that a classroom can reach, offline."""

import os
import socket
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
# Every address of this computer is served, so also this one, which stands in for the network's.
ADDRESS = "127.0.0.2"


@pytest.fixture(scope="module")
def outside() -> Iterator[socket.socket]:
    """Stand in for the internet: every request to another host knocks here."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        yield listener


@pytest.fixture(scope="module")
def port(outside: socket.socket) -> Iterator[int]:
    """Start the app without a display, and return its port once it answers."""
    with socket.create_server(("", 0)) as free:
        port = free.getsockname()[1]
    proxy = f"http://127.0.0.1:{outside.getsockname()[1]}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    options = ["--server.headless=true", f"--server.port={port}"]
    server = subprocess.Popen(
        [*command, *options],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"HTTP_PROXY": proxy, "HTTPS_PROXY": proxy, "NO_PROXY": "localhost"},
    )
    try:
        wait_for(f"http://localhost:{port}/_stcore/health")
        yield port
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{address} does not answer")


def names(settings: dict[str, object], section: str = "") -> set[str]:
    """Return the full names of the options, those of sections within sections too."""
    found: set[str] = set()
    for key, value in settings.items():
        found |= names(value, f"{section}{key}.") if isinstance(value, dict) else {section + key}
    return found


def test_streamlit_knows_every_option() -> None:
    assert "runner.postScriptGC" in names(SETTINGS)
    assert names(SETTINGS) <= {*config.get_config_options()}


def test_no_garbage_collection_follows_each_run_of_the_script() -> None:
    assert SETTINGS["runner"]["postScriptGC"] is False


def test_no_stack_trace_reaches_the_page() -> None:
    assert SETTINGS["client"]["showErrorDetails"] == "none"


def test_another_computer_can_open_the_page(port: int) -> None:
    host = f"{ADDRESS}:{port}"
    request = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection((ADDRESS, port), timeout=30) as connection:
        connection.sendall(request.encode())
        assert connection.recv(1000).startswith(b"HTTP/1.1 101 ")


def test_no_other_host_is_asked_for_anything(port: int, outside: socket.socket) -> None:
    wait_for(f"http://localhost:{port}/")
    with pytest.raises(BlockingIOError):
        outside.accept()
