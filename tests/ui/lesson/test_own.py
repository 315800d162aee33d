"""A lesson of one's own: by the command line or uploaded, and what is said of one that is wrong."""

import re
import sys
from pathlib import Path

import pytest

from tempfit import page as moves
from tempfit import page_link
from tempfit.lesson.toml_file import read_lesson
from tests.ui.conftest import Page

DOCUMENT = (Path(__file__).parents[3] / "docs" / "lessons.md").read_text(encoding="utf-8")
EXAMPLE = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)[0]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that the server is started with."""
    path = tmp_path / "my.toml"
    monkeypatch.setattr(sys, "argv", ["app.py", "--lesson", str(path)])
    return path


def test_the_example_of_the_documentation_is_the_lesson_that_the_page_teaches(file: Path) -> None:
    file.write_text(EXAMPLE, encoding="utf-8")
    page = Page()
    page.press("Start the lesson")
    data = page.component("question")
    assert data["name"] == "How warm is the tea?"
    assert len(data["steps"]) == 2
    assert page.stage["setup"]["fit"]["yTitle"].startswith("Tea")
    assert page.link == {"view": ["lesson"], "lesson": ["1"]}
    assert not any("class='tempfit-refusal'" in part.proto.body for part in page.app.get("html"))


def test_a_wrong_file_is_refused_by_line_on_page_and_terminal_and_the_page_goes_on(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(EXAMPLE.replace("answers =", "anwsers ="), encoding="utf-8")
    page = Page()
    said = page.text("tempfit-refusal")
    assert "my.toml is not used" in said
    assert re.search(r"Line \d+: .*perhaps answers is meant", said)
    assert "perhaps answers is meant" in capsys.readouterr().err
    page.press("Start the lesson")
    assert page.component("question")["name"] == "Why a learning rate works"


def test_a_file_that_is_not_there_is_said(file: Path) -> None:
    assert f"{file.name} cannot be read" in Page().text("tempfit-refusal")


def test_what_is_unsound_is_said_where_the_lesson_is_shown(file: Path) -> None:
    wrong = EXAMPLE.replace(
        'text = "It converges.", when', 'text = "It converges.", right = true #'
    )
    wrong = EXAMPLE.replace("solution = { learning_rate = 0.4 }", "")
    file.write_text(wrong, encoding="utf-8")
    page = Page(view="lesson")
    assert "its solution does not pass the check" in page.text("tempfit-refusal")


def test_nothing_in_a_file_is_markup(file: Path) -> None:
    wrong = EXAMPLE.replace('title = "How warm', 'tilte = "<b>How warm')
    file.write_text(wrong, encoding="utf-8")
    assert "<b>" not in Page().text("tempfit-refusal")


def test_another_lesson_begins_at_its_first_step_and_its_link_carries_its_own_progress() -> None:
    page = moves.learn(moves.Page(), read_lesson(EXAMPLE))
    assert (page.course.step, page.view) == (1, "lesson")
    assert "progress" not in page_link.to_parameters(page)
