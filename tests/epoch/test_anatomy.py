"""One epoch's numbers: those of the exported script, and those that training goes through."""

import runpy
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given

from tempfit.data.dataset import Dataset, thermometer
from tempfit.epoch.anatomy import Params, one_epoch
from tempfit.export import script
from tempfit.training.experiment import PRESETS, Run
from tempfit.training.loop import fit
from tests.strategies import datasets, runs

REFERENCE = Run(1e-2)
RACE = PRESETS["Race four learning rates"].runs(thermometer())


def close(numbers: object, others: object) -> None:
    """Check float32 numbers that were summed in another order, overflows included."""
    np.testing.assert_allclose(np.array(numbers), np.array(others), rtol=2e-5, atol=1e-4)


@pytest.mark.parametrize("number", [1, 2, 40])
def test_an_epoch_leads_from_one_snapshot_to_the_next(number: int) -> None:
    history = fit(thermometer(), RACE, number)
    for place, run in enumerate(RACE):
        start = Params(*(float(values[place, number - 1]) for values in (history.w, history.b)))
        epoch = one_epoch(thermometer(), run, number, start)
        close(epoch.loss, history.loss[place, number - 1])
        close(epoch.after, (history.w[place, number], history.b[place, number]))
        close(epoch.loss_after, history.loss[place, number])


@pytest.mark.parametrize(
    ("run", "start"),
    [
        (REFERENCE, (1.0, 0.0)),
        (Run(1e-2, feature_scale=1.0), (1.0, 0.0)),
        (Run(0.9, 0.06, 51.0), (-3.25, 17.5)),
        (Run(1e-2, feature_scale=1.0), (3.2e17, 5.6e15)),
    ],
)
def test_every_number_is_the_one_that_the_exported_script_has(
    run: Run, start: tuple[float, float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # not there
    path = tmp_path / "script.py"
    text = script(thermometer(), run, 1)
    path.write_text(text.replace(f"start = {list(run.start)!r}", f"start = {list(start)!r}"))
    there = runpy.run_path(str(path))
    epoch = one_epoch(thermometer(), run, 1, Params(*start))
    for name in ("readings", "x", "y", "prediction", "residual", "squared"):
        assert torch.equal(there[name].detach(), getattr(epoch, name)), name
    assert there["loss"].item() == epoch.loss
    assert there["params"].grad.tolist() == list(epoch.gradient)
    assert there["params"].tolist() == list(epoch.after)


@given(datasets(), runs())
def test_the_update_is_against_the_gradient_by_the_learning_rate(
    dataset: Dataset, run: Run
) -> None:
    epoch = one_epoch(dataset, run, 1, Params(*run.start))
    step = np.array(epoch.before) - np.array(epoch.after)
    np.testing.assert_allclose(
        step, run.learning_rate * np.array(epoch.gradient), rtol=1e-4, atol=1e-4
    )


def test_an_update_is_made_at_the_rate_that_the_run_has_come_to() -> None:
    changing = Run(1e-2, changes=((10, 2e-3), (20, 5e-3)))
    for number, rate in ((1, 1e-2), (10, 1e-2), (11, 2e-3), (20, 2e-3), (21, 5e-3)):
        epoch = one_epoch(thermometer(), changing, number, Params(1.0, 0.0))
        assert epoch.rate == rate
        assert epoch.after == one_epoch(thermometer(), Run(rate), 1, Params(1.0, 0.0)).after


def test_an_epoch_after_an_overflow_is_told_apart() -> None:
    assert one_epoch(thermometer(), REFERENCE, 1, Params(1.0, 0.0)).finite
    assert not one_epoch(thermometer(), REFERENCE, 1, Params(1e19, 0.0)).finite
    assert not one_epoch(thermometer(), REFERENCE, 1, Params(float("nan"), 0.0)).finite
