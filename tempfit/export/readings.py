"""The lines of a script that have its readings: written out, by a recipe, or read from a file."""

from typing import Final

import numpy as np
import torch

from tempfit.data.cells import NUMBERS
from tempfit.data.dataset import Dataset, thermometer
from tempfit.data.loading import INTERCEPT, WIDTH
from tempfit.data.names import quoted, tidy_name
from tempfit.data.sources import Recipe
from tempfit.data.table import Layout
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

FROM_FILE: Final = """\
{reader}


# {what}
pairs = []
with open({file}, encoding="{encoding}", newline="") as file:
    for row in {rows}:
        try:
            pair = [number(row[place]) for place in ({x_place}, {y_place})]
        except (IndexError, ValueError):
            continue
        if all(map(math.isfinite, pair)) and not any(row[{width}:{beyond}]):
            pairs.append(pair)
if len(pairs) != {count}:
    raise SystemExit(f"{otherwise}")
readings, y = torch.tensor(pairs).T.contiguous()"""

MEANING: Final = later("Return the number in a cell; raise ValueError where there is none.")

PLAIN_NUMBER: Final = '''\
def number(cell):
    """{meaning}"""
    return float({cell})'''

ODD_NUMBER: Final = '''\
NUMBER = re.compile({pattern})


def number(cell):
    """{meaning}"""
    if not NUMBER.fullmatch(cell.strip()):
        raise ValueError(cell)
    plain = re.sub({others}, "", cell.replace("\\u2212", "-"))
    return float(plain{to_point})'''


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
    return ["csv", "math", *(["re"] if _is_odd(origin) else [])]


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
    table = origin.table
    assert table is not None
    assert table.layout is not None
    title = origin.file
    if title == PASTED:
        title = say("{file}, in which you save what was pasted", file=PASTED)
    what = later("{x} and {y} of {title}; rows without both numbers are left out.")
    x, y = (quoted(tidy_name(name)) for name in (dataset.x_name, dataset.y_name))
    otherwise = later("The page had {count} readings, and the file has {found}.")
    rows = count(len(dataset)).replace(",", "_")
    return FROM_FILE.format(
        what=say(what, x=x, y=y, title=tidy_name(title)),
        otherwise=say(otherwise, count=rows, found="{len(pairs)}"),
        reader=_number(table.layout.decimal, odd=_is_odd(origin)),
        file=ascii(origin.file),
        encoding=table.layout.encoding,
        rows=_rows(table.layout),
        x_place=origin.columns[0],
        y_place=origin.columns[1],
        width=len(table.names),
        beyond=len(table.names) + 1,
        count=rows,
    )


def _is_odd(origin: Origin) -> bool:
    """Return whether one of the columns spells numbers that Python does not read."""
    layout = origin.table.layout if origin.table else None
    return layout is not None and not layout.odd.isdisjoint(origin.columns)


def _rows(layout: Layout) -> str:
    """Return an expression for the rows of the open file."""
    lines = f"list(file)[{layout.skipped}:]" if layout.skipped else "file"
    if layout.separator == " ":
        return f"map(str.split, {lines})"
    return f"csv.reader({lines}, delimiter={layout.separator!a}, skipinitialspace=True)"


def _number(mark: str, *, odd: bool) -> str:
    """Return a function that reads the number in a cell as the page does."""
    if odd:
        to_point = "" if mark == "." else '.replace(",", ".")'
        others = ascii(f"[^0-9A-Za-z{mark}-]")
        return ODD_NUMBER.format(
            meaning=say(MEANING), pattern=ascii(NUMBERS[mark]), others=others, to_point=to_point
        )
    cell = "cell" if mark == "." else 'cell.replace(".", "?").replace(",", ".")'
    return PLAIN_NUMBER.format(meaning=say(MEANING), cell=cell)
