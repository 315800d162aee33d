import assert from "node:assert/strict";
import { test } from "node:test";
import {
  epochTicks,
  lossTicks,
  mostTicks,
  numbered,
  roundValues,
  ZERO,
} from "../../tempfit/ui/assets/ticks.js";

test("an axis of epochs has every power of ten up to the last epoch, and 0", () => {
  const { tickvals, ticktext } = epochTicks(1_000_000);
  assert.deepEqual(tickvals, [ZERO, 1, 10, 100, 1000, 10_000, 100_000, 1_000_000]);
  assert.deepEqual(ticktext, ["0", "1", "10", "100", "1k", "10k", "100k", "1M"]);
  assert.deepEqual(epochTicks(500).ticktext, ["0", "1", "10", "100"]);
  assert.deepEqual(epochTicks(500, 20).ticktext, ["0", "1", "10", "100"]);
  assert.deepEqual(epochTicks(500, 15).ticktext, ["0", "10", "100"]);
});

test("losses over one decade are labelled 1, 2 and 5", () => {
  const ticks = lossTicks(0, 1);
  assert.deepEqual(ticks.ticktext, ["1", "2", "5", "10", "20", "50"]);
});

test("losses over two decades are labelled 1 and 3, and over many every few powers", () => {
  assert.deepEqual(lossTicks(-1, 1).ticktext, ["0.1", "0.3", "1", "3", "10", "30"]);
  const inside = (/** @type {number} */ high, /** @type {number} */ room) => {
    const { tickvals, ticktext } = lossTicks(0, high, room);
    const shown = (/** @type {number} */ value) => inRange(Math.log10(value), 0, high);
    return ticktext.filter((/** @type {string} */ _, /** @type {number} */ i) =>
      shown(tickvals[i]),
    );
  };
  const power = (/** @type {number} */ of) => `10<sup>${of}</sup>`;
  assert.deepEqual(inside(4, Infinity), ["1", "10", power(2), power(3), power(4)]);
  assert.deepEqual(inside(36, Infinity), ["1", ...[6, 12, 18, 24, 30, 36].map(power)]);
  assert.deepEqual(inside(4, 3), ["1", power(2), power(4)]);
  assert.deepEqual(lossTicks(-1, 1, 3).ticktext, ["0.1", "1", "10"]);
});

test("there are never more labels than an axis has room for, and at least two in it", () => {
  for (let decades = 0.4; decades < 40; decades += 0.1) {
    for (const low of [-12.3, 0, 3.7]) {
      const { tickvals } = lossTicks(low, low + decades);
      const inside = tickvals.filter((/** @type {number} */ value) =>
        inRange(Math.log10(value), low, low + decades),
      ).length;
      assert.ok(inside >= 1 && inside <= 9, `${inside} over ${decades} decades`);
    }
  }
});

/** @param {number} value @param {number} low @param {number} high */
const inRange = (value, low, high) => value >= low && value <= high;

test("numbers beside an axis of any size are short and read back", () => {
  const written = [-150000, -4e17, 2.5e8, 12, -4000].map(numbered);
  assert.deepEqual(written, ["−1.5e5", "−4e17", "2.5e8", "12", "−4,000"]);
});

test("steps over a linear range lie in it, evenly, and there are some", () => {
  for (const range of [
    [-3, 7],
    [-1e18, 1e18],
    [0.001, 0.0011],
  ]) {
    const values = roundValues(range, 6);
    const apart = values.slice(1).map((value, k) => value - values[k]);
    assert.ok(values.length >= 3 && values.length <= 11);
    assert.ok(values[0] >= range[0] && values[values.length - 1] <= range[1]);
    for (const gap of apart) assert.ok(Math.abs(gap / apart[0] - 1) < 1e-6);
  }
});

test("a low axis around 0 has a number on either side", () => {
  assert.deepEqual(roundValues([-8, 8], 2), [-5, 5]);
});

test("steps are higher than the type, whatever its size", () => {
  for (const size of [14, 20, 40]) {
    for (const lines of [0.5, 2, 4, 6, 10, 30, 100]) {
      const most = mostTicks(lines * size, size);
      assert.ok(most === 1 || lines / most > 1.25, `${most} in ${lines} lines of ${size} px`);
      assert.ok(most === mostTicks(lines * 14, 14) && most <= 10);
    }
  }
});
