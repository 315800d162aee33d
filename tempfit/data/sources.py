"""Which data can be asked for by name: the thermometer, examples, and readings made to measure.

Plain frozen values, like an experiment: they travel in the link. What they hold is loaded by
`tempfit.data.loading`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tempfit.limits import Limits
from tempfit.words import later, say

READINGS: Final = Limits("readings", 2, 1_000_000, whole=True)
SLOPE: Final = Limits("slope", -1e6, 1e6)
NOISE: Final = Limits("noise", 0, 1e6)
OUTLIER: Final = Limits("outlier", -1e6, 1e6)
SEED: Final = Limits("seed", 0, 2**31 - 1, whole=True)
INGREDIENTS: Final = (READINGS, SLOPE, NOISE, OUTLIER, SEED)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Say how readings are generated: y = slope · x + 5, with noise, and one outlier.

    x is spread evenly over 0 to 10. `noise` is the standard deviation of what is added to each
    y, and `outlier` what is added to the y of one reading, both in units of y. The same `seed`
    gives the same readings. Raises ValueError naming the field, the value and the range.
    """

    readings: int = 30
    slope: float = 2.0
    noise: float = 1.0
    outlier: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        for limits in INGREDIENTS:
            limits.check(getattr(self, limits.field))


@dataclass(frozen=True, slots=True)
class Example:
    """Name two columns of a table that ships with plotly, and what there is to be learnt.

    `rows` holds the pairs (column, value) that pick the rows.
    """

    title: str
    file: str
    x: str
    y: str
    x_name: str
    y_name: str
    lesson: str
    rows: tuple[tuple[str, str | int], ...] = ()


EXAMPLES: Final[dict[str, Example]] = {
    "tips": Example(
        later("Restaurant tips"),
        "tips",
        "total_bill",
        "tip",
        later("Bill (US$)"),
        later("Tip (US$)"),
        later("244 noisy readings: the best line leaves most of the loss."),
    ),
    "iris": Example(
        later("Iris petals"),
        "iris",
        "petal_length",
        "petal_width",
        later("Petal length (cm)"),
        later("Petal width (cm)"),
        later("A feature of the right size: it converges unscaled."),
    ),
    "population": Example(
        later("Life in Brazil, by population"),
        "gapminder",
        "pop",
        "lifeExp",
        later("Population of Brazil (persons)"),
        later("Life expectancy (years)"),
        later("A feature in the hundred millions: unscaled, a rate of 1e-16 is too large."),
        (("country", "Brazil"),),
    ),
    "years": Example(
        later("Life in Brazil, by year"),
        "gapminder",
        "year",
        "lifeExp",
        later("Year"),
        later("Life expectancy in Brazil (years)"),
        later("A feature far from zero: scaling leaves a ravine, standardizing does not."),
        (("country", "Brazil"),),
    ),
    "income": Example(
        later("Life by income, 2007"),
        "gapminder",
        "gdpPercap",
        "lifeExp",
        later("Income per person (US$ a year)"),
        later("Life expectancy (years)"),
        later("142 countries that no line fits well: the best loss stays large."),
        (("year", 2007),),
    ),
    "shares": Example(
        later("Share prices"),
        "stocks",
        "GOOG",
        "MSFT",
        later("Google share, January 2018 = 1"),
        later("Microsoft share, January 2018 = 1"),
        later("The feature hardly varies: the loss is a ravine although no number is large."),
    ),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Say where the readings are from: a name, and for generated ones their recipe.

    `name` is "thermometer", a key of `EXAMPLES`, "generated", or "own" for readings that are in
    this session alone.
    """

    name: str = "thermometer"
    recipe: Recipe = Recipe()

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise ValueError(f"name must be one of {', '.join(NAMES)}, not {self.name}")

    @property
    def title(self) -> str:
        """What the source is called on the page."""
        return say(TITLES[self.name])


TITLES: Final[dict[str, str]] = {
    "thermometer": later("Unknown thermometer"),
    **{name: example.title for name, example in EXAMPLES.items()},
    "generated": later("Generated readings"),
    "own": later("Own readings"),
}
NAMES: Final = tuple(TITLES)
THERMOMETER: Final = Source()
OWN: Final = Source("own")
