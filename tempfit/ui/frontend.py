"""The browser's side: files served from their folders, and components made of them.

A component's own JavaScript is a loader of a few lines, because it travels with every message;
the modules, the style sheets and plotly.js are served files, the last from the installed plotly
package. `declare_component` is used for serving alone.
"""

import gzip
import hashlib
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import plotly
import streamlit as st
from streamlit.components.v1 import declare_component

from tempfit.ui.wire.sections import PreloadData
from tempfit.ui.wire.shapes import PartData
from tempfit.words import language

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

ASSETS: Final = Path(__file__).parent / "assets"

_LOADER: Final = """
export default async function (component) {{
  const {{ assets }} = component.data;
  const {{ mount }} = await import(new URL(assets + "{module}", document.baseURI).href);
  return mount(component);
}}
"""


def component(module: str) -> "ComponentRenderer":
    """Return a component whose JavaScript is a module of the assets that exports `mount`."""
    name = f"tempfit_{module.removesuffix('.js').replace('/', '_')}"
    return st.components.v2.component(name, js=_LOADER.format(module=module), isolate_styles=False)


def part_data() -> PartData:
    """Return what every part of the page is given."""
    return PartData(assets=ASSETS_URL, language=language())


def preload() -> None:
    """Have the browser load what the stage needs, while the server goes on."""
    pack(Path(plotly.__file__).parent / "package_data" / _PLOTLY, Path(_packed.name))
    _preload(key="preload", data=PreloadData(**part_data(), plotly=PLOTLY_URL))


def _served(name: str, folder: Path) -> str:
    """Serve a folder, and return its address relative to the page."""
    declare_component(name, path=folder)
    return f"component/{__name__}.{name}/"


def pack(file: Path, folder: Path) -> None:
    """Put a file and a packed copy of it into a folder, unless they are there.

    Streamlit would pack plotly.js anew for every visit, which takes 120 ms of CPU; what ends in
    `.gz` it leaves as it is.
    """
    if all((folder / name).exists() for name in (file.name, f"{file.name}.gz")):
        return
    folder.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=folder) as making:
        plain = Path(shutil.copy(file, making))
        packed = plain.with_name(f"{file.name}.gz")
        packed.write_bytes(gzip.compress(plain.read_bytes(), 6))
        for made in (plain, packed):
            made.replace(folder / made.name)


def version(folder: Path) -> str:
    """Return a name for all that is in a folder, so that a browser never mixes two versions."""
    content = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
            content.update(path.read_bytes())
    return content.hexdigest()[:12]


ASSETS_URL: Final = _served(f"assets-{version(ASSETS)}", ASSETS)
# Its version is in the address, so that browsers may keep it: it is 1.5 MB.
_PLOTLY: Final = "plotly.min.js"
_packed = TemporaryDirectory(prefix="tempfit-")
PLOTLY_URL: Final = _served(f"plotly-{plotly.__version__}", Path(_packed.name)) + _PLOTLY
_preload = component("preload.js")
