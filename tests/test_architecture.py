"""The rules of the house: who may import whom, and how long a module may be."""

import ast
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MOST_LINES = 250  # of a module; a longer one is more than one thing


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["lint-imports", "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "tempfit", tmp_path / "tempfit")
    return tmp_path


def test_the_package_keeps_every_rule(copy: Path) -> None:
    assert lint_imports(copy).returncode == 0


@pytest.mark.parametrize(
    ("module", "line", "rule"),
    [
        ("training/loop.py", "import tempfit.theory", "imports run one way"),
        ("data/dataset.py", "from tempfit.training.experiment import Run", "imports run one way"),
        ("training/experiment.py", "from tempfit import link", "imports run one way"),
        ("theory/status.py", "from tempfit.ui import stage", "imports run one way"),
        ("epoch/listing.py", "from tempfit import export", "imports run one way"),
        ("helpers.py", "", "imports run one way"),
        ("theory/verdict.py", "import streamlit", "only the page knows Streamlit"),
        ("figures.py", "import streamlit", "only the page knows Streamlit"),
        ("training/loop.py", "import plotly.express", "only figures and the page know Plotly"),
        ("theory/status.py", "from plotly import io", "only figures and the page know Plotly"),
        ("link.py", "import torch", "the controls are on the page before torch is imported"),
        ("link.py", "from tempfit.epoch import graph", "the controls are on the page before torch"),
        (
            "training/experiment.py",
            "import tempfit.data.dataset",
            "the controls are on the page before torch",
        ),
        ("lesson/step.py", "import torch", "the controls are on the page before torch is imported"),
        ("lesson/checks.py", "from tempfit import page", "imports run one way"),
        ("ui/stage/stage.py", "import app", "nothing imports the page's script or the tests"),
        ("training/loop.py", "import tests.strategies", "nothing imports the page's script"),
    ],
)
def test_a_broken_rule_is_reported(copy: Path, module: str, line: str, rule: str) -> None:
    with (copy / "tempfit" / module).open("a") as source:
        source.write(f"\n{line}\n")
    checked = lint_imports(copy)
    verdict = [said for said in checked.stdout.splitlines() if said.startswith(rule)]
    assert checked.returncode == 1
    assert verdict[0].split(" (")[0].endswith("BROKEN")


def touching_session_state(folder: Path) -> list[str]:
    """Return the modules that name Streamlit's session state."""
    modules = sorted((folder / "tempfit").rglob("*.py"))
    return [
        module.relative_to(folder).as_posix()
        for module in modules
        if any(
            isinstance(node, ast.Attribute) and node.attr == "session_state"
            for node in ast.walk(ast.parse(module.read_text()))
        )
    ]


def test_one_module_alone_touches_the_session_state(copy: Path) -> None:
    assert touching_session_state(copy) == ["tempfit/ui/session.py"]
    with (copy / "tempfit" / "ui" / "colours.py").open("a") as source:
        source.write("\nimport streamlit\n\nstreamlit.session_state['a'] = 1\n")
    assert touching_session_state(copy) == ["tempfit/ui/colours.py", "tempfit/ui/session.py"]


@pytest.mark.parametrize("kind", ["py", "js"])
def test_no_module_is_long(kind: str) -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for folder in ("tempfit", "tests")
        for path in (ROOT / folder).rglob(f"*.{kind}")
    }
    assert len(lines) > 50
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
