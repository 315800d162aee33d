import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "../../tempfit/ui/assets/search.js";

test("the place is that of the last number not above the value", () => {
  const rising = [0, 1, 2, 5, 5, 9];
  for (let value = -1; value <= 10; value += 0.5) {
    assert.equal(
      placeOf(rising, value),
      rising.findLastIndex((other) => other <= value),
    );
  }
});

test("before all numbers, and in none, there is no place", () => {
  assert.equal(placeOf([3], 2), -1);
  assert.equal(placeOf([], 2), -1);
});
