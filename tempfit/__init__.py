"""Make gradient descent visible: fit a line to readings, and watch it learn.

The public names are imported when they are first used: importing torch takes seconds, and the
page shows its controls before that.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tempfit.data.dataset import Dataset as Dataset
    from tempfit.data.dataset import thermometer as thermometer
    from tempfit.data.files import DataError as DataError
    from tempfit.data.pair import read_csv as read_csv
    from tempfit.theory.curvature import curvature as curvature
    from tempfit.theory.law import forecast as forecast
    from tempfit.theory.verdict import verdicts as verdicts
    from tempfit.training.experiment import Run as Run
    from tempfit.training.history import History as History
    from tempfit.training.loop import fit as fit
    from tempfit.training.loop import train as train

_MODULE_OF = {
    "Dataset": "data.dataset",
    "thermometer": "data.dataset",
    "Run": "training.experiment",
    "DataError": "data.files",
    "read_csv": "data.pair",
    "curvature": "theory.curvature",
    "forecast": "theory.law",
    "History": "training.history",
    "fit": "training.loop",
    "train": "training.loop",
    "verdicts": "theory.verdict",
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
