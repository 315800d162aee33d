"""The player by itself: it knows neither page nor clock, so time is what a test says it is."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

ASSETS = Path(__file__).parents[2] / "tempfit" / "ui" / "assets"

# A player of a trajectory in which the loss at epoch e is 1000 - e, and a server that trains as
# far as it is asked to when `answer` lets it. `run(ms)` lets time pass, in frames of 16 ms.
SCENE = """
async ([player, trajectory, epochs]) => {
  const { Player } = await import(player);
  const { Trajectory } = await import(trajectory);
  const packed = (array) => btoa(String.fromCharCode(...new Uint8Array(array.buffer)));
  const snapshots = (list) => ({
    epoch: packed(Int32Array.from(list)),
    ...Object.fromEntries(
      ["loss", "w", "b"].map((name) => [name, packed(Float32Array.from(list, (e) => 1000 - e))]),
    ),
    status: packed(Uint8Array.from(list, () => 0)),
  });
  const scene = (window.scene = { now: 0, asked: [], shown: [], paused: false });
  scene.trajectory = new Trajectory(1);
  scene.trajectory.merge(snapshots([0]));
  let number = 0;
  scene.player = new Player({
    trajectory: scene.trajectory,
    schedule: Int32Array.from({ length: epochs + 1 }, (_, epoch) => epoch),
    stops: () => false,
    ask: (request) => {
      const sent = { ...request, number: ++number };
      scene.asked.push({ ...sent, at: scene.now, done: false });
      return sent;
    },
  });
  scene.answer = (request) => {
    const first = request.restart ? 0 : scene.trajectory.lastEpoch + 1;
    const last = Math.min(request.until, epochs);
    const list = [];
    for (let epoch = first; epoch <= last; epoch++) list.push(epoch);
    if (request.exact) list.push(request.exact);
    scene.trajectory.merge(snapshots([...new Set(list)].sort((one, other) => one - other)));
    scene.player.answered(request.number, scene.now);
  };
  // The answers come `delay` ms after the requests.
  scene.run = (ms, delay = 20) => {
    for (const end = scene.now + ms; scene.now < end; scene.now += 16) {
      if (scene.player.tick(scene.now)) scene.shown.push(scene.player.epoch);
      for (const request of scene.asked) {
        if (request.done || scene.now - request.at < delay) continue;
        request.done = true;
        scene.answer(request);
      }
    }
  };
}
"""


def module(name: str) -> str:
    """Return a module of the page as an address that can be imported anywhere."""
    return "data:text/javascript;base64," + base64.b64encode((ASSETS / name).read_bytes()).decode()


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


class Scene:
    def __init__(self, page: Page, epochs: int) -> None:
        self.page = page
        page.evaluate(SCENE, [module("player.js"), module("trajectory.js"), epochs])

    def do(self, code: str) -> Any:
        return self.page.evaluate(f"(({{ player, run, now }}) => {{ {code} }})(scene)")

    def get(self, name: str) -> Any:
        return self.page.evaluate(f"scene.{name}")

    @property
    def state(self) -> tuple[str, int]:
        return self.get("player.state"), self.get("player.epoch")


@pytest.fixture
def scene(blank: Page) -> Scene:
    return Scene(blank, 500)


def test_playing_shows_every_epoch_in_order_and_ends_at_the_last(scene: Scene) -> None:
    scene.do("player.speed = 60; player.play(now); run(12000)")
    assert scene.state == ("finished", 500)
    shown = scene.get("shown")
    assert shown == sorted(set(shown))
    assert len(shown) > 480


@pytest.mark.parametrize("speed", [1, 5, 20, 75, 240])
def test_a_speed_is_snapshots_a_second(scene: Scene, speed: int) -> None:
    scene.do(f"player.speed = {speed}; player.play(now); run(100); run(2000)")
    assert scene.state[0] == "playing"
    assert abs(scene.state[1] - 2 * speed) <= 0.15 * speed + 3


def test_it_asks_only_for_what_it_will_need_soon(scene: Scene) -> None:
    scene.do("player.speed = 20; player.play(now); run(200)")
    assert max(request["until"] for request in scene.get("asked")) <= 60


def test_a_pause_asks_for_nothing_and_shows_nothing_new(scene: Scene) -> None:
    scene.do("player.play(now); run(500); player.pause(); scene.before = scene.asked.length")
    state = scene.state
    scene.do("run(20000)")
    assert scene.state == state
    assert state[0] == "paused"
    assert scene.get("asked.length") == scene.get("before")


def test_an_answer_that_is_lost_is_asked_for_again(scene: Scene) -> None:
    scene.do("player.play(now); run(16); scene.asked[0].done = true; run(15000)")
    assert scene.state == ("finished", 500)


@pytest.mark.parametrize("delay", [3500, 7000])
def test_answers_later_than_its_patience_delay_the_end_and_no_more(
    scene: Scene, delay: int
) -> None:
    scene.do(f"player.play(now); run(120000, {delay})")
    assert scene.state == ("finished", 500)


def test_one_slow_answer_does_not_make_the_others_slow(scene: Scene) -> None:
    scene.do("player.play(now); run(4000, 3500); run(9000)")
    assert scene.state == ("finished", 500)


def test_a_step_forward_past_what_is_here_waits_for_exactly_that_epoch(scene: Scene) -> None:
    scene.do("player.step(1, now); run(100)")
    assert scene.state == ("paused", 1)
    scene.do("player.step(1, now); player.step(1, now); run(100)")
    assert scene.state == ("paused", 3)


def test_there_is_no_step_beyond_either_end(scene: Scene) -> None:
    scene.do("player.step(-1, now); run(100)")
    assert scene.state == ("ready", 0)
    scene.do("player.toEnd(now); run(100); player.step(1, now); run(100)")
    assert scene.state == ("finished", 500)


def test_a_leap_to_the_end_can_be_called_off(scene: Scene) -> None:
    scene.do("player.toEnd(now); player.seek(0); run(500)")
    assert scene.state[1] == 0


def test_playing_on_from_the_end_starts_over(scene: Scene) -> None:
    scene.do("player.toEnd(now); run(100); player.play(now)")
    assert scene.state == ("playing", 0)
    assert scene.get("trajectory.length") == 1
    assert scene.get("asked.at(-1).restart") is True
    scene.do("run(15000)")
    assert scene.state == ("finished", 500)


def test_a_tab_that_was_hidden_does_not_leap_on_return(scene: Scene) -> None:
    scene.do("player.speed = 20; player.play(now); run(1000)")
    before = scene.state[1]
    scene.do("scene.now += 60000; run(16)")
    assert scene.state[1] - before <= 3


def test_snapshots_are_merged_once_and_in_order_however_they_come(scene: Scene) -> None:
    scene.do(
        "for (const [until, exact] of [[5], [3], [9], [9, 7], [2]])"
        " scene.answer({ number: 0, until, exact })"
    )
    epochs = scene.get("trajectory.epoch")
    assert epochs == list(range(10))
    assert scene.get("trajectory.loss[0]") == [1000 - epoch for epoch in epochs]
