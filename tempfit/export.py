"""The experiment as a plain PyTorch script, and which of its lines belong to which step.

The page shows the lines of `LOOP` beside the numbers of one epoch, so that what is explained
there is the code that is exported.
"""

from enum import StrEnum
from typing import Final

import numpy as np
import torch

from tempfit.data.dataset import Dataset, thermometer
from tempfit.training.experiment import EPOCHS, Run

PER_LINE: Final = 8


class Step(StrEnum):
    """One of the steps that make up an epoch, in their order."""

    READINGS = "Readings"
    PREDICTIONS = "Predictions"
    RESIDUALS = "Residuals"
    SQUARES = "Squares"
    LOSS = "Loss"
    GRADIENT = "Gradient"
    UPDATE = "Update"
    LOSS_AFTER = "Loss after"


HEAD: Final = '''"""Fit a line by gradient descent, with the gradient from PyTorch autograd."""

import torch
'''

# Each line with the step it belongs to. Squares, not a loss function, so that every step has a
# line of its own; the update is the in-place one of the reference experiment.
LOOP: Final[tuple[tuple[Step | None, str], ...]] = (
    (Step.READINGS, "x = feature_scale * (readings - feature_shift)"),
    (None, "params = torch.tensor(start, requires_grad=True)"),
    (None, ""),
    (Step.LOSS_AFTER, "for epoch in range(1, epochs + 1):"),
    (Step.PREDICTIONS, "    w, b = params"),
    (Step.PREDICTIONS, "    prediction = w * x + b"),
    (Step.RESIDUALS, "    residual = prediction - y"),
    (Step.SQUARES, "    squared = residual**2"),
    (Step.LOSS, "    loss = squared.mean()"),
    (None, ""),
    (Step.GRADIENT, "    if params.grad is not None:"),
    (Step.GRADIENT, "        params.grad.zero_()"),
    (Step.GRADIENT, "    loss.backward()"),
    (None, ""),
    (Step.UPDATE, "    with torch.no_grad():"),
    (Step.UPDATE, "        params -= learning_rate * params.grad"),
    (None, ""),
    (None, "    if epoch % 500 == 0:"),
    (None, '        print(f"Epoch {epoch}, Loss {loss.item():f}")'),
)

PICTURE: Final = """
print(params)

try:
    import matplotlib.pyplot as plt
except ModuleNotFoundError:
    print("The picture needs matplotlib, which `pip install matplotlib` brings.")
else:
    fitted = params[0] * x + params[1]
    plt.title("PyTorch linear model")
    plt.xlabel({x_name})
    plt.ylabel({y_name})
    plt.plot(readings.tolist(), fitted.tolist())
    plt.plot(readings.tolist(), y.tolist(), "o")
    plt.show()
"""


def script(dataset: Dataset, run: Run, epochs: int) -> str:
    """Return a Python script that trains one run and draws the fitted line.

    It needs PyTorch, and matplotlib for the picture. Like the reference experiment it prints
    a line every 500 epochs, `Epoch e, Loss l`, with the loss before update e. Raises ValueError
    naming `epochs`, the value and the accepted range.
    """
    EPOCHS.check(epochs)
    settings = {
        "feature_scale": run.feature_scale,
        "feature_shift": run.feature_shift,
        "learning_rate": run.learning_rate,
        "start": [float(value) for value in run.start],
        "epochs": int(epochs),
    }
    x_name, y_name = _axis_names(dataset)
    return "\n".join(
        [
            HEAD,
            _numbers("readings", dataset.x),
            _numbers("y", dataset.y),
            "",
            *(f"{name} = {value!r}" for name, value in settings.items()),
            "",
            *(line for _, line in LOOP),
            PICTURE.format(x_name=_label(x_name), y_name=_label(y_name)),
        ]
    )


def _axis_names(dataset: Dataset) -> tuple[str, str]:
    """Return the names of the axes; the reference picture gives the thermometer's scales."""
    known = thermometer()
    same = torch.equal(dataset.x, known.x) and torch.equal(dataset.y, known.y)
    if same and (dataset.x_name, dataset.y_name) == (known.x_name, known.y_name):
        return "Fahrenheit", "Celsius"
    return dataset.x_name, dataset.y_name


def _label(name: str) -> str:
    """Return a name as a Python literal that matplotlib shows as it stands, dollars and all."""
    return ascii(name.replace("$", r"\$"))


def _numbers(name: str, values: torch.Tensor) -> str:
    """Return an assignment of a tensor, each value as short as gives the same float32 again."""
    texts = [_shortest(value) for value in values.numpy()]
    rows = [texts[place : place + PER_LINE] for place in range(0, len(texts), PER_LINE)]
    lines = "".join(f"    {', '.join(row)},\n" for row in rows)
    return f"{name} = torch.tensor([\n{lines}])"


def _shortest(value: np.float32) -> str:
    """Return the shortest text of a float32 that is the same float32 when read as a float."""
    text = str(value)
    return text if np.float32(float(text)) == value else repr(float(value))
