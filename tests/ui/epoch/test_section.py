"""The section on autograd: made when it is opened, a tab at a time."""

import json
from typing import Any

import numpy as np
import torch

from tempfit.ui.epoch.charts import aloud, axis, finite
from tests.ui.conftest import Page
from tests.ui.epoch.conftest import NAMES, Section


def test_nothing_is_made_before_the_section_is_opened(page: Page) -> None:
    assert not page.app.latex
    # What loads ahead, the stage, and what trains for it.
    assert len(page.app.get("bidi_component")) == 3


def test_the_three_ways_are_compared_at_the_chosen_width(section: Section) -> None:
    section.tab(NAMES[1])
    assert r"\frac{72.89701 - 80.36434}{0.1}" in section.formulas
    assert "A narrower h would help" in section.words
    assert len(section.component("charts")["charts"]) == 3
    section.set("Width h of the difference", 1e-5)
    assert "A wider h would help" in section.words
    section.app.session_state["slope_kind"] = "central"
    section.run()
    assert "all of it rounding" in section.words


def test_there_is_nothing_to_compare_beyond_float32() -> None:
    page = Section(epochs="100", scale="1")
    page.tab(NAMES[1])
    page.look(40)
    assert "beyond what float32 can hold" in page.app.info[0].value


def test_the_graph_is_drawn_from_what_torch_recorded(section: Section) -> None:
    section.tab(NAMES[2])
    nodes = section.component("nodes")["nodes"]
    assert nodes[0]["name"] == "MeanBackward0"
    assert nodes[-1] | {"inputs": []} == {
        "name": "AccumulateGrad",
        "code": "params.grad",
        "shape": "(2,)",
        "value": "[1, 0]",
        "arriving": "[−77.614, −10.64]",
        "inputs": [],
        "constants": [],
        "leaf": True,
    }
    assert f"{len(nodes)} nodes" in section.words


def test_no_label_is_taken_for_one_of_the_main_controls() -> None:
    page = Section(compare=["0.03"])
    taken = ("epochs", "learning rate", "compare with", "feature scale", "train", "pause")
    labels: list[str] = []
    for name in NAMES:
        page.tab(name)
        kinds = ("selectbox", "select_slider", "number_input", "toggle", "button", "radio")
        found: list[Any] = [one for kind in kinds for one in page.app.main.get(kind)]
        labels += [one.label for one in found]
    assert len(labels) > 5
    assert not [label for label in labels if any(name in label.lower() for name in taken)]


def test_what_is_not_finite_is_sent_as_nothing() -> None:
    for given in (np.array([1.0, np.nan]), torch.tensor([1.0, np.inf]), (1, None)):
        sent = finite(given)
        assert sent == [1.0, None]
        json.dumps(sent, allow_nan=False)
    assert axis("w", (float("nan"), 1.0))["range"] is None


def test_many_numbers_are_spoken_of_by_the_first_few() -> None:
    assert aloud(1.5, float("nan")) == "1.5, overflowed"
    assert aloud(float("nan"), float("inf")) == "overflowed"
    assert aloud(*range(1, 5001)).endswith("11, 12, and 4,988 more")
