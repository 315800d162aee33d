"""One epoch, step by step: the walk, the lines of code, the table and the charts."""

import json
from html import unescape
from typing import Any

import pytest
import torch

from tempfit.data.dataset import Dataset, thermometer
from tempfit.epoch.anatomy import Params, one_epoch
from tempfit.epoch.listing import LOOP, Substep
from tempfit.export import script
from tempfit.training.experiment import Run
from tempfit.ui import session
from tempfit.ui.epoch import substep_charts, substeps
from tempfit.ui.epoch.substeps import Walk
from tests.ui.epoch.conftest import Section

OVERFLOWED = one_epoch(thermometer(), Run(1e-2), 12, Params(float("nan"), float("inf")))


@pytest.mark.parametrize("substep", Substep)
def test_every_substep_marks_its_lines_of_the_script_and_no_others(substep: Substep) -> None:
    text = substeps.code_html(substep)
    lines = [part.split("</span>")[0] for part in text.split("<span ")[1:]]
    shown = [unescape(line.partition(">")[2]) for line in lines]
    marked = [line for line, part in zip(shown, lines, strict=True) if "aria-current" in part]
    assert marked == [line for belongs, line in LOOP if belongs is substep]
    assert "\n".join(line.rstrip() for line in shown) in script(thermometer(), Run(1e-2), 9)


def test_a_control_that_leaves_the_page_chooses_no_substep(monkeypatch: pytest.MonkeyPatch) -> None:
    walk = Walk(Substep.LOSS)
    monkeypatch.setattr(session, "part", {Walk: walk}.__getitem__)
    monkeypatch.setattr(session, "gone", lambda _: False)
    for said, substep in ((None, Substep.LOSS), (Substep.UPDATE.value, Substep.UPDATE)):
        monkeypatch.setattr(session, "widget", {"key": said}.__getitem__)
        substeps._take("key")
        assert walk.substep is substep


def test_the_way_through_the_substeps_has_two_ends(section: Section) -> None:
    walk = section.part(Walk)
    seen = []
    assert section.control("Previous step").disabled
    for _ in range(len(Substep) - 1):
        seen.append(walk.substep)
        section.press("Next step")
    assert [*seen, walk.substep] == list(Substep)
    assert section.control("Next step").disabled
    section.press("Previous step")
    assert walk.substep is Substep.UPDATE


def choice(section: Section) -> Any:
    """Return the control that shows the substep."""
    found: list[Any] = list(section.app.get("button_group"))
    (control,) = [one for one in found if one.label == "Step"]
    return control


def test_a_substep_can_be_chosen_and_gone_on_from(section: Section) -> None:
    choice(section).set_value(Substep.LOSS.value)
    section.run()
    assert section.part(Walk).substep is Substep.LOSS
    section.press("Next step")
    assert section.part(Walk).substep is Substep.GRADIENT
    assert choice(section).value == Substep.GRADIENT.value


def test_the_numbers_of_all_readings_appear_substep_by_substep(section: Section) -> None:
    table = section.text("tempfit-numbers")
    assert "<tr class='now'><th scope='row'>x</th><td class='followed'>3.57</td>" in table
    assert "<tr class='later'><th scope='row'>prediction</th>" in table
    section.substep(Substep.LOSS)
    table = section.text("tempfit-numbers")
    assert "<span class='now'>80.364</span>" in table
    assert "<tr class='later'><th scope='row'>2 · residual</th>" in table
    section.substep(Substep.LOSS_AFTER)
    assert "later" not in section.text("tempfit-numbers")


def test_fewer_readings_than_the_chosen_one_are_counted_from_the_first() -> None:
    page = Section(data="generated", readings="20")
    page.set("Reading in the formulas", 15)
    page.follow({"data": "generated", "readings": "10"})
    assert page.control("Reading in the formulas").value == 1


@pytest.mark.parametrize("epoch", [1, 11, 12, 40])
@pytest.mark.parametrize("rate", ["0.01", "1e-20"])
def test_every_substep_can_be_shown_of_a_run_that_overflows_too(epoch: int, rate: str) -> None:
    page = Section(epochs="100", scale="1", lr=rate)
    page.look(epoch)
    for substep in Substep:
        page.substep(substep)
        drawn = page.component("charts")["charts"]
        assert len(drawn) == 2
        assert all(chart["label"] for chart in drawn)


@pytest.mark.parametrize("substep", Substep)
def test_a_chart_of_what_overflowed_says_so_in_words(substep: Substep) -> None:
    drawn = substep_charts.both(thermometer(), OVERFLOWED, substep, 0)
    labels = [chart["label"] for chart in drawn]
    assert not [label for label in labels if "nan" in label or "∞" in label]
    assert ("overflowed" in " ".join(labels)) is (substep is not Substep.READINGS)


@pytest.mark.parametrize("count", [1, 2, 3, 5000])
def test_a_table_and_charts_can_be_made_of_any_number_of_readings(count: int) -> None:
    x = torch.arange(count, dtype=torch.float32)
    dataset = Dataset(x, 2 * x - 1, "speed <b>", "& cost (€)")
    epoch = one_epoch(dataset, Run(1e-9), 1, Params(1.0, 0.0))
    for substep in Substep:
        text = substeps.table_html(epoch, substep, count - 1)
        assert text.count("<tr") == 10
        for chart in substep_charts.both(dataset, epoch, substep, count - 1):
            json.dumps(chart, allow_nan=False)
            assert all(len(trace["x"]) <= 1300 for trace in chart["traces"])
