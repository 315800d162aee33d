"""Make gradient descent visible: fit a line to readings, and watch it learn.

The public names are imported when they are first used: importing torch takes seconds, and the
page shows its controls before that.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tempfit.data import Dataset as Dataset
    from tempfit.data import thermometer as thermometer
    from tempfit.experiment import Run as Run
    from tempfit.reading import DataError as DataError
    from tempfit.reading import read_csv as read_csv
    from tempfit.theory import curvature as curvature
    from tempfit.theory import forecast as forecast
    from tempfit.training import History as History
    from tempfit.training import fit as fit
    from tempfit.training import train as train
    from tempfit.verdict import verdicts as verdicts

_MODULE_OF = {
    "Dataset": "data",
    "thermometer": "data",
    "Run": "experiment",
    "DataError": "reading",
    "read_csv": "reading",
    "curvature": "theory",
    "forecast": "theory",
    "History": "training",
    "fit": "training",
    "train": "training",
    "verdicts": "verdict",
}
__all__ = list(_MODULE_OF)  # pyright: ignore[reportUnsupportedDunderAll]


def __getattr__(name: str) -> object:
    """Import a public name from the module that defines it."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(_MODULE_OF)
