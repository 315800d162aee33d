"""What the server says on its terminal of viewers who leave."""

import asyncio
import http.client
from pathlib import Path
from urllib.parse import urlsplit

from tests.benchmark.browser import Server, serving
from tests.benchmark.viewers_socket import visiting
from tests.serving.aside import done

MEGABYTE = 2**20


def break_off_an_upload(server: Server, session: str) -> None:
    """Begin to upload a file, and leave."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.request("GET", "/_stcore/health")
    with connection.getresponse() as response:
        token = response.headers["Set-Cookie"].split(";")[0]
        response.read()
    connection.putrequest("PUT", f"/_stcore/upload_file/{session}/file")
    connection.putheader("Cookie", token)
    connection.putheader("X-Xsrftoken", token.partition("=")[2])
    connection.putheader("Content-Type", "multipart/form-data; boundary=edge")
    connection.putheader("Content-Length", str(10 * MEGABYTE))
    connection.endheaders()
    head = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    connection.send(head + bytes(MEGABYTE))
    connection.close()


def test_an_upload_that_is_broken_off_is_not_worth_a_word(tmp_path: Path) -> None:
    async def upload(server: Server) -> None:
        async with visiting(server.url) as viewer:
            await viewer.open("")
            await asyncio.to_thread(break_off_an_upload, server, viewer.session)
            await asyncio.sleep(0.5)  # nothing tells when the server has noticed

    log = tmp_path / "terminal"
    with serving("app.py", log=log) as server:
        before = log.read_text()
        done(upload(server))
        assert log.read_text().removeprefix(before) == ""
