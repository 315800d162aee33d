// The player: what it shows, what it asks for, and where it comes to rest.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Pace } from "../../tempfit/ui/assets/stage/playing/pace.js";
import { EPOCHS, Scene } from "./playing.js";

/** @import {Player} from "../../tempfit/ui/assets/stage/playing/player.js" */

/** @type {Scene} */
let scene;
/** @type {Player} */
let player;

beforeEach(() => {
  scene = new Scene();
  player = scene.player;
});

test("playing shows the epochs in order and ends at the last", () => {
  player.play();
  scene.run(12_000);
  assert.deepEqual(scene.state, ["finished", EPOCHS]);
  const risen = [...new Set(scene.shown)].sort((one, other) => one - other);
  assert.deepEqual(risen.at(-1), EPOCHS);
  assert.deepEqual(
    scene.shown.filter((epoch, place) => epoch !== scene.shown[place - 1]),
    risen,
  );
  assert.ok(risen.length > 480);
});

test("between two snapshots something moves, and the epoch is the one before", () => {
  scene = new Scene(100, "log");
  scene.player.play();
  scene.run(1000);
  const { player } = scene;
  assert.ok(player.position > player.index && player.position < player.index + 1);
  assert.equal(player.epoch, scene.trajectory.epoch[Math.floor(player.position)]);
  player.pause();
  assert.equal(player.position, player.index);
});

test("with less motion asked for, nothing is drawn between snapshots", () => {
  scene = new Scene(100, "log");
  scene.player.smooth = false;
  scene.player.play();
  scene.run(1000);
  assert.equal(scene.player.position, scene.player.index);
  assert.deepEqual(scene.shown, [...new Set(scene.shown)]);
});

test("at the maximum everything is shown as soon as it is here", () => {
  player.pace = new Pace("linear", EPOCHS, "maximum");
  player.play();
  scene.run(100);
  assert.deepEqual(scene.state, ["finished", EPOCHS]);
});

test("a run that is played takes few requests", () => {
  player.play();
  scene.run(12_000);
  assert.ok(scene.asked.length <= 4, `${scene.asked.length}`);
});

test("it asks only for what it will need soon", () => {
  player.play();
  scene.run(200);
  assert.ok(scene.asked.length > 0);
  const soon = player.pace.after(0, 5.5);
  assert.ok(Math.max(...scene.asked.map(({ until }) => until)) <= soon);
});

test("a pause asks for nothing and shows nothing new", () => {
  player.play();
  scene.run(500);
  player.pause();
  const [state, asked] = [scene.state, scene.asked.length];
  scene.run(20_000);
  assert.deepEqual(scene.state, state);
  assert.equal(state[0], "paused");
  assert.equal(scene.asked.length, asked);
});

test("a request that is lost is made again", () => {
  scene.lost = 1;
  player.play();
  scene.run(15_000);
  assert.deepEqual(scene.state, ["finished", EPOCHS]);
});

for (const delay of [3500, 7000]) {
  test(`answers after ${delay} ms, later than its patience, delay the end and no more`, () => {
    scene.delay = delay;
    player.play();
    scene.run(120_000);
    assert.deepEqual(scene.state, ["finished", EPOCHS]);
  });
}

test("one slow answer does not make the others slow", () => {
  scene.delay = 3500;
  player.play();
  scene.run(4000);
  scene.delay = 20;
  scene.run(9000);
  assert.deepEqual(scene.state, ["finished", EPOCHS]);
});

test("a step forward past what is here waits for exactly that epoch", () => {
  player.step(1);
  scene.run(100);
  assert.deepEqual(scene.state, ["paused", 1]);
  player.step(1);
  player.step(1);
  scene.run(100);
  assert.deepEqual(scene.state, ["paused", 3]);
});

test("there is no step beyond either end", () => {
  player.step(-1);
  scene.run(100);
  assert.deepEqual(scene.state, ["ready", 0]);
  player.toEnd();
  scene.run(100);
  player.step(1);
  scene.run(100);
  assert.deepEqual(scene.state, ["finished", EPOCHS]);
});

test("a leap to the end can be called off by going elsewhere", () => {
  player.toEnd();
  player.seek(0);
  scene.run(500);
  assert.equal(player.epoch, 0);
});

test("a leap to the end can be called off by a pause, from the start too", () => {
  player.toEnd();
  assert.ok(player.moving);
  player.toggle();
  scene.run(500);
  assert.deepEqual(scene.state, ["paused", 0]);
  assert.ok(!player.moving);
});

test("playing on from the end starts over", () => {
  player.toEnd();
  scene.run(100);
  player.play();
  assert.deepEqual(scene.state, ["playing", 0]);
  assert.equal(scene.trajectory.length, 1);
  scene.run(32);
  assert.equal(scene.asked.at(-1)?.restart, true);
  scene.run(15_000);
  assert.deepEqual(scene.state, ["finished", EPOCHS]);
});

test("what was asked before starting over leaves no gap after it", () => {
  player.toEnd();
  scene.run(100);
  const { number } = /** @type {Scene["asked"][0]} */ (scene.asked.at(-1));
  player.play();
  scene.answer({ number, until: 400, after: 300 });
  assert.equal(scene.trajectory.length, 1);
  scene.run(15_000);
  assert.deepEqual(scene.state, ["finished", EPOCHS]);
  assert.equal(scene.trajectory.length, EPOCHS + 1);
});

test("a tab that was hidden does not leap on return", () => {
  player.play();
  scene.run(1000);
  const before = player.epoch;
  scene.clock.pass(60_000);
  scene.run(16);
  assert.ok(player.epoch - before <= player.pace.after(0, 0.12));
});

test("it plays no further than to where it is to stop", () => {
  player.stops = (index) => index >= 30;
  player.play();
  scene.run(5000);
  assert.deepEqual(scene.state, ["paused", 30]);
});

test("snapshots are merged once and in order however they come", () => {
  const number = 0;
  scene.answer({ number, until: 5 });
  scene.answer({ number, until: 3 });
  scene.answer({ number, until: 9 });
  scene.answer({ number, until: 9, exact: 7 });
  scene.answer({ number, until: 2 });
  const epochs = Array.from({ length: 10 }, (_, epoch) => epoch);
  assert.deepEqual(scene.trajectory.epoch, epochs);
  assert.deepEqual(
    scene.trajectory.loss[0],
    epochs.map((epoch) => 1000 - epoch),
  );
});
