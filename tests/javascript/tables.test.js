import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersAt } from "../../tempfit/ui/assets/stage/experiment/experiment.js";
import { historyCsv, runsCsv } from "../../tempfit/ui/assets/stage/takeaway/tables.js";
import { experiment, run, trajectory } from "./experiments.js";

const TWO = experiment({ runs: [run({ rate: 1e-5 }), run({ rate: 0.01 })] });
const lines = (/** @type {string} */ csv) => csv.split("\r\n").map((line) => line.split(","));

test("the history has a line a run and snapshot, each number exactly", () => {
  const held = trajectory([0, 1], (epoch, r) => (r ? 0.1 * epoch : 1e-9), 2);
  const [header, ...rows] = lines(historyCsv(TWO, held)).slice(0, -1);
  assert.equal(
    header.join(),
    "epoch,learning rate,feature scale,feature shift,loss (°C²),w,b,status",
  );
  assert.deepEqual(
    rows.map((row) => row.slice(0, 2)),
    [["0", "1e-5"], ["1", "1e-5"], ["0", "0.01"], ["1", "0.01"]], // biome-ignore format: a table
  );
  assert.equal(Math.fround(Number(rows[3][4])), Math.fround(0.1));
  assert.equal(Number(rows[0][4]), Math.fround(1e-9));
});

test("the history of a run that was stopped ends there", () => {
  const held = trajectory([0, 1, 2], () => 1, 2);
  held.stops = [1, Infinity];
  const rates = lines(historyCsv(TWO, held))
    .slice(1, -1)
    .map(([, rate]) => rate);
  assert.deepEqual(rates, ["1e-5", "1e-5", "0.01", "0.01", "0.01"]);
});

test("what overflowed is written as inf and nan", () => {
  const held = trajectory([0, 1], (epoch, r) => (epoch ? [Infinity, NaN][r] : 1), 2);
  const losses = lines(historyCsv(TWO, held))
    .slice(1, -1)
    .map((row) => row[4]);
  assert.deepEqual(losses, ["1", "inf", "1", "nan"]);
});

test("the table of runs has a line a run, empty where a loss was never reached", () => {
  const loss = (/** @type {number} */ epoch, /** @type {number} */ r) => (r ? 50 : 20 - 15 * epoch);
  const held = trajectory([0, 1], loss, 2, (epoch, r) => (r ? 0 : epoch));
  const csv = runsCsv(TWO, (r) => numbersAt(TWO, held, r, 1));
  const [header, first, second] = lines(csv);
  const column = header.indexOf("first epoch within 1 %");
  assert.deepEqual([first.length, second.length], [header.length, header.length]);
  assert.deepEqual([first[column], second[column]], ["1", ""]);
  assert.equal(first[header.indexOf("loss (°C²)")], "5");
});

test("a name that would be taken for two cells, or two lines, is quoted", () => {
  const odd = experiment({ unit: 'a,"b"\n' });
  assert.ok(historyCsv(odd, trajectory([0])).includes('"loss (a,""b""\n)"'));
});

test("without a unit there is none in the header", () => {
  assert.ok(historyCsv(experiment({ unit: "" }), trajectory([0])).includes(",loss,"));
});
