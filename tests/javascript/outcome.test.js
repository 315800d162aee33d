import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersAt } from "../../tempfit/ui/assets/stage/experiment/experiment.js";
import {
  convergence,
  sentenceOf,
  spelled,
  statusOf,
} from "../../tempfit/ui/assets/stage/experiment/outcome.js";
import { experiment, run, trajectory } from "./experiments.js";

/** What is said of one run at a snapshot of losses that fall below 10 or do not. */
const said = (/** @type {object} */ changed, /** @type {number} */ index, loss = 50) => {
  const one = experiment({ runs: [run(changed)] });
  const at = numbersAt(
    one,
    trajectory(
      [0, 1, 2],
      (epoch) => (epoch ? loss : 50),
      1,
      (epoch) => (epoch && loss < 10 ? 1 : 0),
    ),
    0,
    index,
  );
  return (/** @type {string} */ status) => [
    statusOf(one.runs[0], status, at),
    convergence(one.runs[0], status, at),
  ];
};

test("before training a row says what is expected", () => {
  assert.deepEqual(said({}, 0)("falling"), ["will converge", "about 70"]);
  const overflow = { expected: "overflowed", expectedEpoch: 11 };
  assert.deepEqual(said(overflow, 0)("falling"), ["will overflow", "never"]);
  assert.deepEqual(said({ expected: "stalled" }, 0)("falling"), ["will stall", "not yet"]);
});

test("at a change of its rate a row says what is expected from there on", () => {
  assert.deepEqual(said({ changes: [1] }, 1)("descending"), ["will converge", "about 70"]);
  assert.deepEqual(said({ changes: [1] }, 2)("descending"), ["descending", "not yet"]);
});

test("the sentence is the forecast until it is certain what became of a run", () => {
  const one = experiment({ runs: [run({ outlook: "Will.", changes: [1] })] });
  const sentence = (/** @type {number} */ index, /** @type {string} */ status, atLast = true) => {
    const at = numbersAt(one, trajectory([0, 1, 2]), 0, index);
    return sentenceOf(one.runs[0], status, at, "Did.", atLast);
  };
  assert.equal(sentence(0, "falling"), "Will.");
  assert.equal(sentence(1, "falling"), "Will.");
  assert.equal(sentence(2, "falling"), "Did.");
  assert.equal(sentence(2, "falling", false), "Will.");
  assert.equal(sentence(2, "overflowed", false), "Did.");
});

test("a number that overflowed is a word", () => {
  const numbers = [1234.5, Infinity, -Infinity, Number.NaN];
  assert.deepEqual(
    numbers.map((value) => spelled(value, 4)),
    ["1,235", "overflowed", "overflowed", "overflowed"],
  );
});

test("in training it says what is, and never where that is certain", () => {
  assert.deepEqual(said({}, 1)("descending"), ["descending", "not yet"]);
  assert.deepEqual(said({}, 2, 5)("converged"), ["converged", "at 1"]);
  assert.deepEqual(said({}, 2)("overflowed"), ["overflowed", "never"]);
  assert.deepEqual(said({}, 2)("diverging"), ["diverging", "never"]);
});
