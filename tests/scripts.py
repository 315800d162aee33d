"""An exported script that is run."""

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

TOLD = "The picture needs matplotlib, which `pip install matplotlib` brings."
# Stands in for matplotlib, and says what it was asked to draw.
PYPLOT = """
def __getattr__(name):
    return lambda *given: print("plt", name, ascii(given))
"""


def run(text: str, folder: Path, *, matplotlib: bool) -> list[str]:
    """Run a script in a process of its own and return the lines it prints."""
    library = folder / "matplotlib"
    library.mkdir()
    (library / "__init__.py").write_text(
        "" if matplotlib else "raise ModuleNotFoundError('No module named matplotlib')"
    )
    (library / "pyplot.py").write_text(PYPLOT)
    (folder / "script.py").write_text(text, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-W", "error", "script.py"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert ran.stderr == ""
    return ran.stdout.splitlines()


def losses_of(
    text: str, folder: Path, patch: pytest.MonkeyPatch, said: pytest.CaptureFixture[str]
) -> list[float]:
    """Run a script in this process; return what it prints of the loss, every 500 epochs."""
    patch.chdir(folder)
    patch.setitem(sys.modules, "matplotlib.pyplot", None)
    patch.setitem(sys.modules, "matplotlib", None)
    (folder / "script.py").write_text(text, encoding="utf-8")
    said.readouterr()
    runpy.run_path(str(folder / "script.py"))
    lines = said.readouterr().out.splitlines()
    assert lines[-1] == TOLD
    return [float(line.split("Loss ")[1]) for line in lines if line.startswith("Epoch ")]
