"""Where the readings of an experiment are from, as far as a file of it must say so."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from tempfit.data.pair import Pair
from tempfit.data.sources import OWN, THERMOMETER, Recipe, Source


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Hold where readings are from, and for somebody's own the file and what was read in it.

    `title` is what the page calls them. `file` is what they were before they were edited.
    """

    source: Source = THERMOMETER
    title: str = ""
    file: str = ""
    pair: Pair | None = None

    @property
    def edited(self) -> bool:
        """Whether the readings are in no file."""
        return self.pair is None or self.pair.table.layout is None

    @property
    def recipe(self) -> Recipe | None:
        """The recipe of generated readings."""
        return self.source.recipe if self.source.name == "generated" else None

    @property
    def name(self) -> str:
        """What the files of these readings are called, without an ending: "tempfit-houses"."""
        if self.source != OWN:
            return f"tempfit-{self.source.name}"
        stem = re.sub(r"\W+", "-", PurePath(self.file).stem.casefold()).strip("-") or "own"
        return f"tempfit-{stem}-edited" if self.edited else f"tempfit-{stem}"
