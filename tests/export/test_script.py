"""The exported script runs by itself, prints what `fit` finds, and quotes what is the user's."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tempfit.data.dataset import Dataset, thermometer
from tempfit.data.sources import OWN, Source
from tempfit.epoch.listing import LOOP
from tempfit.export import Origin, file_name, script
from tempfit.training.experiment import PRESETS, Experiment, Run
from tempfit.training.loop import fit
from tests.advancing import advance, begin, snapshot
from tests.export.running import TOLD, losses_of

REFERENCE = Run(1e-2)
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


def test_the_reference_experiment_prints_its_losses_and_draws_its_picture(tmp_path: Path) -> None:
    lines = run(script(thermometer(), REFERENCE, 5000), tmp_path, matplotlib=True)
    printed = [re.fullmatch(r"Epoch (\d+), Loss (\d+\.\d{6})", line) for line in lines[:10]]
    epochs = [int(line[1]) for line in printed if line]
    losses = [float(line[2]) for line in printed if line]
    assert epochs == [*range(500, 5001, 500)]
    state, _ = begin(thermometer(), [REFERENCE])
    for epoch, loss in zip(epochs, losses, strict=True):
        state, _ = advance(thermometer(), [REFERENCE], state, 5000, epoch - 1)
        trained = snapshot(thermometer(), [REFERENCE], state).loss.item()
        assert loss == pytest.approx(trained, rel=5e-6)
    assert losses[0] == pytest.approx(7.860116, rel=5e-6)
    assert losses[-1] == pytest.approx(2.927647, rel=5e-6)
    assert lines[10] == "tensor([  5.3671, -17.3012], requires_grad=True)"
    assert lines[11:14] == [
        "plt title ('PyTorch linear model',)",
        "plt xlabel ('Fahrenheit',)",
        "plt ylabel ('Celsius',)",
    ]
    assert [line.split(" (")[0] for line in lines[14:]] == ["plt plot", "plt plot", "plt show"]


def test_without_matplotlib_everything_but_the_picture_is_there(tmp_path: Path) -> None:
    x_name, y_name = "price in $, \"net\"\n'''", "a\\b $x$ (°)"
    dataset = Dataset(
        torch.tensor([-4.0, 1e-7, 3e5]), torch.tensor([1.0, 2.0, 7.0]), x_name, y_name
    )
    standardized = Run(0.3, 4.1e-6, 1.2e5, start=(-2.5, 1e3))
    lines = run(script(dataset, standardized, 500), tmp_path, matplotlib=False)
    last = fit(dataset, [standardized], 500).loss[0, 499]
    assert lines[-1] == TOLD
    assert float(lines[0].removeprefix("Epoch 500, Loss ")) == pytest.approx(last, rel=5e-6)


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_every_preset_gives_a_script_with_the_loop_line_for_line(preset: Experiment) -> None:
    run_, *_ = preset.runs(thermometer())
    text = script(thermometer(), run_, preset.epochs)
    assert "\n".join(line for _, line in LOOP) in text
    assert f"learning_rate = {run_.learning_rate!r}" in text


def structure(text: str) -> list[type]:
    """Return what a script is made of, whatever its constants are."""
    return [type(node) for node in ast.walk(ast.parse(text))]


@given(st.text(), st.text())
def test_no_name_changes_what_the_script_does(x_name: str, y_name: str) -> None:
    readings = torch.tensor([1.0, 2.0])
    plain = script(Dataset(readings, readings), REFERENCE, 9)
    named = script(Dataset(readings, readings, x_name, y_name), REFERENCE, 9)
    assert structure(named) == structure(plain)
    labels = [
        ast.literal_eval(node.args[0])
        for node in ast.walk(ast.parse(named))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"plt.xlabel", "plt.ylabel"}
    ]
    assert [label.replace(r"\$", "$") for label in labels] == [x_name, y_name]
    assert not re.search(r"(?<!\\)\$", "".join(labels))


@given(st.lists(st.floats(width=32, allow_nan=False, allow_infinity=False), min_size=1))
def test_every_number_reads_back_as_the_same_float32(values: list[float]) -> None:
    dataset = Dataset(torch.tensor(values), torch.zeros(len(values)))
    text = script(dataset, REFERENCE, 9)
    numbers = ast.literal_eval(text.split("readings = torch.tensor(")[1].split(")")[0])
    assert torch.equal(torch.tensor(numbers), dataset.x)


@pytest.mark.parametrize(
    "changed",
    [Run(0.036, changes=((50, 0.01), (400, 0.02))), Run(0.01, changes=((500, 0.001), (999, 0.03)))],
)
def test_a_rate_that_changes_changes_in_the_script(
    changed: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    losses = losses_of(script(thermometer(), changed, 1500), tmp_path, monkeypatch, capsys)
    trained = fit(thermometer(), [changed], 1500)
    for epoch, loss in zip((500, 1000, 1500), losses, strict=True):
        before = trained.loss[0, trained.epoch <= epoch - 1][-1]
        assert loss == pytest.approx(before, rel=2e-2)
    exactly = fit(thermometer(), [changed], 1499).loss[0, -1]
    assert losses[-1] == pytest.approx(exactly, rel=5e-6)


def test_the_thermometer_s_readings_have_their_own_names_and_the_picture_the_reference_s() -> None:
    text = script(thermometer(), REFERENCE, 9)
    assert "x: Thermometer reading (t_u)\ny: Temperature (°C)" in text
    assert "t_u = torch.tensor(" in text
    assert [line for line in text.splitlines() if "Fahrenheit" in line] == [
        "    plt.xlabel('Fahrenheit')"
    ]


@pytest.mark.parametrize(
    ("run_", "origin", "name"),
    [
        (REFERENCE, Origin(), "tempfit-thermometer-lr0.01.py"),
        (Run(1e-4, 1.0), Origin(Source("tips")), "tempfit-tips-lr0.0001-scale1.py"),
        (
            Run(0.5, 2.0, 3.0),
            Origin(OWN, "", "My houses (2).csv"),
            "tempfit-my-houses-2-edited-lr0.5-standardized.py",
        ),
        (
            Run(0.036, changes=((50, 0.01),)),
            Origin(),
            "tempfit-thermometer-lr0.036-lr0.01-from-50.py",
        ),
        (
            Run(0.01, start=(5.0, -15.0)),
            Origin(OWN, "", "房价"),
            "tempfit-房价-edited-lr0.01-start5_-15.py",
        ),
    ],
)
def test_a_script_is_called_after_its_data_and_settings(
    run_: Run, origin: Origin, name: str
) -> None:
    assert file_name(run_, origin) == name


def test_epochs_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="epochs must be between 1 and"):
        script(thermometer(), REFERENCE, 0)
