"""A Streamlit server of a script in this repository, and a headless Chromium to look at it."""

import os
import resource
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process, and when that was started (perf_counter)."""

    url: str
    pid: int
    started: float

    def cpu(self) -> float:
        """Return the CPU time that all threads of the server have used so far, in seconds."""
        # The process's clock as Linux numbers it: MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED).
        return time.clock_gettime((~self.pid << 3) | 2)

    def memory(self) -> int:
        """Return the memory that the server holds, in bytes."""
        pages = Path(f"/proc/{self.pid}/statm").read_text().split()[1]
        return int(pages) * resource.getpagesize()


def free_port() -> int:
    """Return a port of this computer that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    script: str, *, port: int | None = None, log: Path | None = None, **environment: str
) -> Iterator[Server]:
    """Run a script of this repository as a user does, until the block ends.

    It listens on a free port where none is given. What it says on the terminal is added to the
    log, if there is one.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    options = ["--server.headless=true", f"--server.port={port}"]
    started = time.perf_counter()
    with (log or Path(os.devnull)).open("ab") as terminal:
        process = subprocess.Popen(
            command + options,
            cwd=ROOT,
            env=os.environ | environment,
            stdout=terminal,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://localhost:{port}/", process.pid, started)
    try:
        _wait(process, f"{server.url}_stcore/health")
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    """Return as soon as the server answers."""
    for _ in range(6000):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310 - http, on this computer
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.01)
    raise TimeoutError(url)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this system, headless."""
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
