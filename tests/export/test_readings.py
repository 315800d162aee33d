"""The exported script has the readings: written out, by their recipe, or read from their file."""

import math
import re
from pathlib import Path
from typing import Any

import pytest

from tempfit.data.loading import load
from tempfit.data.pair import read_pair
from tempfit.data.sources import OWN, Recipe, Source
from tempfit.data.table import read_table, table_of
from tempfit.export import Origin, script
from tempfit.training.experiment import Run, standardization
from tempfit.training.loop import fit
from tests.data.reading import CELLS
from tests.export.running import losses_of

REFERENCE = Run(1e-2)


@pytest.mark.parametrize("recipe", [Recipe(), Recipe(4000, -3.0, 2.0, 50.0, 7)])
def test_generated_readings_are_generated_again(
    recipe: Recipe,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source = Source("generated", recipe)
    dataset, origin = load(source), Origin(source)
    text = script(dataset, Run(0.02, 0.3), 500, origin)
    assert len(text) < 2000
    (loss,) = losses_of(text, tmp_path, monkeypatch, capsys)
    assert loss == pytest.approx(fit(dataset, [Run(0.02, 0.3)], 499).loss[0, -1], rel=1e-5)


def houses(rows: int, number: str, header: str, separator: str) -> str:
    """Return a table of houses; every tenth price is missing."""
    cells = [
        (f"2024-01-{1 + i % 28:02d}", 1 + i % 7, number.format(50_000 + 1000.25 * (i * 37 % 400)))
        for i in range(rows)
    ]
    priced = [(d, r, p if i % 10 else "n/a") for i, (d, r, p) in enumerate(cells)]
    lines = [header, *(separator.join(map(str, row)) for row in priced)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (houses(400, "{:.2f}", "date,rooms,price", ","), "utf-8"),
        (houses(400, '"{:,.2f}"', "Sold\ndate,Zimmer °,price (€)", ","), "cp1252"),
        (houses(400, "$ {:,.2f}", "# of 2024\ndate\trooms\tprice", "\t"), "utf-16"),
        (houses(400, "{:.2f}", "日期;房间;房价", ";").replace(".", ","), "gb18030"),
        (houses(400, "{:.2f}", "date  rooms price", "  "), "utf-8-sig"),
        (houses(400, "{:.2f}", "date,rooms,price", ",") + "\n,,\n2024,8,1,9\nTotal,,7\n", "utf-8"),
    ],
)
def test_many_readings_are_read_from_their_file(
    text: str,
    encoding: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "häuser.csv").write_bytes(text.encode(encoding))
    read = read_pair(read_table(tmp_path / "häuser.csv"))
    dataset = read.dataset
    assert len(dataset) == 360
    scale, shift = standardization(dataset)
    run_ = Run(0.01, scale, shift)
    exported = script(dataset, run_, 500, Origin(OWN, "Häuser", "häuser.csv", read))
    assert "csv.reader(" in exported or "str.split" in exported
    (loss,) = losses_of(exported, tmp_path, monkeypatch, capsys)
    assert loss == pytest.approx(fit(dataset, [run_], 499).loss[0, -1], rel=1e-5)
    (tmp_path / "häuser.csv").write_bytes(text.replace("n/a", "1").encode(encoding))
    with pytest.raises(SystemExit, match="The page had 360 readings, and the file has 400"):
        losses_of(exported, tmp_path, monkeypatch, capsys)


@pytest.mark.parametrize(("cell", "mark", "expected"), CELLS)
def test_the_script_reads_a_cell_as_the_page_does(cell: str, mark: str, expected: float) -> None:
    text = houses(400, "{:.2f}", "date;rooms;price", ";").replace(".", mark)
    read = read_pair(read_table(text))
    exported = script(read.dataset, REFERENCE, 9, Origin(OWN, "Houses", "houses.csv", read))
    names: dict[str, Any] = {"re": re, "math": math}
    exec("AROUND" + exported.partition("AROUND")[2].partition("# ")[0], names)  # noqa: S102
    assert names["number"](cell) == pytest.approx(expected, nan_ok=True)


def test_few_or_edited_readings_are_written_out() -> None:
    few = read_pair(read_table(houses(100, "{:.2f}", "date,rooms,price", ",")))
    edited = read_pair(table_of(list(range(300)), list(range(300)), ("x", "y")))
    for pair in (few, edited):
        text = script(pair.dataset, REFERENCE, 9, Origin(OWN, "Mine", "mine.csv", pair))
        assert "readings = torch.tensor(" in text
        assert "csv" not in text
