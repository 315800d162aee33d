// The cells of the map: how far each has come, what becomes of it, and where that is written.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CELLS, Cells, middles, said } from "../../tempfit/ui/assets/stage/map/cells.js";
import { Preview } from "../../tempfit/ui/assets/stage/map/preview.js";
import { experiment } from "./experiments.js";

const EPOCHS = 400;
// A loss over the raw feature: mean x² 3000, mean x 50; the best is 3, at (0.5, -17).
const [SQUARE, MEAN] = [3000, 50];
const HALF = Math.hypot(SQUARE - 1, 2 * MEAN);
const EIGENVALUES = [SQUARE + 1 - HALF, SQUARE + 1 + HALF];
const MAP = {
  hessian: [
    [2 * SQUARE, 2 * MEAN],
    [2 * MEAN, 2],
  ],
  best: { w: 0.5, b: -17, loss: 3 },
  eigenvalues: EIGENVALUES,
  directions: [],
  rates: /** @type {[number, number]} */ ([1e-6, 10]),
  scales: /** @type {[number, number]} */ ([1e-3, 1]),
  convergedLoss: 3.03,
  overflowLoss: 3e38,
};
const CELLS_OF_MAP = new Cells(MAP, [1, 0], EPOCHS);

test("a cell starts at 0, is 1 once it has converged, and below 0 while it has grown", () => {
  const { descents } = CELLS_OF_MAP;
  assert.equal(descents.length, CELLS * CELLS);
  assert.ok(CELLS_OF_MAP.levels(0).every((level) => level === 0));
  for (const epoch of [3, 60, EPOCHS]) {
    CELLS_OF_MAP.levels(epoch).forEach((level, i) => {
      const [now, began] = [descents[i].loss(epoch), descents[i].loss(0)];
      assert.equal(level === 1, now <= MAP.convergedLoss);
      if (Math.abs(now / began - 1) > 1e-6) assert.equal(level < 0, now > began);
      assert.ok(level >= -1 && level <= 1);
    });
  }
});

test("what becomes of a cell is what its loss does, and a region is named where it is so", () => {
  const { outcomes, descents, limits, scales } = CELLS_OF_MAP;
  outcomes.forEach(({ outcome, epoch }, i) => {
    const end = descents[i].loss(EPOCHS);
    assert.equal(outcome === "converges", outcome !== "explodes" && end <= MAP.convergedLoss);
    if (outcome === "converges") assert.ok(epoch <= EPOCHS);
    if (outcome === "too slow") assert.ok(epoch > EPOCHS);
  });
  const named = new Map(CELLS_OF_MAP.regions);
  assert.deepEqual([...named.keys()].sort(), ["converges", "explodes", "too slow"]);
  for (const [outcome, [rate, scale]] of named) {
    assert.equal(CELLS_OF_MAP.outcome(CELLS_OF_MAP.descent(rate, scale)).outcome, outcome);
  }
  assert.ok(
    limits.every((limit, i) => i === 0 || limit < limits[i - 1] || scales[i] === scales[0]),
  );
  assert.equal(middles([1, 100])[0], 10);
});

test("the edge is where runs begin to converge in time", () => {
  const { edge } = CELLS_OF_MAP;
  assert.ok(edge.length > 20);
  for (const [rate, scale] of edge) {
    const losses = [0.99, 1].map((share) => CELLS_OF_MAP.descent(share * rate, scale).loss(EPOCHS));
    assert.ok(losses[0] > MAP.convergedLoss && losses[1] <= MAP.convergedLoss);
  }
});

test("an outcome is said with its epoch, and one that takes for ever is", () => {
  assert.equal(said({ outcome: "converges", epoch: 1234 }), "converges at epoch 1,234");
  assert.equal(said({ outcome: "explodes", epoch: 11 }), "overflows at epoch 11");
  assert.equal(said({ outcome: "too slow", epoch: 7000 }), "too slow: it takes 7,000 epochs");
  assert.equal(said({ outcome: "too slow", epoch: Infinity }), "too slow by far");
});

test("a place that is looked at is the run there, up to where it overflows", () => {
  const shown = experiment({ map: MAP, epochs: 100 });
  const [calm, wild] = [0.01, 5].map((rate) => new Preview(shown, CELLS_OF_MAP, rate, 0.1));
  assert.deepEqual(calm.epochs, [...shown.recorded]);
  assert.equal(calm.loss(100, false), calm.descent.loss(100));
  const [w, b] = calm.descent.params(100);
  assert.equal(calm.predict(7), w * 0.1 * 7 + b);
  const last = wild.epochs.at(-1) ?? -1;
  assert.ok(wild.descent.loss(last) <= MAP.overflowLoss);
  assert.ok(wild.descent.loss(last + 1) > MAP.overflowLoss);
  assert.equal(wild.said, `overflows at epoch ${last + 1}`);
});
