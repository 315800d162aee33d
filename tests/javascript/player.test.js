// The player with the channel that it asks by, on a clock that stands still until `run` lets time
// pass, in frames of 16 ms. The server trains as far as it is asked to, and the loss at epoch e is
// 1000 - e.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Channel, Line } from "../../tempfit/ui/assets/channel.js";
import { Player } from "../../tempfit/ui/assets/stage/player.js";
import { trajectory as made, snapshots } from "./experiments.js";
import { Clock } from "./time.js";

/** @import {Request} from "../../tempfit/ui/assets/stage/player.js" */

const EPOCHS = 500;

class Scene {
  constructor() {
    this.clock = new Clock(1_000_000);
    this.delay = 20; // from a request to its answer, ms
    this.lost = 0; // how many of the next requests never arrive
    /** @type {(Request & { number: number, after: number })[]} */
    this.asked = [];
    /** @type {number[]} */
    this.shown = [];
    this.trajectory = made([0]);
    /** @type {Channel<Request>} */
    this.channel = new Channel("pull", new Line(this.clock), (request) => ({
      ...request,
      after: this.trajectory.lastEpoch,
    }));
    this.channel.send = (_, message) => this.hear(/** @type {any} */ (message));
    this.player = new Player({
      trajectory: this.trajectory,
      recorded: Int32Array.from({ length: EPOCHS + 1 }, (_, epoch) => epoch),
      channel: this.channel,
      stops: () => false,
    });
  }

  /** @param {Scene["asked"][0]} request */
  hear(request) {
    this.asked.push(request);
    if (this.lost-- > 0) return;
    this.clock.after(() => this.answer(request), this.delay);
  }

  /**
   * @param {Pick<Scene["asked"][0], "number" | "until" | "exact" | "restart"> & { after?: number }} request
   */
  answer({ number, until, exact, restart, after = this.trajectory.lastEpoch }) {
    const first = restart ? 0 : after + 1;
    const epochs = new Set(exact ? [exact] : []);
    for (let epoch = first; epoch <= Math.min(until, EPOCHS); epoch++) epochs.add(epoch);
    const sorted = [...epochs].sort((one, other) => one - other);
    this.player.take({ number, snapshots: snapshots(sorted) });
  }

  /** @param {number} ms */
  run(ms) {
    for (const end = this.clock.time + ms; this.clock.time < end; this.clock.pass(16)) {
      if (this.player.tick(this.clock.time)) this.shown.push(this.player.epoch);
    }
  }

  get state() {
    return [this.player.state, this.player.epoch];
  }
}

/** @type {Scene} */
let scene;
/** @type {Player} */
let player;

beforeEach(() => {
  scene = new Scene();
  player = scene.player;
});

test("playing shows every epoch in order and ends at the last", () => {
  player.speed = 60;
  player.play();
  scene.run(12_000);
  assert.deepEqual(scene.state, ["finished", EPOCHS]);
  assert.deepEqual(
    scene.shown,
    [...new Set(scene.shown)].sort((one, other) => one - other),
  );
  assert.ok(scene.shown.length > 480);
});

for (const speed of [1, 5, 20, 75, 240]) {
  test(`a speed of ${speed} is as many snapshots a second`, () => {
    player.speed = speed;
    player.play();
    scene.run(2000);
    assert.equal(player.state, "playing");
    assert.ok(Math.abs(player.epoch - 2 * speed) <= 0.15 * speed + 3, `${player.epoch}`);
  });
}

test("it asks only for what it will need soon", () => {
  player.speed = 20;
  player.play();
  scene.run(200);
  assert.ok(scene.asked.length > 0);
  assert.ok(Math.max(...scene.asked.map(({ until }) => until)) <= 60);
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
  player.speed = 20;
  player.play();
  scene.run(1000);
  const before = player.epoch;
  scene.clock.pass(60_000);
  scene.run(16);
  assert.ok(player.epoch - before <= 3);
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
