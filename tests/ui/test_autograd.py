"""The autograd section: what is under the glass, and that every part of it can be shown."""

import json
from html import unescape
from typing import Any

import numpy as np
import pytest
import torch

from tempfit.data.dataset import Dataset, thermometer
from tempfit.epoch.anatomy import Params, one_epoch
from tempfit.epoch.latex import plain, tex
from tempfit.epoch.trials import TRIALS
from tempfit.export import LOOP, Step, script
from tempfit.training import loop as training
from tempfit.training.experiment import PRESETS, Experiment, Run
from tempfit.training.loop import advance
from tempfit.ui.epoch import autograd, breaking, glass, glass_panels, subject
from tempfit.ui.epoch import charts as autograd_charts
from tempfit.ui.epoch.subject import name_of
from tests.ui.conftest import Page

RACE = PRESETS["Race four learning rates"]
TABS = list(autograd.PARTS)


class Glass(Page):
    """The page with the autograd section open."""

    def __init__(self, **parameters: Any) -> None:
        super().__init__(**parameters)
        self.app.session_state["autograd_open"] = True
        self.run()

    def look(self, epoch: int) -> None:
        """Put an epoch under the glass, training on for as long as that takes."""
        self.ask(epoch)
        while self.component("wanted")["reached"] < epoch:
            self.run()

    def ask(self, epoch: int) -> None:
        self.app.session_state["glass_epoch"] = epoch
        self.run()

    def step(self, step: Step) -> None:
        self.app.session_state["glass_step"] = step.value
        self.run()

    def tab(self, name: str) -> None:
        self.app.session_state["autograd_tab"] = name
        self.run()

    def trial(self, name: str) -> None:
        self.app.session_state["broken"] = name
        self.run()

    @property
    def formulas(self) -> str:
        return " ".join(formula.value for formula in self.app.latex)

    @property
    def words(self) -> str:
        return " ".join(text.value for text in self.app.markdown)


@pytest.fixture(scope="module")
def kept() -> Glass:
    return Glass(compare=["0.001", "0.03", "0.036"])


@pytest.fixture
def section(kept: Glass) -> Glass:
    """Give the page with the race on it and the section as it opens."""
    kept.app.session_state["glass_run"] = 0
    kept.app.session_state["glass_follow"] = True
    kept.app.session_state["autograd_tab"] = TABS[0]
    kept.app.session_state["glass_step"] = Step.READINGS.value
    kept.app.session_state["glass_epoch"] = 1
    kept.run()
    return kept


def number_of(page: Glass) -> int:
    return int(page.component("wanted")["reached"])


def test_nothing_is_made_before_the_section_is_opened(page: Page) -> None:
    assert not page.app.latex
    assert len(page.app.get("bidi_component")) == 2  # what loads ahead, and the stage


# What is under the glass.


def test_the_section_opens_at_the_first_epoch_of_the_main_run(section: Glass) -> None:
    assert number_of(section) == 1
    assert "0.1 \\cdot 35.7 = 3.57" in section.formulas


@pytest.mark.parametrize(("run", "epoch"), [(0, 2), (3, 2), (1, 250), (2, 251)])
def test_any_epoch_of_any_run_is_shown_with_the_params_of_the_stage(
    section: Glass, run: int, epoch: int
) -> None:
    section.app.session_state["glass_run"] = run
    section.look(epoch)
    section.step(Step.UPDATE)
    runs = RACE.runs(thermometer())
    state, _ = training.begin(thermometer(), runs)
    state, _ = training.advance(thermometer(), runs, state, RACE.epochs, epoch - 1)
    for name, value in zip("wb", state.params[run], strict=True):
        assert rf"\partial {name}}} = {tex(value)} - " in section.formulas


def test_an_epoch_that_the_stage_has_trained_is_not_trained_again(
    section: Glass, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer = section.app.session_state["trainer"]
    while trainer.state.epoch < 300:
        trainer.train(300)
    trained: list[int] = []

    def counted(*given: Any) -> Any:
        trained.append(given[4] - given[2].epoch)
        return advance(*given)

    monkeypatch.setattr("tempfit.ui.epoch.subject.advance", counted)
    section.look(300)
    assert sum(trained) <= 1
    trainer.restart()


def test_a_far_epoch_is_approached_in_pieces_and_shown_on_the_way() -> None:
    page = Glass(epochs="1000000")
    page.ask(900_000)
    seen = [number_of(page)]
    for _ in range(2):
        page.run()
        seen.append(number_of(page))
    assert 1 < seen[0] < seen[1] < seen[2] < 900_000
    assert page.component("wanted")["wanted"] == 900_000
    page.look(3)
    assert number_of(page) == 3


def test_a_shorter_experiment_takes_the_glass_to_its_last_epoch() -> None:
    page = Glass(epochs="50")
    page.look(50)
    page.set("Epochs", 20)
    assert number_of(page) == 20


def test_the_learning_rate_under_the_glass_is_that_of_the_phase() -> None:
    page = Glass(epochs="50", change=["10,0.002"])
    page.step(Step.UPDATE)
    page.look(10)
    assert r"- 0.01 \cdot" in page.formulas
    page.look(11)
    assert r"- 0.002 \cdot" in page.formulas


@pytest.fixture
def state(section: Glass, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Give a session with epoch 5 under the glass, following the stage."""
    trainer = section.app.session_state["trainer"]
    state = {"glass_epoch": 5, "glass_follow": True, "trainer": trainer, subject.KEY: {}}
    monkeypatch.setattr("tempfit.ui.epoch.subject.st.session_state", state)
    return state


@pytest.mark.parametrize(
    ("shown", "epoch"),
    [
        ({"epoch": 77}, 77),
        ({"epoch": 0}, 1),
        ({"epoch": 10**9}, RACE.epochs),
        ({"epoch": 77, "experiment": "another"}, 5),
        ({"epoch": "77"}, 5),
        ("nonsense", 5),
        (None, 5),
    ],
)
def test_the_epoch_that_the_stage_shows_comes_under_the_glass(
    state: dict[str, Any], shown: Any, epoch: int
) -> None:
    if isinstance(shown, dict):
        shown = {"experiment": state["trainer"].identity} | shown
    state[subject.KEY]["shown"] = shown
    subject._shown()
    assert state["glass_epoch"] == epoch
    state.update(glass_epoch=5, glass_follow=False)
    subject._shown()
    assert state["glass_epoch"] == 5


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ({"epoch": 77, "following": False}, (77, False)),
        ({"epoch": 5, "following": True}, (5, True)),
        ({"epoch": 0, "following": False}, (1, False)),
        ({"epoch": 10**9, "following": False}, (RACE.epochs, False)),
        ({"epoch": 7.5, "following": False}, (5, True)),
        ({"epoch": 77}, (5, True)),
        (None, (5, True)),
    ],
)
def test_what_is_chosen_by_hand_comes_under_the_glass(
    state: dict[str, Any], choice: Any, expected: tuple[int, bool]
) -> None:
    state[subject.KEY]["choice"] = choice
    subject._chosen()
    assert (state["glass_epoch"], state["glass_follow"]) == expected


def test_runs_are_told_apart_by_what_they_differ_in() -> None:
    assert name_of((Run(0.01), Run(0.02)), 1) == "0.02"
    assert name_of((Run(0.01), Run(0.01, 1.0)), 1) == "0.01, scale 1, from (1, 0)"


# One epoch.


@pytest.mark.parametrize("step", Step)
def test_every_step_marks_its_lines_of_the_script_and_no_others(step: Step) -> None:
    text = glass.code_html(step)
    lines = [part.split("</span>")[0] for part in text.split("<span ")[1:]]
    shown = [unescape(line.partition(">")[2]) for line in lines]
    marked = [line for line, part in zip(shown, lines, strict=True) if "aria-current" in part]
    assert marked == [line for belongs, line in LOOP if belongs is step]
    assert "\n".join(line.rstrip() for line in shown) in script(thermometer(), Run(1e-2), 9)


def test_the_way_through_the_steps_has_two_ends(section: Glass) -> None:
    seen = []
    assert section.control("Previous step").disabled
    for _ in range(len(Step) - 1):
        seen.append(section.app.session_state["glass_step"])
        section.press("Next step")
    assert [*seen, section.app.session_state["glass_step"]] == list(Step)
    assert section.control("Next step").disabled
    section.press("Previous step")
    assert section.app.session_state["glass_step"] == Step.UPDATE


def test_the_numbers_of_all_readings_appear_step_by_step(section: Glass) -> None:
    table = section.text("tempfit-numbers")
    assert "<tr class='now'><th scope='row'>x</th><td class='followed'>3.57</td>" in table
    assert "<tr class='later'><th scope='row'>prediction</th>" in table
    section.step(Step.LOSS)
    table = section.text("tempfit-numbers")
    assert "<span class='now'>80.364</span>" in table
    assert "<tr class='later'><th scope='row'>2 · residual</th>" in table
    section.step(Step.LOSS_AFTER)
    assert "later" not in section.text("tempfit-numbers")


@pytest.mark.parametrize("epoch", [1, 11, 12, 40])
@pytest.mark.parametrize("rate", ["0.01", "1e-20"])
def test_every_step_can_be_shown_of_a_run_that_overflows_too(epoch: int, rate: str) -> None:
    page = Glass(epochs="100", scale="1", lr=rate)
    page.look(epoch)
    for step in Step:
        page.step(step)
        panels = page.component("panels")["panels"]
        assert len(panels) == 2
        assert all(panel["label"] for panel in panels)


@pytest.mark.parametrize("count", [1, 2, 3, 5000])
def test_a_table_and_charts_can_be_made_of_any_number_of_readings(count: int) -> None:
    x = torch.arange(count, dtype=torch.float32)
    dataset = Dataset(x, 2 * x - 1, "speed <b>", "& cost (€)")
    epoch = one_epoch(dataset, Run(1e-9), 1, Params(1.0, 0.0))
    for step in Step:
        text = glass.table_html(dataset, epoch, step, count - 1)
        assert text.count("<tr") == 10
        panels = glass_panels.panels(dataset, epoch, step, count - 1)
        json.dumps([autograd_charts.finite(panel.traces) for panel in panels], allow_nan=False)
        for panel in panels:
            assert all(len(trace["x"]) <= 1300 for trace in panel.traces)


def test_what_is_not_finite_is_sent_as_nothing() -> None:
    given = {"a": np.array([1.0, np.nan]), "b": (torch.tensor(float("inf")), "x", None, 2)}
    assert autograd_charts.finite(given) == {"a": [1.0, None], "b": [None, "x", None, 2]}


# The other tabs.


def test_the_three_ways_are_compared_at_the_chosen_width(section: Glass) -> None:
    section.tab(TABS[1])
    assert r"\frac{72.89701 - 80.36434}{0.1}" in section.formulas
    assert "A narrower h would help" in section.words
    assert len(section.component("panels")["panels"]) == 3
    section.set("Width h of the difference", 1e-5)
    assert "A wider h would help" in section.words
    section.app.session_state["slope_kind"] = "central"
    section.run()
    assert "all of it rounding" in section.words


def test_there_is_nothing_to_compare_beyond_float32() -> None:
    page = Glass(epochs="100", scale="1")
    page.tab(TABS[1])
    page.look(40)
    assert "beyond what float32 can hold" in page.app.info[0].value


def test_the_graph_is_drawn_from_what_torch_recorded(section: Glass) -> None:
    section.tab(TABS[2])
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


@pytest.mark.parametrize("name", TRIALS)
def test_every_experiment_shows_its_code_and_what_came_of_it(section: Glass, name: str) -> None:
    section.tab(TABS[3])
    section.trial(name)
    outcome = section.app.session_state["broken_outcome"][1]
    shown = [code.value for code in section.app.code]
    assert all(text in shown for text in outcome.code.values())
    assert all(sentence in section.words for sentence in outcome.sentences)
    assert (outcome.message in shown) or not outcome.message
    for label, value in outcome.values:
        assert any(label in text and value in text for text in shown)


def test_an_experiment_runs_once_and_is_measured_again_when_asked(section: Glass) -> None:
    section.tab(TABS[3])
    section.trial(breaking.MEASURED)
    first = section.app.session_state["broken_outcome"][1]
    section.run()
    assert section.app.session_state["broken_outcome"][1] is first
    section.press("Measure again")
    assert section.app.session_state["broken_outcome"][1] is not first


def test_two_runs_are_sent_whole_and_in_step(section: Glass) -> None:
    section.tab(TABS[3])
    section.trial("Forget to zero")
    runs = section.component("runs")["runs"]
    assert [run["name"] for run in runs] == ["zeroed", "never zeroed"]
    assert {len(run[name]) for run in runs for name in ("loss", "w", "b")} == {101}


def test_no_label_is_taken_for_one_of_the_main_controls() -> None:
    page = Glass(compare=["0.03"])
    taken = ("epochs", "learning rate", "compare with", "feature scale", "train", "pause")
    labels: list[str] = []
    for tab in TABS:
        page.tab(tab)
        kinds = ("selectbox", "select_slider", "number_input", "toggle", "button", "radio")
        found: list[Any] = [one for kind in kinds for one in page.app.main.get(kind)]
        labels += [one.label for one in found]
    assert len(labels) > 5
    assert not [label for label in labels if any(name in label.lower() for name in taken)]


def test_a_loss_range_holds_what_a_picture_can_show() -> None:
    low, high = breaking.loss_range([80.0, 1e30, float("nan"), float("inf"), 3.0, 0.0])
    assert 2 < low < 3
    assert 80 < high < 200
    assert breaking.loss_range([0.0]) == pytest.approx((1 / 1.3, 1.3))


def test_the_experiment_of_a_run_is_told_with_its_numbers(section: Glass) -> None:
    section.tab(TABS[3])
    caption = section.app.caption[-1].value
    assert f"`learning_rate`: {plain(Experiment().learning_rate)}." in " ".join(
        one.value for one in section.app.caption
    ), caption
