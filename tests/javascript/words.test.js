import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { later, say, sayMany, spoken, use } from "../../tempfit/ui/assets/words.js";

afterEach(() => use("en", {}));

test("without a catalogue a message is said as it stands, with its values", () => {
  assert.equal(say("Epoch {epoch} of {epochs}", { epoch: 1, epochs: "5,000" }), "Epoch 1 of 5,000");
  assert.equal(later("as it is {n}"), "as it is {n}");
  assert.equal(spoken(), "en");
});

test("one and many follow the language's rule", () => {
  const rows = (/** @type {number} */ n) => sayMany("{n} row", "{n} rows", n, { n });
  assert.deepEqual([0, 1, 2].map(rows), ["0 rows", "1 row", "2 rows"]);
  use("zh", { "{n} row": ["{n} 行"] });
  assert.deepEqual([0, 1, 2].map(rows), ["0 行", "1 行", "2 行"]);
  use("pl", { "{n} row": ["{n} wiersz", "{n} wiersze", "{n} wierszy", "{n} wiersza"] });
  assert.deepEqual([1, 2, 5].map(rows), ["1 wiersz", "2 wiersze", "5 wierszy"]);
});

test("a translation may put the values in another order", () => {
  use("zh", { "{n} of {all}": "共 {all} 个中的 {n} 个" });
  assert.equal(say("{n} of {all}", { n: 1, all: 8 }), "共 8 个中的 1 个");
});
