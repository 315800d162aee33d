"""A wire to a server that can be cut, or go dead."""

import contextlib
import socket
import socketserver
import threading
from collections.abc import Iterator


class Wire(socketserver.ThreadingTCPServer):
    """Forward whatever comes to a port of this computer, both ways, while the wire holds."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.port = port
        self.holds = True
        self.alive = threading.Event()
        self.alive.set()
        self.ends: set[socket.socket] = set()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}/"

    def handle_error(self, *_: object) -> None:
        """Say nothing: what is being sent when a wire is cut is lost."""

    @contextlib.contextmanager
    def cut(self) -> Iterator[None]:
        """Break all connections and let nobody connect, until the block ends."""
        self.holds = False
        for end in list(self.ends):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        yield
        self.holds = True

    @contextlib.contextmanager
    def dead(self) -> Iterator[None]:
        """Hold back whatever is sent, as a network out of reach does, until the block ends."""
        self.alive.clear()
        yield
        self.alive.set()


class _Connection(socketserver.BaseRequestHandler):
    """One connection over the wire."""

    server: Wire
    request: socket.socket

    def handle(self) -> None:
        if not self.server.holds:
            return
        with socket.create_connection(("127.0.0.1", self.server.port)) as far:
            ends = {self.request, far}
            self.server.ends |= ends
            back = threading.Thread(target=self.pump, args=(far, self.request), daemon=True)
            back.start()
            self.pump(self.request, far)
            back.join()
            self.server.ends -= ends

    def pump(self, source: socket.socket, sink: socket.socket) -> None:
        """Forward one way until either end closes."""
        with contextlib.suppress(OSError):
            while data := source.recv(2**16):
                self.server.alive.wait()
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def wired(port: int) -> Iterator[Wire]:
    """Lay a wire to a port, until the block ends."""
    with Wire(port) as wire:
        threading.Thread(target=wire.serve_forever, args=(0.05,), daemon=True).start()
        yield wire
        wire.shutdown()
