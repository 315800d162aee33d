"""What the browser is given: assets whose address changes with any of them, plotly.js packed."""

import gzip
from pathlib import Path

import pytest

from tempfit.ui.frontend import pack, version


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


def test_a_file_is_packed_once_and_again_when_somebody_has_cleaned_up(tmp_path: Path) -> None:
    file = tmp_path / "plotly.min.js"
    file.write_text("one")
    folder = tmp_path / "packed"
    folder.mkdir()
    pack(file, folder)
    packed = folder / "plotly.min.js.gz"
    assert gzip.decompress(packed.read_bytes()) == b"one"
    made = packed.stat().st_mtime_ns
    pack(file, folder)
    assert packed.stat().st_mtime_ns == made
    packed.unlink()
    pack(file, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["plotly.min.js", "plotly.min.js.gz"]
