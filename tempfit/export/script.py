"""A run as a plain PyTorch script that trains it and draws the fitted line."""

from typing import Final

from tempfit.data.dataset import Dataset
from tempfit.data.names import tidy_name
from tempfit.epoch.listing import LOOP
from tempfit.export.origin import Origin
from tempfit.export.readings import is_thermometer, literal, modules, readings
from tempfit.numbers import exact
from tempfit.training.experiment import EPOCHS, Experiment, Run
from tempfit.words import named, say

DEFAULT: Final = Experiment()

HEAD: Final = '''"""{title}

x: {x_name}
y: {y_name}
"""

{imports}
'''

PICTURE: Final = """
print(params)

try:
    import matplotlib.pyplot as plt
except ModuleNotFoundError:
    print("{missing}")
else:
    fitted = params[0] * x + params[1]
    plt.title("PyTorch linear model")
    plt.xlabel({x_name})
    plt.ylabel({y_name})
    plt.plot(readings.tolist(), fitted.tolist())
    plt.plot(readings.tolist(), y.tolist(), "o")
    plt.show()
"""


def script(dataset: Dataset, run: Run, epochs: int, origin: Origin | None = None) -> str:
    """Return a Python script that trains one run and draws the fitted line.

    The script needs PyTorch, and matplotlib for the picture. As the reference experiment does, it
    prints a line every 500 epochs, `Epoch e, Loss l`, with the loss before update e. Raises
    ValueError naming `epochs`, the value and the accepted range.
    """
    return head(dataset, origin) + tail(dataset, run, epochs)


def head(dataset: Dataset, origin: Origin | None = None) -> str:
    """Return the part that the scripts of all runs begin with: imports and readings."""
    names = (_in_docstring(name) for name in map(named, (dataset.x_name, dataset.y_name)))
    standard = modules(dataset, origin)
    imports = "".join([*(f"import {name}\n" for name in standard), "\n" * bool(standard)])
    x_name, y_name = names
    text = HEAD.format(
        title=say("Fit a line by gradient descent, with the gradient from PyTorch autograd."),
        x_name=x_name,
        y_name=y_name,
        imports=f"{imports}import torch",
    )
    return f"{text}\n{readings(dataset, origin)}\n"


def tail(dataset: Dataset, run: Run, epochs: int) -> str:
    """Return the part that is a run's own: settings, loop and picture."""
    EPOCHS.check(epochs)
    settings = {
        "feature_scale": literal(run.feature_scale),
        "feature_shift": literal(run.feature_shift),
        "learning_rate": literal(run.learning_rate),
        "start": f"[{', '.join(map(literal, run.start))}]",
        "epochs": str(epochs),
    }
    if run.changes:
        rates = ", ".join(f"{epoch}: {literal(rate)}" for epoch, rate in run.changes)
        said = say("after so many epochs, another learning rate")
        settings["changes"] = f"{{{rates}}}  # {said}"
    # The reference picture has these titles; whether the unknown unit is Fahrenheit, it knows not.
    known = is_thermometer(dataset)
    x_name, y_name = ("Fahrenheit", "Celsius") if known else (dataset.x_name, dataset.y_name)
    missing = say("The picture needs matplotlib, which `pip install matplotlib` brings.")
    return "\n".join(
        [
            "",
            *(f"{name} = {value}" for name, value in settings.items()),
            "",
            *_loop(run),
            PICTURE.format(x_name=_label(x_name), y_name=_label(y_name), missing=missing),
        ]
    )


def file_name(run: Run, origin: Origin) -> str:
    """Return what the script of a run is called: "tempfit-thermometer-lr0.01.py"."""
    parts = [origin.name, f"lr{exact(run.learning_rate)}"]
    parts += [f"lr{exact(rate)}-from-{epoch}" for epoch, rate in run.changes]
    if run.feature_shift:
        parts.append("standardized")
    elif run.feature_scale != DEFAULT.feature_scale:
        parts.append(f"scale{exact(run.feature_scale)}")
    if run.start != DEFAULT.start:
        parts.append("start" + "_".join(map(exact, run.start)))
    return f"{'-'.join(parts)}.py"


def _loop(run: Run) -> list[str]:
    """Return the lines of the loop, in which the learning rate of a run may change."""
    lines = [line for _, line in LOOP]
    if run.changes:
        first = next(place for place, line in enumerate(lines) if line.startswith("for epoch"))
        lines.insert(first + 1, "    learning_rate = changes.get(epoch - 1, learning_rate)")
    return lines


def _in_docstring(name: str) -> str:
    """Return a name that stands in a docstring and cannot end it."""
    return tidy_name(name).replace("\\", "/").replace('"', "'")


def _label(name: str) -> str:
    """Return a name as a Python literal that matplotlib shows as it stands, dollars and all."""
    return ascii(name.replace("$", r"\$"))
