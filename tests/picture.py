"""Take the READMEs' animated pictures of the real page: `python -m tests.picture`.

The page trains in headless Chromium, and each frame of the picture is a screenshot taken at an
epoch of its own.
"""

import io
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Page, ViewportSize

from tempfit.words import Language, say, speak
from tests.benchmark.browser import ROOT, chromium, serving

PICTURES: dict[Language, Path] = {
    "en": ROOT / "docs" / "race.gif",
    "zh": ROOT / "docs" / "race.zh.gif",
}
EXPERIMENT = "?compare=0.001&compare=0.03&compare=0.036&lang="
SIZE = ViewportSize(width=1280, height=720)
WIDTH = 960
FRAMES = 44
FRAME_MS = 110
LAST_FRAME_MS = 2500
COLOURS = 128
GREY = 40  # the most by which the parts of a grey differ, of 255: Streamlit's have a tint


def main() -> None:
    """Train the race of four learning rates and save what a viewer sees."""
    with serving("app.py") as server, chromium() as browser:
        for language, picture in PICTURES.items():
            speak(language)
            page = browser.new_page(viewport=SIZE)
            page.goto(server.url + EXPERIMENT + language)
            page.get_by_label(say("Loss surface")).check(timeout=60_000)
            page.get_by_role("button", name=say("To the end")).click()
            page.wait_for_function(
                "document.querySelector('[data-testid=epoch]').textContent === '5000'"
            )
            save([shot(page, place / (FRAMES - 1)) for place in range(FRAMES)], picture)
            page.close()


def shot(page: Page, share: float) -> Image.Image:
    """Scrub to a share of the way, and return what the page shows."""
    page.get_by_label(say("Show epoch")).evaluate(
        "(input, share) => { input.value = Math.round(share * input.max);"
        " input.dispatchEvent(new Event('input')); }",
        share,
    )
    page.wait_for_timeout(60)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    height = round(picture.height * WIDTH / picture.width)
    return picture.resize((WIDTH, height), Image.Resampling.LANCZOS)


def save(frames: list[Image.Image], path: Path) -> None:
    """Save the frames as one GIF, with the greys and the colours that they have most pixels of.

    Each as it is: a page has few colours, and a palette of averages would tint its greys.
    """
    path.parent.mkdir(exist_ok=True)
    pixels = np.concatenate([np.asarray(frame).reshape(-1, 3) for frame in frames])
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    most = colours[np.argsort(counts)[::-1]]
    grey = np.ptp(most.astype(int), axis=1) < GREY
    most = np.concatenate([most[chosen][: COLOURS // 2] for chosen in (grey, ~grey)])
    palette = Image.new("P", (1, 1))
    palette.putpalette(most.ravel().tolist())
    drawn = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    times = [FRAME_MS] * (len(frames) - 1) + [LAST_FRAME_MS]
    drawn[0].save(path, save_all=True, append_images=drawn[1:], duration=times, loop=0)


if __name__ == "__main__":
    main()
