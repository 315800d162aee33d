// Labels at the ends of lines.

import assert from "node:assert/strict";
import { test } from "node:test";
import { columns, fitting, spread } from "../../tempfit/ui/assets/stage/charts/labels.js";

const GAP = 15;

test("labels that have room stand where they want to", () => {
  assert.deepEqual(spread([100, 20, 60], GAP, 200), [100, 20, 60]);
});

test("labels at one place give way evenly, in the order they came", () => {
  assert.deepEqual(spread([50, 50, 50], GAP, 200), [35, 50, 65]);
});

test("whatever is wanted, labels keep apart, in order and inside", () => {
  for (let round = 0; round < 200; round++) {
    const count = 1 + (round % 9);
    const wanted = Array.from({ length: count }, (_, i) => ((i + 1) * 7919 * (round + 3)) % 260);
    const places = spread(wanted, GAP, 160);
    const sorted = [...places].sort((one, other) => one - other);
    assert.ok(sorted[0] >= 0 && sorted[count - 1] <= 160 + 1e-9);
    for (let i = 1; i < count; i++) assert.ok(sorted[i] - sorted[i - 1] >= GAP - 1e-9);
    const order = wanted.map((_, i) => i).sort((one, other) => wanted[one] - wanted[other]);
    assert.deepEqual(
      order.map((i) => places[i]),
      sorted,
    );
  }
});

test("labels far apart from left to right need not give way to each other", () => {
  const labels = [300, 10, 20].map((x) => ({ x, y: 5, text: "0.1", colour: "" }));
  const found = columns(labels, 40).map((column) => column.map(({ x }) => x));
  assert.deepEqual(found, [[10, 20], [300]]);
});

test("a title that is too long for its axis keeps its beginning and its unit", () => {
  const title = "Electricity used in one day (kWh)";
  assert.equal(fitting(title, 30), title);
  assert.equal(fitting(title, 10), "Electricity us… (kWh)");
  assert.equal(fitting("Electricity used in… (kWh)", 11), "Electricity used… (kWh)");
  assert.equal(fitting("Electricity", 4), "Electri…");
});
