import assert from "node:assert/strict";
import { test } from "node:test";
import { epochTicks, lossTicks, powerTicks, ZERO } from "../../tempfit/ui/assets/ticks.js";

test("an axis of epochs has every power of ten up to the last epoch, and 0", () => {
  const { tickvals, ticktext } = epochTicks(1_000_000);
  assert.deepEqual(tickvals, [ZERO, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000]);
  assert.deepEqual(ticktext, ["0", "1", "10", "100", "1k", "10k", "100k", "1M"]);
  assert.deepEqual(epochTicks(500).ticktext, ["0", "1", "10", "100"]);
});

test("losses over one decade are labelled 1, 2 and 5", () => {
  const ticks = lossTicks(0, 1);
  assert.deepEqual(ticks.ticktext, ["1", "2", "5", "10", "20", "50"]);
});

test("losses over two decades are labelled 1 and 3, and over many every few powers", () => {
  assert.deepEqual(lossTicks(-1, 1).ticktext, ["0.1", "0.3", "1", "3", "10", "30"]);
  assert.deepEqual(lossTicks(0, 4), { dtick: 1, exponentformat: "power" });
  assert.deepEqual(lossTicks(0, 36), { dtick: 6, exponentformat: "power" });
});

test("there are never more labels than an axis has room for, and at least two in it", () => {
  for (let decades = 0.4; decades < 40; decades += 0.1) {
    for (const low of [-12.3, 0, 3.7]) {
      const { dtick, tickvals } = lossTicks(low, low + decades);
      const inside = dtick
        ? Math.floor((low + decades) / dtick) - Math.ceil(low / dtick) + 1
        : tickvals.filter((/** @type {number} */ value) =>
            inRange(Math.log10(value), low, low + decades),
          ).length;
      assert.ok(inside >= 1 && inside <= 9, `${inside} over ${decades} decades`);
    }
  }
});

/** @param {number} value @param {number} low @param {number} high */
const inRange = (value, low, high) => value >= low && value <= high;

test("a scale of logarithms is labelled at its powers of ten", () => {
  assert.deepEqual(powerTicks(-1.5, 1.2), {
    tickmode: "array",
    tickvals: [-1, 0, 1],
    ticktext: ["0.1", "1", "10"],
  });
});
