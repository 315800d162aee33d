import assert from "node:assert/strict";
import { test } from "node:test";
import { snapshots, trajectory } from "./experiments.js";

const FALLING = (/** @type {number} */ epoch, /** @type {number} */ run) => 100 * run + 10 - epoch;

test("whatever comes is held in order, each epoch once, with its own numbers", () => {
  const held = trajectory([0, 4, 2], FALLING, 2);
  held.merge(snapshots([3, 2, 7], FALLING, 2));
  held.merge(snapshots([], FALLING, 2));
  assert.deepEqual(held.epoch, [0, 2, 3, 4, 7]);
  assert.deepEqual(held.loss, [
    [10, 8, 7, 6, 3],
    [110, 108, 107, 106, 103],
  ]);
  assert.equal(held.lastEpoch, 7);
});

test("what is packed is what another trajectory unpacks", () => {
  const held = trajectory([0, 1, 5], FALLING, 3);
  const other = trajectory([], FALLING, 3);
  other.merge(held.pack());
  assert.deepEqual([other.epoch, other.loss, other.w], [held.epoch, held.loss, held.w]);
});

test("cut back, it holds the start alone", () => {
  const held = trajectory([0, 1, 5], FALLING, 2);
  held.truncate();
  assert.deepEqual(held.pack(), snapshots([0], FALLING, 2));
});

test("a run that overflows stays at its last finite snapshot", () => {
  const held = trajectory([0, 1, 2, 3], (epoch, run) => (run && epoch > 1 ? Infinity : epoch), 2);
  assert.equal(held.lastFinite(1, 3), 1);
  assert.equal(held.lastFinite(0, 3), 3);
  assert.deepEqual([held.overflowed(0, 3), held.overflowed(1, 3)], [false, true]);
  assert.ok(!held.overflowed(1, 1));
});

test("a run that overflows from the start has no finite snapshot", () => {
  assert.equal(trajectory([0, 1], () => NaN).lastFinite(0, 1), -1);
});

test("a run that is stopped stays where it was stopped", () => {
  const held = trajectory([0, 1, 2, 3], FALLING, 2);
  held.stops = [2, Infinity];
  assert.deepEqual([held.reached(0, 3), held.reached(1, 3)], [2, 3]);
  assert.equal(held.lastFinite(0, 3), 2);
  assert.ok(!held.allEnded(3));
  held.stops = [2, 3];
  assert.deepEqual([held.allEnded(2), held.allEnded(3)], [false, true]);
});
