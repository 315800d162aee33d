"""The address of the assets changes with any of them."""

from pathlib import Path

import pytest

from tempfit.ui.frontend import version


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "stage").mkdir()
    (tmp_path / "stage" / "stage.js").write_text("one")
    (tmp_path / "shared.css").write_text("two")
    return tmp_path


def test_the_same_content_has_the_same_version(folder: Path) -> None:
    before = version(folder)
    (folder / "stage" / "stage.js").write_text("one")
    assert version(folder) == before


def test_a_change_in_any_folder_is_another_version(folder: Path) -> None:
    before = version(folder)
    (folder / "stage" / "stage.js").write_text("other")
    assert version(folder) != before


def test_a_file_that_moves_is_another_version(folder: Path) -> None:
    before = version(folder)
    (folder / "stage" / "stage.js").rename(folder / "stage.js")
    assert version(folder) != before
