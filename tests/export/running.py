"""Run an exported script in this process."""

import runpy
import sys
from pathlib import Path

import pytest

TOLD = "The picture needs matplotlib, which `pip install matplotlib` brings."


def losses_of(
    text: str, folder: Path, patch: pytest.MonkeyPatch, said: pytest.CaptureFixture[str]
) -> list[float]:
    patch.chdir(folder)
    patch.setitem(sys.modules, "matplotlib.pyplot", None)
    patch.setitem(sys.modules, "matplotlib", None)
    (folder / "script.py").write_text(text, encoding="utf-8")
    said.readouterr()
    runpy.run_path(str(folder / "script.py"))
    lines = said.readouterr().out.splitlines()
    assert lines[-1] == TOLD
    return [float(line.split("Loss ")[1]) for line in lines if line.startswith("Epoch ")]
