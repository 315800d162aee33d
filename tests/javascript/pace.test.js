// The pace follows the axis: what is drawn moves along it at one speed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace, SPEEDS } from "../../tempfit/ui/assets/stage/playing/pace.js";
import { ZERO } from "../../tempfit/ui/assets/ticks.js";
import { Scene } from "./playing.js";

/** @import {Axis, Speed} from "../../tempfit/ui/assets/stage/playing/pace.js" */
/** @import {Player} from "../../tempfit/ui/assets/stage/playing/player.js" */

/** @type {Axis[]} */
const AXES = ["log", "linear"];
for (const axis of AXES) {
  for (const epochs of [100, 5000, 1_000_000]) {
    test(`${epochs} epochs are played in eight to ten seconds on a ${axis} axis`, () => {
      const scene = new Scene(epochs, axis);
      scene.player.play();
      scene.run(7900);
      assert.equal(scene.player.state, "playing");
      scene.run(2100);
      assert.deepEqual(scene.state, ["finished", epochs]);
    });

    test(`what is drawn of ${epochs} epochs moves at one speed along a ${axis} axis`, () => {
      const scene = new Scene(epochs, axis);
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
  const scene = new Scene(5000, "log");
  scene.player.play();
  scene.run(4000);
  for (let epoch = 1; epoch <= 10; epoch++) {
    assert.ok(scene.shown.filter((shown) => shown === epoch).length >= 5, `${epoch}`);
  }
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
