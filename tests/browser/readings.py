"""Readings on the page: how they are brought, and what is drawn and said of them."""

from pathlib import Path

from playwright.sync_api import Locator

from tests.browser.stage import Stage


def choose(stage: Stage, label: str, option: str) -> None:
    stage.page.get_by_role("combobox", name=label, exact=True).click()
    stage.page.get_by_role("option", name=option, exact=True).click()


def drop(stage: Stage, content: bytes | Path, name: str = "readings.csv") -> None:
    """Upload a file."""
    field = stage.page.locator(".st-key-upload input[type=file]")
    if not field.count():
        choose(stage, "Data", "Bring your own…")
    if isinstance(content, Path):
        field.set_input_files(content)
    else:
        field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def refusal(stage: Stage) -> Locator:
    return stage.page.locator(".tempfit-refusal")


def said(stage: Stage) -> Locator:
    """What is said of the data."""
    return stage.page.locator(".tempfit-data")


def drawn(stage: Stage, title: str = "Fitted line") -> tuple[list[float], list[float]]:
    readings = stage.plot(title)["data"][0]
    return readings["x"], readings["y"]


def has_readings(stage: Stage, count: int, last: tuple[float, float] | None = None) -> None:
    """Wait until so many readings are drawn, with the last one there, to a unit of its axes."""
    stage.page.wait_for_function(
        """([count, last]) => [...document.querySelectorAll(".js-plotly-plot")]
          .some(({ data }) => data?.[0]?.name === "Readings" && data[0].x.length === count
            && (!last || (Math.abs(data[0].x.at(-1) - last[0]) < 1
              && Math.abs(data[0].y.at(-1) - last[1]) < 1)))""",
        arg=[count, last],
    )
