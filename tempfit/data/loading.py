"""Load the dataset of a source that has a name: nothing comes from the network."""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

import pandas as pd
import torch

from tempfit.data.dataset import Dataset, thermometer
from tempfit.data.sources import EXAMPLES, Example, Recipe, Source

INTERCEPT: Final = 5.0
WIDTH: Final = 10.0


def load(source: Source) -> Dataset:
    """Return the readings of a source; those of the same source are the same.

    Raises ValueError for the source "own", whose readings are nowhere but in a session.
    """
    if source.name == "thermometer":
        return thermometer()
    if source.name == "generated":
        return generated(source.recipe)
    if source.name in EXAMPLES:
        return example(EXAMPLES[source.name])
    raise ValueError("own readings cannot be loaded: they are in the session that has them")


def example(what: Example) -> Dataset:
    """Return two columns of a table from the folder of the installed plotly package."""
    table = pd.read_csv(_tables() / f"{what.file}.csv.gz")
    for column, value in what.rows:
        table = table[table[column] == value]
    x, y = (
        torch.from_numpy(table[name].to_numpy("float32", copy=True)) for name in (what.x, what.y)
    )
    return Dataset(x, y, what.x_name, what.y_name)


def _tables() -> Path:
    """Return the folder of tables in the plotly package, without importing the package."""
    spec = find_spec("plotly")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "package_data" / "datasets"


def generated(recipe: Recipe) -> Dataset:
    """Return readings with y = slope · x + 5 over x from 0 to 10, as the recipe has them.

    The outlier is the reading at three quarters of the way.
    """
    generator = torch.Generator().manual_seed(recipe.seed)
    count = recipe.readings
    x = torch.rand(count, generator=generator).sort().values * WIDTH
    noise = torch.randn(count, generator=generator) * recipe.noise
    y = recipe.slope * x + INTERCEPT + noise
    y[3 * count // 4] += recipe.outlier
    return Dataset(x, y)
