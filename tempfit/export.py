"""A run as a plain PyTorch script that trains it and draws the fitted line."""

from typing import Final

import numpy as np
import torch

from tempfit.data.dataset import Dataset, thermometer
from tempfit.epoch.listing import LOOP
from tempfit.numbers import exact
from tempfit.training.experiment import EPOCHS, Run

PER_LINE: Final = 8

HEAD: Final = '''"""Fit a line by gradient descent, with the gradient from PyTorch autograd."""

import torch
'''

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

    The script needs PyTorch, and matplotlib for the picture. As the reference experiment does, it
    prints a line every 500 epochs, `Epoch e, Loss l`, with the loss before update e. Raises
    ValueError naming `epochs`, the value and the accepted range.
    """
    EPOCHS.check(epochs)
    settings = {
        "feature_scale": _literal(run.feature_scale),
        "feature_shift": _literal(run.feature_shift),
        "learning_rate": _literal(run.learning_rate),
        "start": f"[{', '.join(map(_literal, run.start))}]",
        "epochs": str(epochs),
    }
    x_name, y_name = _axis_names(dataset)
    return "\n".join(
        [
            HEAD,
            _numbers("readings", dataset.x),
            _numbers("y", dataset.y),
            "",
            *(f"{name} = {value}" for name, value in settings.items()),
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
    """Return a float32 as the shortest Python number that torch stores as the same float32."""
    short = float(str(value))
    return _literal(short if np.float32(short) == value else float(value))


def _literal(value: float) -> str:
    """Return a float as Python writes it: a tensor of whole numbers would not be of floats."""
    text = exact(value)
    return text if "." in text or "e" in text else f"{text}.0"
