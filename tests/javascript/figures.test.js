// What the figures give Plotly, and what they draw, without either.

import assert from "node:assert/strict";
import { test } from "node:test";
import { packed } from "../../tempfit/ui/assets/packing.js";
import { clipped } from "../../tempfit/ui/assets/stage/charts/clip.js";
import { FitFigure } from "../../tempfit/ui/assets/stage/charts/fit_figure.js";
import { LossFigure } from "../../tempfit/ui/assets/stage/charts/loss_figure.js";
import { SurfaceFigure } from "../../tempfit/ui/assets/stage/charts/surface_figure.js";
import { standard } from "../../tempfit/ui/assets/stage/display.js";
import { ZERO } from "../../tempfit/ui/assets/ticks.js";
import { experiment, run, THEME, trajectory } from "./experiments.js";

const TWO = experiment({ runs: [run({ rate: 0.01 }), run({ rate: 0.02, slot: 4 })] });
const HELD = trajectory([0, 1, 2], (epoch, r) => 50 - 10 * epoch - r, 2);

/** The traces with a name. @param {Plotly.Trace[]} traces */
const named = (traces) => traces.filter(({ name }) => name).map(({ name }) => name);

test("a run that is hidden is in no figure, and the first run is drawn last", () => {
  const display = standard(THEME);
  const figures = [
    new FitFigure(TWO, HELD, display),
    new LossFigure(TWO, HELD, display),
    new SurfaceFigure(TWO, HELD, display, TWO.surfaces[0]),
  ];
  for (const figure of figures) {
    display.hidden = new Set();
    assert.deepEqual(named(figure.resting(2)), ["0.02", "0.01"]);
    display.hidden = new Set([4]);
    assert.deepEqual(named(figure.resting(2)), ["0.01"]);
  }
});

test("a small figure has its one run, whichever are hidden", () => {
  const display = { ...standard(THEME), hidden: new Set([4]) };
  assert.deepEqual(named(new LossFigure(TWO, HELD, display, 1).resting(2)), ["0.02"]);
});

test("the line of a run is its prediction in the units of the data", () => {
  const shown = experiment({ runs: [run({ scale: 0.5, shift: 2 })] });
  const figure = new FitFigure(shown, trajectory([0, 1]), standard(THEME));
  const [{ x, y }] = figure.resting(1);
  assert.deepEqual(x, [-10, 20]);
  assert.deepEqual(
    y,
    x.map((/** @type {number} */ at) => 999 * 0.5 * (at - 2) + 999),
  );
});

test("many readings are small and pale, so that the line is seen through them", () => {
  const of = (/** @type {number} */ count) => {
    const x = packed(Float32Array.from({ length: count }, (_, i) => i));
    return new FitFigure(experiment({ x, y: x }), HELD, standard(THEME)).dots();
  };
  assert.deepEqual(of(11), { size: 9, opacity: 0.75 });
  assert.ok(of(400).opacity < 0.3 && of(400).size < 6);
  assert.ok(of(100).opacity < of(60).opacity);
});

test("what a chart does not show is said in its corner", () => {
  const value = (/** @type {number} */ epoch, /** @type {number} */ r) =>
    epoch && r ? Infinity : 1e6;
  const figure = new FitFigure(TWO, trajectory([0, 1], value, 2), standard(THEME));
  const said = figure.notes(1, [0, 10], [0, 1]).map(({ text }) => text);
  assert.deepEqual(said, ["0.02: overflowed", "▲ 0.01: w 1e6"]);
});

test("what is said of lines stands where the readings leave room for it", () => {
  const numbers = (/** @type {number[]} */ ...values) => packed(Float32Array.from(values));
  const runs = [run({ rate: 0.01 }), run({ rate: 0.02, slot: 4 })];
  const x = numbers(0, 1, 2);
  const rising = experiment({ x, y: numbers(1, 50, 100), runs });
  const falling = experiment({ x, y: numbers(100, 50, 1), runs });
  const value = (/** @type {number} */ _, /** @type {number} */ r) => (r ? -1e6 : 1e6);
  const corners = [rising, falling].map((readings) =>
    new FitFigure(readings, trajectory([0], value, 2), standard(THEME))
      .notes(0, [1, 10], [1, 100])
      .map(({ low, left }) => `${low ? "bottom" : "top"} ${left ? "left" : "right"}`),
  );
  assert.deepEqual(corners, [
    ["bottom right", "top left"],
    ["bottom left", "top right"],
  ]);
});

test("in a scene of its own every run's name is in the corner of both charts", () => {
  const scene = { ...TWO, named: true };
  for (const Kind of [FitFigure, LossFigure]) {
    const notes = new Kind(scene, HELD, standard(THEME)).notes(2, [0, 10], [-1e4, 1e4]);
    assert.deepEqual(
      notes.map(({ text }) => text),
      ["0.02", "0.01"],
    );
  }
});

test("epoch 0 has a place on a logarithmic axis, inside its range", () => {
  const figure = new LossFigure(TWO, HELD, standard(THEME));
  const [{ x }] = figure.resting(2);
  assert.deepEqual(x, [ZERO, 1, 2]);
  const { range } = figure.layout(2).xaxis;
  assert.ok(range[0] <= Math.log10(ZERO) && range[1] >= 2);
});

test("above the best, a run at its best has nothing left", () => {
  const best = trajectory([0], () => 3);
  const figure = new LossFigure(
    experiment({ runs: [run({ best: { w: 3, b: 3, loss: 2 } })] }),
    best,
    {
      ...standard(THEME),
      y: "above",
    },
  );
  assert.equal(figure.value(0, 0), 0);
});

test("a change of its rate is marked on every run that has one, once it is reached", () => {
  const scene = experiment({ runs: [run(), run({ slot: 1, changes: [2] })] });
  const marks = (/** @type {number} */ index) =>
    new LossFigure(scene, HELD, standard(THEME))
      .resting(index)
      .filter(({ marker }) => marker?.symbol === "circle-open");
  assert.deepEqual(marks(1)[0].x, []);
  assert.deepEqual([marks(2).length, marks(2)[0].x], [1, [2]]);
});

test("the forecast of a run is drawn as far as it is finite", () => {
  const scene = { ...TWO, recorded: Int32Array.of(0, 1, 2) };
  scene.forecast = Float32Array.of(9, 8, 7, 5, Infinity, 1);
  const figure = new LossFigure(scene, HELD, standard(THEME));
  const [first, second] = [0, 1].map((r) => figure.predicted(r));
  assert.deepEqual(first, [
    [ZERO, 9],
    [1, 8],
    [2, 7],
  ]);
  assert.deepEqual(second, [[ZERO, 5]]);
});

test("every figure says in words what it shows, in the order of the runs", () => {
  const losses = new LossFigure(TWO, HELD, standard(THEME)).describe(2);
  assert.equal(losses, "Loss by epoch, up to epoch 2. 0.01: 30; 0.02: 29");
  assert.match(
    new FitFigure(TWO, HELD, standard(THEME)).describe(2),
    /2 readings.*0\.01: w 30, b 30/,
  );
});

test("no figure says a number of a run that has overflowed", () => {
  const held = trajectory([0, 1, 2], (epoch) => (epoch < 2 ? 9 : Number.NaN));
  for (const Kind of [FitFigure, LossFigure]) {
    const said = new Kind(experiment(), held, standard(THEME)).describe(2);
    assert.match(said, /0\.01: overflowed/);
    assert.doesNotMatch(said, /nan|∞/i);
  }
});

test("a segment is cut to a box, and one beside it is not drawn", () => {
  const box = [0, 0, 10, 10];
  assert.deepEqual(clipped([-5, 5], [15, 5], box), { start: [0, 5], end: [10, 5], enters: true });
  assert.deepEqual(clipped([1, 1], [2, 2], box)?.enters, false);
  assert.equal(clipped([-5, -1], [15, -1], box), null);
});

test("a curve that leaves the picture is marked where it does, on its line", () => {
  const held = trajectory([0, 1, 2], (epoch) => 10 ** epoch * 10);
  const linear = new LossFigure(experiment(), held, {
    ...standard(THEME),
    x: "linear",
    y: "linear",
  });
  assert.deepEqual(linear.exit(0, 2, 550), [1.5, 550]);
  assert.equal(linear.exit(0, 2, 1000), null);
  const log = new LossFigure(experiment(), held, { ...standard(THEME), x: "linear" });
  assert.ok(Math.abs((log.exit(0, 2, 10 ** 2.5)?.[0] ?? 0) - 1.5) < 1e-9);
});

test("between two snapshots the end of a curve is on the line that joins them", () => {
  const held = trajectory([1, 10], (epoch) => epoch * 10);
  const figure = new LossFigure(experiment(), held, standard(THEME));
  const [x, y] = figure.spot(0, 0.5);
  assert.ok(Math.abs(x - 10 ** 0.5) < 1e-9 && Math.abs(y - 10 ** 1.5) < 1e-9);
});

test("a line stays at its last finite snapshot", () => {
  const held = trajectory([0, 1, 2], (epoch) => (epoch < 2 ? 5 : Infinity));
  assert.deepEqual([held.tip(0, 0.5), held.tip(0, 1.5), held.tip(0, 2)], [0.5, 1, 1]);
});
