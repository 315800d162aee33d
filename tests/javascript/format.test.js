// The rules of numbers, held to the table that holds Python's to the same rules.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { exact, inUnit, number, steady, whole } from "../../tempfit/ui/assets/format.js";

const table = JSON.parse(readFileSync(new URL("../numbers.json", import.meta.url), "utf8"));
/** @type {Record<string, number>} */
const NAMED = { inf: Infinity, "-inf": -Infinity, nan: NaN };
const numberOf = (/** @type {number | string} */ value) =>
  typeof value === "string" ? NAMED[value] : value;

for (const [value, digits, text] of table.number) {
  test(`${value} in ${digits} digits is ${text}`, () => {
    assert.equal(number(numberOf(value), digits), text);
  });
}

for (const [value, digits, text] of table.steady) {
  test(`${value} in always ${digits} digits is ${text}`, () => {
    assert.equal(steady(numberOf(value), digits), text);
  });
}

for (const [value, text] of table.exact) {
  test(`exactly ${value} is ${text}`, () => {
    assert.equal(exact(numberOf(value)), text);
  });
}

for (const [value, text] of table.whole) {
  test(`a whole ${value} is ${text}`, () => {
    assert.equal(whole(value), text);
  });
}

/** Numbers of all sizes, the same at every run. */
function* numbers() {
  let seed = 1;
  for (let count = 0; count < 2000; count++) {
    seed = (Math.imul(seed, 48271) >>> 0) % 2147483647;
    const size = (seed % 600) - 300;
    yield (seed / 2147483647 - 0.5) * 10 ** size;
    yield seed / 1000 - 1e6;
  }
}

test("what is written exactly reads back as the same number", () => {
  for (const value of numbers()) assert.equal(Number(exact(value)), value);
});

test("what is rounded is off by no more than half a unit of its last digit", () => {
  for (const value of numbers()) {
    const read = Number(number(value, 4).replace("−", "-").replaceAll(",", ""));
    assert.ok(Math.abs(read - value) <= Math.abs(value) * 5.001e-4, `${value}`);
  }
});

test("a number of fixed digits differs only by the zeros at its end", () => {
  for (const value of numbers()) {
    assert.equal(
      steady(value)
        .replace(/(\.\d*?)0+(?=e|$)/, "$1")
        .replace(/\.(?=e|$)/, ""),
      number(value),
    );
  }
});

test("a title has the unit of what it names, if there is one", () => {
  assert.equal(inUnit("Loss", "°C²"), "Loss (°C²)");
  assert.equal(inUnit("Loss", ""), "Loss");
});
