import assert from "node:assert/strict";
import { test } from "node:test";
import { contour } from "../../tempfit/ui/assets/stage/contours.js";
import { allBut, flipped } from "../../tempfit/ui/assets/stage/display.js";
import { convergedAt, excess, numbersAt } from "../../tempfit/ui/assets/stage/experiment.js";
import { experiment, run, trajectory } from "./experiments.js";

test("a run is called by its rate, and by the settings that it does not share", () => {
  const { runs } = experiment({
    runs: [run({ rate: 1e-5 }), run({ rate: 0.01, settings: "scale 1" })],
  });
  assert.deepEqual(
    runs.map(({ label }) => label),
    ["1e-5", "0.01 · scale 1"],
  );
});

test("the loss above the best is a bowl around it", () => {
  const bowl = run();
  assert.equal(excess(bowl, 3, 4), 0);
  assert.equal(excess(bowl, 5, 4), 0.5 * 2 * 4);
  assert.equal(excess(bowl, 3, 5), 0.5 * 8);
});

test("on a contour the loss is everywhere the same above the best", () => {
  const turned = run({
    eigenvalues: [0.5, 30],
    directions: [
      [0.6, -0.8],
      [0.8, 0.6],
    ],
  });
  const { x, y } = contour(turned, 7);
  for (const [place, w] of x.entries()) {
    assert.ok(Math.abs(excess(turned, w, y[place]) - 7) < 1e-9);
  }
});

test("a contour along a flat direction is long and finite", () => {
  const flat = contour(run({ eigenvalues: [0, 8] }), 1);
  assert.ok(flat.x.every(Number.isFinite));
  assert.ok(Math.max(...flat.x) > 1e3);
});

test("a run has converged at the first snapshot that says so", () => {
  const status = (/** @type {number} */ epoch, /** @type {number} */ r) =>
    epoch >= (r ? 3 : 99) ? 1 : 0;
  const held = trajectory([0, 1, 3, 5], () => 1, 2, status);
  assert.deepEqual(convergedAt(experiment({ runs: [run(), run()] }), held), [Infinity, 2]);
});

test("a run whose rate changes has converged only after that", () => {
  const held = trajectory(
    [0, 2, 4, 6],
    () => 1,
    1,
    () => 1,
  );
  assert.deepEqual(convergedAt(experiment({ runs: [run({ changes: [3] })] }), held), [2]);
});

test("a row's numbers are those of the snapshot shown, in both units", () => {
  const losses = [50, 20, 5, 30];
  const held = trajectory([0, 1, 2, 3], (epoch) => losses[epoch]);
  const shown = experiment({ runs: [run({ scale: 0.1, shift: 2 })] });
  const at = numbersAt(shown, held, 0, 3);
  assert.deepEqual([at.epoch, at.loss, at.least, at.reached, at.exact], [3, 30, 5, 2, true]);
  assert.deepEqual([at.w, at.slope, at.intercept], [30, 3, 24]);
  assert.equal(at.distance, Math.hypot(27, 26));
  assert.equal(numbersAt(shown, held, 0, 1).reached, Infinity);
});

test("where snapshots are apart, when a loss was reached is known only to be by then", () => {
  const held = trajectory([0, 5, 9], (epoch) => (epoch < 9 ? 50 : 1));
  assert.equal(numbersAt(experiment(), held, 0, 2).exact, false);
});

test("a run that is stopped keeps the numbers that it had there", () => {
  const held = trajectory([0, 1, 2, 3]);
  held.stops = [1];
  const at = numbersAt(experiment(), held, 0, 3);
  assert.deepEqual([at.epoch, at.stopped], [1, true]);
  assert.equal(numbersAt(experiment(), held, 0, 0).stopped, false);
});

test("hiding a run twice shows it again", () => {
  const hidden = flipped(new Set([2]), 1);
  assert.deepEqual([...hidden], [2, 1]);
  assert.deepEqual([...flipped(hidden, 1)], [2]);
});

test("one run alone is shown, and then all again", () => {
  const runs = [{ slot: 0 }, { slot: 3 }, { slot: 5 }];
  const hidden = allBut(new Set(), runs, 3);
  assert.deepEqual([...hidden], [0, 5]);
  assert.deepEqual([...allBut(hidden, runs, 3)], []);
});
