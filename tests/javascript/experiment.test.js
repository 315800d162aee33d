import assert from "node:assert/strict";
import { test } from "node:test";
import { contour } from "../../tempfit/ui/assets/stage/charts/contours.js";
import { allBut, flipped } from "../../tempfit/ui/assets/stage/display.js";
import {
  convergedAt,
  excess,
  numbersAt,
} from "../../tempfit/ui/assets/stage/experiment/experiment.js";
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
  const held = trajectory(
    [0, 1, 2, 3],
    (epoch) => losses[epoch],
    1,
    (epoch) => +(epoch === 2),
  );
  const shown = experiment({ runs: [run({ scale: 0.1, shift: 2 })] });
  const at = numbersAt(shown, held, 0, 3);
  assert.deepEqual([at.epoch, at.loss, at.least, at.reached, at.exact], [3, 30, 5, 2, true]);
  assert.deepEqual([at.w, at.slope, at.intercept], [30, 3, 24]);
  assert.equal(at.distance, Math.hypot(27, 26));
  assert.equal(numbersAt(shown, held, 0, 1).reached, Infinity);
});

test("where snapshots are apart, when a loss was reached is known only to be by then", () => {
  const held = trajectory([0, 5, 9], undefined, 1, (epoch) => (epoch < 9 ? 0 : 1));
  const at = numbersAt(experiment(), held, 0, 2);
  assert.deepEqual([at.reached, at.exact], [9, false]);
});

test("a run converges once more at each rate that it goes on at", () => {
  const held = trajectory([0, 2, 4, 6, 8], undefined, 1, (epoch) => (epoch === 4 ? 0 : 1));
  const changed = experiment({ runs: [run({ changes: [4] })] });
  const reached = [1, 2, 3, 4].map((index) => numbersAt(changed, held, 0, index).reached);
  assert.deepEqual(reached, [0, Infinity, 6, 6]);
  assert.deepEqual(convergedAt(changed, held), [3]);
});

test("how good a line is follows from its loss and the spread of y", () => {
  const held = trajectory([0, 1], (epoch) => (epoch ? 20 : 160));
  const [before, after] = [0, 1].map((index) => numbersAt(experiment(), held, 0, index));
  assert.deepEqual([before.explained, after.explained], [-1, 0.75]);
  assert.equal(after.rmse, Math.sqrt(20));
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
