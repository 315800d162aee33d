// The closed form: it is gradient descent, at any scale and rate.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bowlAt, Descent } from "../../tempfit/ui/assets/stage/experiment/closed_form.js";

// A loss over the raw feature: mean x² 5, mean x 2, so that the Hessian is 2 [[5, 2], [2, 1]].
const HESSIAN = [
  [10, 4],
  [4, 2],
];
const TRACE = 12;
const [DETERMINANT, BEST] = [10 * 2 - 4 * 4, { w: 3, b: -1, loss: 0.5 }];
const HALF = Math.sqrt((TRACE / 2) ** 2 - DETERMINANT);
const RAW = {
  hessian: HESSIAN,
  best: BEST,
  eigenvalues: [TRACE / 2 - HALF, TRACE / 2 + HALF],
  directions: [],
  rates: /** @type {[number, number]} */ ([1e-3, 10]),
  scales: /** @type {[number, number]} */ ([1e-2, 1]),
  convergedLoss: 0.505,
  overflowLoss: 3e38,
};
const SCALES = [0.01, 0.3, 1, 7];

/** The loss at (w, b) of the scaled feature. @param {number} scale @param {number[]} params */
function loss(scale, [w, b]) {
  const [u, v] = [scale * w - BEST.w, b - BEST.b];
  return (
    BEST.loss + 0.5 * (HESSIAN[0][0] * u * u + 2 * HESSIAN[0][1] * u * v + HESSIAN[1][1] * v * v)
  );
}

/** One update. @param {number} scale @param {number} rate @param {[number, number]} params */
function updated(scale, rate, [w, b]) {
  const [u, v] = [scale * w - BEST.w, b - BEST.b];
  const slope = scale * (HESSIAN[0][0] * u + HESSIAN[0][1] * v);
  return /** @type {[number, number]} */ ([
    w - rate * slope,
    b - rate * (HESSIAN[1][0] * u + HESSIAN[1][1] * v),
  ]);
}

/** @param {number} value @param {number} expected */
const close = (value, expected) =>
  assert.ok(
    Math.abs(value - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
    `${value} is not ${expected}`,
  );

test("it is gradient descent, below the limit and beyond it", () => {
  for (const scale of SCALES) {
    const bowl = bowlAt(RAW, scale);
    for (const share of [0.01, 0.4, 0.9, 1.3]) {
      const rate = share * bowl.limit;
      const descent = new Descent(bowl, rate, [1, 0]);
      /** @type {[number, number]} */
      let params = [1, 0];
      for (let epoch = 0; epoch <= 20; epoch++) {
        close(descent.loss(epoch), loss(scale, params));
        descent.params(epoch).forEach((value, i) => {
          close(value, params[i]);
        });
        params = updated(scale, rate, params);
      }
    }
  }
});

test("the limit parts the rates that converge from those that grow", () => {
  for (const scale of SCALES) {
    const bowl = bowlAt(RAW, scale);
    const [under, over] = [0.999, 1.001].map(
      (share) => new Descent(bowl, share * bowl.limit, [1, 0]),
    );
    assert.ok(under.fallsTo(RAW.convergedLoss) < Infinity);
    assert.equal(under.risesAbove(RAW.overflowLoss), Infinity);
    assert.ok(over.risesAbove(RAW.overflowLoss) < Infinity);
  }
});

test("the first epoch at which a run converges or overflows is the first", () => {
  const bowl = bowlAt(RAW, 0.3);
  const descent = new Descent(bowl, 0.5 * bowl.limit, [1, 0]);
  const converged = descent.fallsTo(RAW.convergedLoss);
  assert.ok(converged > 1);
  assert.ok(descent.loss(converged) <= RAW.convergedLoss);
  assert.ok(descent.loss(converged - 1) > RAW.convergedLoss);
  const wild = new Descent(bowl, 2 * bowl.limit, [1, 0]);
  const overflowed = wild.risesAbove(RAW.overflowLoss);
  assert.ok(wild.loss(overflowed - 1) <= RAW.overflowLoss);
  assert.ok(wild.loss(overflowed) > RAW.overflowLoss);
  assert.equal(wild.fallsTo(RAW.convergedLoss), Infinity);
});
