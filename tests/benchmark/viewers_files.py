"""What a viewer's browser fetches of the page's own: modules, style sheets, and plotly.js."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

from tempfit.ui.frontend import ASSETS, ASSETS_URL, PLOTLY_URL

FILES = (
    f"{PLOTLY_URL}.gz",
    *(
        ASSETS_URL + path.relative_to(ASSETS).as_posix()
        for path in sorted(ASSETS.rglob("*"))
        if path.suffix in {".js", ".css"}
    ),
)


def fetch(url: str) -> None:
    """Fetch all files, one after the other over one connection."""
    connection = HTTPConnection(urlsplit(url).netloc)
    for name in FILES:
        connection.request("GET", f"/{name}", headers={"Accept-Encoding": "gzip"})
        response = connection.getresponse()
        assert response.status == 200, name
        response.read()
    connection.close()
