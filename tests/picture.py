"""Take the READMEs' animated pictures of the real page: `python -m tests.picture [NAME …]`.

The page trains in headless Chromium, and each frame of a picture is a screenshot taken at an
epoch of its own.
"""

import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from PIL import Image
from playwright.sync_api import Page, ViewportSize

from tempfit import page as moves
from tempfit import page_link
from tempfit.link import Chart
from tempfit.training.experiment import PRESETS, Experiment
from tempfit.ui.colours import PALETTE
from tempfit.words import ENGLISH, LANGUAGES, say, speak
from tests.benchmark.browser import ROOT, chromium, serving

FOLDER = ROOT / "docs"
SIZE = ViewportSize(width=1280, height=720)
WIDTH = 960
LAST_FRAME_MS = 2500
COLOURS = 128
GREY = 40  # the most by which the parts of a grey differ, of 255: Streamlit's have a tint
MAP = ".tempfit-map .nsewdrag"

Frames = Iterator[Image.Image]


@dataclass(frozen=True)
class Picture:
    """One picture: the page it is taken of, its frames, and how long one is shown (ms)."""

    page: moves.Page
    frames: Callable[[Page], Frames]
    frame_ms: int = 110


def scrubbed(count: int, share: float = 1.0) -> Callable[[Page], Frames]:
    """Return frames that scrub through a share of what was trained."""

    def frames(page: Page) -> Frames:
        for place in np.linspace(0, share, count):
            page.get_by_label(say("Show epoch")).evaluate(
                "(input, share) => { input.value = Math.round(share * input.max);"
                " input.dispatchEvent(new Event('input')); }",
                float(place),
            )
            page.wait_for_timeout(60)
            yield shot(page)

    return frames


def steered(page: Page) -> Frames:
    """Let the map fill, and drag over it from where nothing happens to where all explodes."""
    yield from scrubbed(24)(page)
    box = page.locator(MAP).bounding_box()
    assert box
    for step, across in enumerate(np.linspace(0.35, 0.75, 18)):
        page.mouse.move(box["x"] + across * box["width"], box["y"] + 0.6 * box["height"])
        if step == 0:
            page.mouse.down()
        page.wait_for_timeout(60)
        yield shot(page)


def shown(experiment: Experiment, *charts: Chart, present: bool = True) -> moves.Page:
    """Return the page that shows an experiment."""
    return moves.Page(experiment, "present" if present else "lab", charts)


RACE = PRESETS["Race four learning rates"]
PICTURES = {
    "race": Picture(shown(RACE, "surface", present=False), scrubbed(44)),
    "explosion": Picture(shown(PRESETS["Diverges: raw feature"]), scrubbed(12, 0.11), 450),
    "beside": Picture(shown(PRESETS["Raw beside scaled"], "surface"), scrubbed(36, 0.6)),
    "map": Picture(shown(RACE, "map"), steered),
}


def main(names: list[str]) -> None:
    """Take the pictures of these names, or all, in each language; save what a viewer sees."""
    with serving("app.py") as server, chromium() as browser:
        for name, language in product(names or PICTURES, LANGUAGES):
            speak(language)
            picture = PICTURES[name]
            page = browser.new_page(viewport=SIZE)
            query = urlencode(
                page_link.to_parameters(moves.speak(picture.page, language)), doseq=True
            )
            page.goto(f"{server.url}?{query}")
            page.get_by_role("button", name=say("To the end")).click(timeout=60_000)
            page.locator("[data-state=finished]").wait_for()
            page.wait_for_timeout(1000)
            ending = ".gif" if language == ENGLISH else f".{language}.gif"
            save([*picture.frames(page)], picture.frame_ms, FOLDER / f"{name}{ending}")
            page.close()


def shot(page: Page) -> Image.Image:
    """Return what the page shows."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    height = round(picture.height * WIDTH / picture.width)
    return picture.resize((WIDTH, height), Image.Resampling.LANCZOS)


def save(frames: list[Image.Image], frame_ms: int, path: Path) -> None:
    """Save the frames as one GIF, with the runs' colours and those that most pixels have.

    Each as it is: a page has few colours, and a palette of averages would tint its greys.
    """
    path.parent.mkdir(exist_ok=True)
    pixels = np.concatenate([np.asarray(frame).reshape(-1, 3) for frame in frames])
    codes, counts = np.unique(pixels @ [1 << 16, 1 << 8, 1], return_counts=True)
    most = codes[np.argsort(counts)[::-1], None] >> [16, 8, 0] & 255
    grey = np.ptp(most, axis=1) < GREY
    runs = [[*bytes.fromhex(colour.light[1:])] for colour in PALETTE]
    most = np.concatenate([runs, *(most[chosen][: COLOURS // 2] for chosen in (grey, ~grey))])
    palette = Image.new("P", (1, 1))
    palette.putpalette(most.ravel().tolist())
    drawn = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    times = [frame_ms] * (len(frames) - 1) + [LAST_FRAME_MS]
    drawn[0].save(path, save_all=True, append_images=drawn[1:], duration=times, loop=0)


if __name__ == "__main__":
    main(sys.argv[1:])
