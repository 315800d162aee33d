"""Several viewers, and viewers who leave."""

import time
from dataclasses import replace
from itertools import pairwise

from tempfit.training.experiment import PRESETS, Experiment
from tests.benchmark.browser import Server
from tests.benchmark.largest import LARGEST, pause, waits
from tests.browser.conftest import Open
from tests.browser.frames import epochs_of

RACE = replace(PRESETS["Race four learning rates"], epochs=250)
OTHER = Experiment(epochs=200, learning_rate=0.5, standardize=True)
ENDLESS = Experiment(epochs=1_000_000, compare=(1e-3, 2e-3, 3e-3))
WINDOW = 0.5


def cpu_share(server: Server) -> float:
    """Return the share of a core that the server has used for a while."""
    before, began = server.cpu(), time.monotonic()
    time.sleep(WINDOW)  # what is measured: the time that passes
    return (server.cpu() - before) / (time.monotonic() - began)


def test_two_tabs_train_without_disturbing_each_other(visit: Open) -> None:
    one, other = visit(), visit()
    one.load(RACE)
    other.load(OTHER)
    one.watch()
    other.watch()
    one.train()
    other.train()
    one.is_at_the_end(RACE)
    other.is_at_the_end(OTHER)
    for stage in (one, other):
        epochs = epochs_of(stage.watched())
        assert all(before < after for before, after in pairwise(epochs))
    one.assert_shows(RACE, RACE.epochs)
    other.assert_shows(OTHER, OTHER.epochs)


def test_a_tab_that_is_closed_in_mid_run_leaves_no_training_behind(
    visit: Open, server: Server
) -> None:
    stage = visit()
    stage.load(ENDLESS)
    stage.train("Maximum")
    stage.reach(1000)
    training = max(cpu_share(server) for _ in range(3))
    stage.page.close()
    shares = [cpu_share(server) for _ in range(10)]
    assert min(shares) < training / 5
    assert shares[-1] < training / 3


def test_beside_the_largest_training_pause_acts_at_once_and_others_are_answered(
    visit: Open, server: Server
) -> None:
    stage = visit()
    stage.load(LARGEST)
    stage.train("Maximum")
    stage.reach(1000)
    # The benchmark "largest" gives the figures; here others may be busy on the same computer.
    assert max(waits(server)) < 2
    assert pause(stage.page) < 1
    shown = stage.epoch
    stage.frames_pass(10)
    assert stage.epoch == shown
    assert min(cpu_share(server) for _ in range(5)) < 0.2
