import assert from "node:assert/strict";
import { test } from "node:test";
import { listed } from "../../tempfit/ui/assets/stage/runs/snapshots.js";

test("the table lists the first snapshot, few at about 1, 2, 5 times each power of ten, and the last", () => {
  const epochs = Array.from({ length: 101 }, (_, epoch) => epoch);
  assert.deepEqual(
    listed(epochs).map((k) => epochs[k]),
    [0, 1, 2, 5, 10, 20, 50, 100],
  );
  const sparse = [0, 1, 2, 3, 7, 30, 31, 60, 400, 4000];
  assert.deepEqual(
    listed(sparse).map((k) => sparse[k]),
    [0, 1, 2, 3, 7, 31, 60, 400, 4000],
  );
  assert.deepEqual(listed([0]), [0]);
});

test("the places rise, and there are few of a million epochs", () => {
  const epochs = Array.from({ length: 600 }, (_, k) => Math.floor(1.0235 ** k + k));
  const places = listed(epochs);
  assert.ok(places.every((place, i) => i === 0 || place > places[i - 1]));
  assert.ok(places.length < 25);
});
