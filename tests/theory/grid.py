"""The runs of the thermometer's map."""

import numpy as np

from tempfit import Run, thermometer
from tempfit.theory.map_extent import extent


def grid(cells: int) -> list[Run]:
    """Return a run for each of so many learning rates at each of so many feature scales."""
    rates, scales = extent(thermometer(), Run(1e-2))
    return [
        Run(float(rate), float(scale))
        for scale in np.geomspace(*scales, cells)
        for rate in np.geomspace(*rates, cells)
    ]
