"""The keyboard moves the stage, and keys typed into a control are not its own."""

from dataclasses import replace

from playwright.sync_api import expect

from tempfit.training.experiment import PRESETS, Experiment
from tests.browser.stage import Stage

RACE = replace(PRESETS["Race four learning rates"], epochs=200)
LONG = Experiment(epochs=1_000_000)
FRAMES = 40


def test_space_plays_and_pauses(stage: Stage) -> None:
    stage.follow(replace(LONG, compare=RACE.compare))
    stage.key("Space")
    stage.reach(5)
    stage.key("Space")
    expect(stage.button("Train")).to_be_visible()
    epoch = stage.epoch
    stage.frames_pass(FRAMES)
    assert stage.epoch == epoch
    stage.key("Space")
    stage.reach(epoch + 5)
    stage.key("Space")


def test_arrows_step_and_home_and_end_leap(stage: Stage) -> None:
    stage.follow(RACE)
    for key, epoch in (
        ("ArrowRight", 1),
        ("ArrowRight", 2),
        ("ArrowLeft", 1),
        ("End", RACE.epochs),
        ("ArrowLeft", RACE.epochs - 1),
        ("Home", 0),
    ):
        stage.key(key)
        stage.is_at(epoch)
        stage.assert_shows(RACE, epoch)


def test_space_after_a_click_on_train_pauses_and_does_not_train_again(stage: Stage) -> None:
    stage.follow(LONG)
    stage.train()
    stage.reach(5)
    stage.key("Space")
    expect(stage.button("Train")).to_be_visible()
    assert stage.epoch < LONG.epochs


def test_keys_typed_into_a_control_are_not_the_stage_s(stage: Stage) -> None:
    stage.follow(RACE)
    box = stage.page.get_by_label("Exact η")
    box.focus()
    for key in ("ArrowLeft", "ArrowRight", "Home", "End"):
        stage.key(key)
    stage.frames_pass(5)
    stage.assert_shows(RACE, 0)
