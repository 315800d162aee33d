"""A server that dies."""

import os
import signal
from contextlib import ExitStack
from pathlib import Path

from tests.benchmark.browser import Server, free_port, serving


def reported(said: str) -> list[str]:
    """Return what a server has reported on its terminal, each line with its date."""
    return [line for line in said.splitlines() if line[:1].isdigit()]


class Mortal:
    """A server that can be killed and started again under the same address."""

    def __init__(self, port: int | None = None, log: Path | None = None) -> None:
        self.port = port or free_port()
        self.log = log
        self.life = ExitStack()
        self.server: Server = self.start()

    def start(self) -> Server:
        self.server = self.life.enter_context(serving("app.py", port=self.port, log=self.log))
        return self.server

    def die(self) -> None:
        os.kill(self.server.pid, signal.SIGKILL)
        self.life.close()

    def restart(self) -> None:
        self.die()
        self.start()
