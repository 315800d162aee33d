"""A tab that is hidden in mid-run, and shown again."""

import time

from tempfit.training.experiment import Experiment
from tests.browser.conftest import Open
from tests.browser.stage import Stage

RUN = Experiment(epochs=5000, learning_rate=2e-2, compare=(1e-2,))
AWAY_SECONDS = 4  # longer than the page waits for an answer

# Headless, Chromium hides no tab. A hidden one gets no frames until it is shown again.
HIDE = """() => {
  window.held = [];
  window.ask = requestAnimationFrame;
  window.requestAnimationFrame = (act) => held.push(act);
}"""
SHOW = """() => {
  window.requestAnimationFrame = ask;
  for (const act of held) ask(act);
}"""


def in_mid_run(visit: Open) -> Stage:
    stage = visit()
    stage.load(RUN)
    stage.train("Normal")
    stage.reach(20)
    return stage


def test_a_tab_hidden_in_mid_run_waits_and_goes_on_from_there(visit: Open) -> None:
    stage = in_mid_run(visit)
    stage.page.evaluate(HIDE)
    stage.page.wait_for_timeout(100)  # a frame that was asked for before still comes
    before, sent = stage.epoch, stage.sent
    stage.page.wait_for_timeout(1000 * AWAY_SECONDS)
    assert stage.epoch == before
    assert stage.sent <= sent + 1  # one may have been on its way
    stage.page.evaluate(SHOW)
    stage.frames_pass(2)
    assert before <= stage.epoch < 3 * before  # four seconds would have made it ten times as much
    stage.is_at_the_end(RUN)
    stage.assert_shows(RUN, RUN.epochs)


def test_a_tab_that_is_not_hidden_would_have_gone_on(visit: Open) -> None:
    stage = in_mid_run(visit)
    before = stage.epoch
    time.sleep(AWAY_SECONDS)
    assert stage.epoch > 3 * before
