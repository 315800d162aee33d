"""The lines of a script that have its readings: written out, by a recipe, or read from a file."""

from typing import Final

import numpy as np
import torch

from tempfit.data.dataset import Dataset, thermometer
from tempfit.data.loading import INTERCEPT, WIDTH
from tempfit.data.names import quoted, tidy_name
from tempfit.data.sources import Recipe
from tempfit.data.table import AROUND, digits
from tempfit.export.origin import Origin
from tempfit.numbers import count, exact
from tempfit.words import later, say

PER_LINE: Final = 8
MOST_WRITTEN_OUT: Final = 200  # where they can be read from their file
PASTED: Final = "pasted.csv"

GENERATED: Final = """\
generator = torch.Generator().manual_seed({seed})
readings = torch.rand({count}, generator=generator).sort().values * {width}
y = {slope} * readings + {intercept} + torch.randn({count}, generator=generator) * {noise}
y[{outlier_at}] += {outlier}"""

MEANING: Final = later("Return the number in a cell, nan where there is none.")

FROM_FILE: Final = '''\
AROUND = {around!r}
PLAIN = {plain!r}
APART = {apart!r}


def number(cell):
    """{meaning}"""
    if not re.fullmatch(f"{{AROUND}}[+−-]?{{AROUND}}({{PLAIN}}|{{APART}}){{AROUND}}", cell):
        return math.nan
    bare = re.sub("[^0-9eE{mark}-]", "", cell.replace("−", "-"))
    return float(bare.replace("{mark}", "."))


# {what}
pairs = []
with open({file}, encoding="{encoding}") as file:
    for row in {rows}:
        cells = [*row, *[""] * {beyond}]
        pair = [number(cells[place]) for place in ({x_place}, {y_place})]
        if not any(map(math.isnan, pair)) and not cells[{width}]:
            pairs.append(pair)
if len(pairs) != {count}:
    raise SystemExit(f"{otherwise}")
readings, y = torch.tensor(pairs).T.contiguous()'''


def readings(dataset: Dataset, origin: Origin | None) -> str:
    """Return lines that assign `readings` and `y`."""
    recipe = origin.recipe if origin else None
    if recipe:
        return _generated(recipe)
    if origin and not origin.edited and len(dataset) > MOST_WRITTEN_OUT:
        return _from_file(dataset, origin)
    if is_thermometer(dataset):
        written_out = [_numbers("t_u", dataset.x), _numbers("t_c", dataset.y)]
        return "\n".join([*written_out, "readings, y = t_u, t_c"])
    return "\n".join([_numbers("readings", dataset.x), _numbers("y", dataset.y)])


def modules(dataset: Dataset, origin: Origin | None) -> list[str]:
    """Return what the lines need besides torch."""
    if not origin or origin.edited or len(dataset) <= MOST_WRITTEN_OUT:
        return []
    return ["csv", "math", "re"]


def is_thermometer(dataset: Dataset) -> bool:
    """Return whether readings are those of the unknown thermometer, under their names."""
    known = thermometer()
    same = torch.equal(dataset.x, known.x) and torch.equal(dataset.y, known.y)
    return same and (dataset.x_name, dataset.y_name) == (known.x_name, known.y_name)


def literal(value: float) -> str:
    """Return a float as Python writes it: a tensor of whole numbers would not be of floats."""
    text = exact(value)
    return text if "." in text or "e" in text else f"{text}.0"


def _numbers(name: str, values: torch.Tensor) -> str:
    """Return an assignment of a tensor, each value as short as gives the same float32 again."""
    texts = [_shortest(value) for value in values.numpy()]
    rows = [texts[place : place + PER_LINE] for place in range(0, len(texts), PER_LINE)]
    lines = "".join(f"    {', '.join(row)},\n" for row in rows)
    return f"{name} = torch.tensor([\n{lines}])"


def _shortest(value: np.float32) -> str:
    """Return a float32 as the shortest Python number that torch stores as the same float32."""
    short = float(str(value))
    return literal(short if np.float32(short) == value else float(value))


def _generated(recipe: Recipe) -> str:
    """Return the lines of `tempfit.data.loading.generated`."""
    return GENERATED.format(
        seed=recipe.seed,
        count=recipe.readings,
        width=literal(WIDTH),
        slope=literal(recipe.slope),
        intercept=literal(INTERCEPT),
        noise=literal(recipe.noise),
        outlier_at=3 * recipe.readings // 4,
        outlier=literal(recipe.outlier),
    )


def _from_file(dataset: Dataset, origin: Origin) -> str:
    """Return lines that read the two columns of the file as the page does."""
    pair = origin.pair
    assert pair is not None
    assert pair.table.layout is not None
    encoding, separator, mark = pair.table.layout
    plain, apart = digits(mark)
    title = origin.file
    if title == PASTED:
        title = say("{file}, in which you save what was pasted", file=PASTED)
    what = later("{x} and {y} of {title}; rows without both numbers are left out.")
    x, y = (quoted(tidy_name(name)) for name in (dataset.x_name, dataset.y_name))
    otherwise = later("The page had {count} readings, and the file has {found}.")
    readings = count(len(dataset)).replace(",", "_")
    rows = "map(str.split, file)"
    if separator != " ":
        rows = f"csv.reader(file, delimiter={separator!a}, skipinitialspace=True)"
    if above := pair.table.cells.index[0]:
        rows = f"list({rows})[{above}:]"
    return FROM_FILE.format(
        meaning=say(MEANING),
        mark=mark,
        around=AROUND,
        plain=plain,
        apart=apart,
        what=say(what, x=x, y=y, title=tidy_name(title)),
        otherwise=say(otherwise, count=readings, found="{len(pairs)}"),
        file=ascii(origin.file),
        encoding=encoding,
        rows=rows,
        x_place=pair.columns[0],
        y_place=pair.columns[1],
        width=len(pair.table.names),
        beyond=len(pair.table.names) + 1,
        count=readings,
    )
