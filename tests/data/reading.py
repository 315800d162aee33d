"""What is read from a table, and why another one is refused, as tests compare them."""

import pytest

from tempfit import DataError, Dataset, read_csv
from tempfit.data.files import File

Numbers = tuple[list[float], list[float]]

PLAIN: Numbers = ([1.5, 2.5, 4.0], [10.0, 12.0, 18.0])


def pair(dataset: Dataset) -> Numbers:
    return dataset.x.tolist(), dataset.y.tolist()


def names(dataset: Dataset) -> tuple[str, str]:
    return dataset.x_name, dataset.y_name


def refusal(content: File, x: str | None = None, y: str | None = None) -> str:
    with pytest.raises(DataError) as raised:
        read_csv(content, x, y)
    return str(raised.value)
