"""The readings on the page, as this session has loaded them.

The sidebar reads from here where its sliders begin and end, before torch is imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tempfit.data.dataset import Dataset
    from tempfit.data.sources import Source
    from tempfit.lesson.step import Columns
    from tempfit.own import Own
    from tempfit.theory.starting import Start


@dataclass(slots=True, eq=False)
class Loaded:
    """Hold the readings, what they were loaded from, and where to start with them.

    There is no start for the thermometer: it has the reference experiments.
    """

    loaded_from: Source | Own | Columns | None = None
    dataset: Dataset | None = None
    start: Start | None = None
