"""What a viewer's browser fetches of the page's own: modules, style sheets, and plotly.js."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.benchmark.viewers_player import ASSETS
from tests.benchmark.viewers_socket import Stage


def names(stage: Stage) -> list[str]:
    """Return the addresses of all files that the stage needs."""
    paths = (path for path in sorted(ASSETS.rglob("*")) if path.suffix in {".js", ".css"})
    modules = [stage.data["assets"] + path.relative_to(ASSETS).as_posix() for path in paths]
    return [stage.data["setup"]["plotly"] + ".gz", *modules]


def fetch(url: str, stage: Stage) -> None:
    """Fetch all files, one after the other over one connection."""
    connection = HTTPConnection(urlsplit(url).netloc)
    for name in names(stage):
        connection.request("GET", f"/{name}", headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        assert response.status == 200, name
        response.read()
    connection.close()
