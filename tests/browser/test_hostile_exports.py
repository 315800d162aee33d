"""Everything that can be taken along, of readings whose names are made to do harm."""

import ast
import csv
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.conftest import Open
from tests.browser.readings import drop, has_readings
from tests.browser.stage import Stage

NAMES = (
    "</script><script>document.title='taken'</script>",
    "<img src=x onerror=document.title='taken'>",
    '=cmd()|"/C calc"!A0',
    "]]><svg onload=document.title='taken'>",
    "'''; import os; os.abort() #",
    "%{x} $x^2$ \\u0022 `${document.title='taken'}`",
)
FILE = "..\\..\\a\u202egnp.<b>.csv"


def taken(stage: Stage, folder: Path) -> list[Path]:
    """Take all that there is along."""
    menu = stage.page.locator(".tempfit-takeaway")
    menu.locator("summary").click()
    menu.get_by_role("button").first.wait_for()
    paths = []
    for name in menu.get_by_role("button").all_inner_texts():
        if name == "Copy the link":
            continue
        with stage.page.expect_download() as download:
            menu.get_by_role("button", name=name, exact=True).click()
        paths.append(folder / download.value.suggested_filename)
        download.value.save_as(paths[-1])
    return paths


def check(path: Path, browser: Browser) -> None:
    """Check that a file is what it says it is, and does no more than that."""
    match path.suffix:
        case ".png":
            with Image.open(path) as picture:
                assert picture.width > 300
        case ".py":
            called = {
                ast.unparse(node.func)
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, ast.Call)
            }
            assert not called & {"os.abort", "cmd"}
        case ".csv":
            with path.open(newline="") as file:
                widths = {len(line) for line in csv.reader(file)}
            assert len(widths) == 1
        case ".svg":
            elements = list(ET.parse(path).iter())  # noqa: S314 - it is our own
            assert not any(element.tag.endswith(("}script", "}img")) for element in elements)
            assert not any(key.startswith("on") for element in elements for key in element.attrib)
        case ".html":
            page = browser.new_page()
            page.goto(path.as_uri())
            page.get_by_test_id("run").first.wait_for()
            assert page.title().startswith("Gradient descent, replayed")
            assert page.locator("img[src=x]").count() == 0
            page.close()
        case other:
            pytest.fail(f"nothing is known of {other}")


@pytest.mark.parametrize("names", [*zip(NAMES[::2], NAMES[1::2], strict=True)])
def test_no_name_does_harm_in_what_is_taken_along(
    visit: Open, browser: Browser, tmp_path: Path, names: tuple[str, str]
) -> None:
    stage = visit()
    stage.load("")
    x, y = (name.replace('"', '""') for name in names)
    drop(stage, f'"{x}","{y} [°C]"\n1,2\n2,3\n4,4\n'.encode(), FILE)
    has_readings(stage, 3)
    stage.press("To the end")
    stage.page.locator("[data-state=finished]").wait_for()
    stage.at_rest()
    paths = taken(stage, tmp_path)
    assert {path.suffix for path in paths} == {".csv", ".svg", ".png", ".html", ".py"}
    for path in paths:
        assert re.fullmatch(r"[\w. +()-]+", path.name), path.name
        check(path, browser)
    assert stage.page.title() == "tempfit"
