"""The glass: any epoch of any run comes under it, with the numbers that the stage has."""

from dataclasses import replace
from typing import Any

import pytest

from tempfit.data.dataset import thermometer
from tempfit.epoch.listing import Substep
from tempfit.epoch.tex import tex
from tempfit.training.experiment import PRESETS, Run
from tempfit.training.loop import Task
from tempfit.training.trainer import Trainer
from tempfit.ui import session
from tempfit.ui.epoch import glass as module
from tempfit.ui.epoch.glass import Glass, label_of
from tempfit.ui.stage.stage import Stage
from tests.advancing import advance, begin
from tests.ui.epoch.conftest import Section

RACE = PRESETS["Race four learning rates"]


def test_the_section_opens_at_the_first_epoch_of_the_main_run(section: Section) -> None:
    assert section.reached == 1
    assert "0.1 \\cdot 35.7 = 3.57" in section.formulas


@pytest.mark.parametrize(("run", "epoch"), [(0, 2), (3, 2), (1, 250), (2, 251)])
def test_any_epoch_of_any_run_is_shown_with_the_params_of_the_stage(
    section: Section, run: int, epoch: int
) -> None:
    section.app.session_state["glass_run"] = run
    section.look(epoch)
    section.substep(Substep.UPDATE)
    runs = RACE.runs(thermometer())
    state, _ = begin(thermometer(), runs)
    state, _ = advance(thermometer(), runs, state, RACE.epochs, epoch - 1)
    for name, value in (("w", state.w[run]), ("b", state.b[run])):
        assert rf"\partial {name}}} = {tex(value)} - " in section.formulas


def test_an_epoch_that_the_stage_has_trained_is_not_trained_again(
    section: Section, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = section.part(Stage).training
    assert training is not None
    trainer, _ = training
    while trainer.state.epoch < 300:
        trainer.train(300)
    trained: list[int] = []
    train = trainer.batcher.train

    def counted(task: Task) -> Any:
        trained.append(task.until - task.state.epoch)
        return train(task)

    monkeypatch.setattr(trainer.batcher, "train", counted)
    section.look(300)
    assert sum(trained) <= 1
    trainer.restart()


def test_a_far_epoch_is_approached_in_pieces_and_shown_on_the_way() -> None:
    page = Section(epochs="1000000")
    page.ask(900_000)
    seen = [page.reached]
    for _ in range(2):
        page.run()
        seen.append(page.reached)
    assert 1 < seen[0] < seen[1] < seen[2] < 900_000
    assert page.component("wanted")["wanted"] == 900_000
    page.look(3)
    assert page.reached == 3


def test_a_shorter_experiment_takes_the_glass_to_its_last_epoch() -> None:
    page = Section(epochs="50")
    page.look(50)
    page.set("Epochs", 20)
    assert page.reached == 20


def test_the_learning_rate_under_the_glass_is_the_one_of_that_epoch() -> None:
    page = Section(epochs="50", change=["10,0.002"])
    page.substep(Substep.UPDATE)
    page.look(10)
    assert r"- 0.01 \cdot" in page.formulas
    page.look(11)
    assert r"- 0.002 \cdot" in page.formulas


# Looks: an epoch that is chosen by hand, or that the stage shows.


@pytest.fixture
def trainer() -> Trainer:
    return Trainer.of(thermometer(), RACE)


@pytest.fixture
def glass(monkeypatch: pytest.MonkeyPatch) -> Glass:
    """Give a session with epoch 5 under the glass, following the stage."""
    glass = Glass(epoch=5, answered=1)
    monkeypatch.setattr(session, "part", {Glass: glass}.__getitem__)
    return glass


def say(monkeypatch: pytest.MonkeyPatch, message: object) -> None:
    said = {(module.KEY, "look"): message}
    monkeypatch.setattr(session, "said", lambda *names: said[names])


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"epoch": 77, "following": False}, 77),
        ({"epoch": 77, "following": True}, 77),
        ({"epoch": 0, "following": True}, 1),
        ({"epoch": -3, "following": False}, 1),
        ({"epoch": 10**9, "following": False}, RACE.epochs),
    ],
)
def test_a_look_puts_an_epoch_under_the_glass(
    trainer: Trainer,
    glass: Glass,
    monkeypatch: pytest.MonkeyPatch,
    asked: dict[str, Any],
    shown: int,
) -> None:
    say(monkeypatch, {"number": 2, "experiment": trainer.identity, **asked})
    module._look(trainer)
    assert (glass.epoch, glass.following, glass.answered) == (shown, asked["following"], 2)


def test_a_look_at_another_experiment_is_answered_and_changes_nothing(
    trainer: Trainer, glass: Glass, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(monkeypatch, {"number": 2, "experiment": "another", "epoch": 77, "following": False})
    module._look(trainer)
    assert (glass.epoch, glass.following, glass.answered) == (5, True, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        "nonsense",
        {},
        {"epoch": 7.5},
        {"epoch": "7"},
        {"epoch": None},
        {"following": "yes"},
        {"following": None},
        {"number": True},
    ],
)
def test_what_is_no_look_changes_nothing(
    trainer: Trainer, glass: Glass, monkeypatch: pytest.MonkeyPatch, wrong: Any
) -> None:
    message = wrong
    if wrong:
        look = {"number": 2, "experiment": trainer.identity, "epoch": 77, "following": False}
        message = look | wrong if isinstance(wrong, dict) else wrong
    say(monkeypatch, message)
    module._look(trainer)
    assert (glass.epoch, glass.following, glass.answered) == (5, True, 1)


def test_runs_are_told_apart_by_what_they_differ_in() -> None:
    assert label_of((Run(0.01), Run(0.02)), 1) == "0.02"
    assert label_of((Run(0.01), Run(1e-5)), 1) == "1e-5"
    further = replace(Run(0.01), feature_scale=1.0)
    assert label_of((Run(0.01), further), 1) == "0.01, scale 1, from (1, 0)"
