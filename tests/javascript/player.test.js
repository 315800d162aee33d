// The player with the channel that it asks by, on a clock that stands still until `run` lets time
// pass, in frames of 16 ms. The server trains as far as it is asked to, and the loss at epoch e is
// 1000 - e.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Channel, Line } from "../../tempfit/ui/assets/channel.js";
import { Pace, SPEEDS } from "../../tempfit/ui/assets/stage/playing/pace.js";
import { Player } from "../../tempfit/ui/assets/stage/playing/player.js";
import { ZERO } from "../../tempfit/ui/assets/ticks.js";
import { trajectory as made, snapshots } from "./experiments.js";
import { Clock } from "./time.js";

/** @import {Axis, Speed} from "../../tempfit/ui/assets/stage/playing/pace.js" */
/** @import {Request} from "../../tempfit/ui/assets/stage/playing/player.js" */

const EPOCHS = 500;

/** Every early epoch, then ever fewer, as the server records them. @param {number} epochs */
function recordedTo(epochs) {
  const chosen = [0];
  for (let last = 0; last < epochs; chosen.push(last)) {
    last = Math.min(Math.max(last + 1, Math.floor(last * 1.021)), epochs);
  }
  return Int32Array.from(epochs <= EPOCHS ? Array(epochs + 1).keys() : chosen);
}

class Scene {
  /** @param {number} epochs @param {Axis} axis @param {Speed} speed */
  constructor(epochs = EPOCHS, axis = "linear", speed = "normal") {
    this.recorded = recordedTo(epochs);
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
      recorded: this.recorded,
      channel: this.channel,
      stops: () => false,
      pace: new Pace(axis, epochs, speed),
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
    for (const epoch of this.recorded) if (epoch >= first && epoch <= until) epochs.add(epoch);
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

/** @type {Axis[]} */
const AXES = ["log", "linear"];
for (const axis of AXES) {
  for (const epochs of [100, 5000, 1_000_000]) {
    test(`${epochs} epochs are played in eight to ten seconds on a ${axis} axis`, () => {
      scene = new Scene(epochs, axis);
      scene.player.play();
      scene.run(7900);
      assert.equal(scene.player.state, "playing");
      scene.run(2100);
      assert.deepEqual(scene.state, ["finished", epochs]);
    });

    test(`what is drawn of ${epochs} epochs moves at one speed along a ${axis} axis`, () => {
      scene = new Scene(epochs, axis);
      scene.delay = 0;
      scene.player.play();
      scene.run(500);
      /** @type {number[]} */
      const places = [];
      for (let second = 0; second < 8; second++) {
        places.push(drawnAt(scene.player, axis));
        scene.run(992);
      }
      const steps = places.slice(1).map((place, k) => place - places[k]);
      const mean = steps.reduce((sum, step) => sum + step) / steps.length;
      for (const step of steps) assert.ok(Math.abs(step / mean - 1) < 0.03, `${steps}`);
    });
  }
}

/** Where the dot stands on the axis, in its own units. @param {Player} of @param {Axis} axis */
function drawnAt({ position, trajectory }, axis) {
  const at = (/** @type {number} */ index) => {
    const epoch = trajectory.epoch[index];
    return axis === "log" ? Math.log10(Math.max(epoch, ZERO)) : epoch;
  };
  const index = Math.floor(position);
  const share = position - index;
  return share ? (1 - share) * at(index) + share * at(index + 1) : at(index);
}

test("on a logarithmic axis each of the first ten epochs stays for frames", () => {
  scene = new Scene(5000, "log");
  scene.player.play();
  scene.run(4000);
  for (let epoch = 1; epoch <= 10; epoch++) {
    assert.ok(scene.shown.filter((shown) => shown === epoch).length >= 5, `${epoch}`);
  }
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

test("slow and fast are a quarter and four times the normal speed", () => {
  const [slow, normal, fast] = /** @type {Speed[]} */ (["slow", "normal", "fast"]).map((speed) =>
    new Pace("log", 5000, speed).between(1, 1000),
  );
  assert.deepEqual([slow / normal, fast / normal], [4, 1 / 4]);
});

test("every speed that is offered is one, and at one an epoch takes a second", () => {
  for (const { value } of SPEEDS) assert.ok(new Pace("log", 100, value).after(3, 1) > 3);
  assert.equal(new Pace("log", 100, "steps").after(3, 1), 4);
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
