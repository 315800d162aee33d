// What the views give Plotly, and what they draw, without either.

import assert from "node:assert/strict";
import { test } from "node:test";
import { number } from "../../tempfit/ui/assets/format.js";
import { packed } from "../../tempfit/ui/assets/packing.js";
import { clipped } from "../../tempfit/ui/assets/stage/charts/clip.js";
import { heights, levels } from "../../tempfit/ui/assets/stage/charts/contours.js";
import { FitView } from "../../tempfit/ui/assets/stage/charts/fit_view.js";
import { LossView } from "../../tempfit/ui/assets/stage/charts/loss_view.js";
import { SurfaceView } from "../../tempfit/ui/assets/stage/charts/surface_view.js";
import { standard } from "../../tempfit/ui/assets/stage/display.js";
import { excess } from "../../tempfit/ui/assets/stage/experiment/experiment.js";
import { ZERO } from "../../tempfit/ui/assets/ticks.js";
import { experiment, run, trajectory } from "./experiments.js";

const THEME = {
  dark: true,
  background: "#000",
  text: "#fff",
  font: "serif",
  size: 20,
  shade: "",
  contour: "",
  grid: "",
  line: "",
};
const TWO = experiment({ runs: [run({ rate: 0.01 }), run({ rate: 0.02, slot: 4 })] });
const HELD = trajectory([0, 1, 2], (epoch, r) => 50 - 10 * epoch - r, 2);

/**
 * @param {typeof TWO} shown @param {typeof HELD} held @param {ReturnType<typeof standard>} display
 */
const surfaceOf = (shown, held, display = standard(THEME)) =>
  new SurfaceView(shown, held, display, shown.surfaces[0]);

/** The traces with a name. @param {Plotly.Trace[]} traces */
const named = (traces) => traces.filter(({ name }) => name).map(({ name }) => name);

test("a run that is hidden is in no view, and the first run is drawn last", () => {
  const display = standard(THEME);
  const views = [
    new FitView(TWO, HELD, display),
    new LossView(TWO, HELD, display),
    surfaceOf(TWO, HELD, display),
  ];
  for (const view of views) {
    display.hidden = new Set();
    assert.deepEqual(named(view.resting(2)), ["0.02", "0.01"]);
    display.hidden = new Set([4]);
    assert.deepEqual(named(view.resting(2)), ["0.01"]);
  }
});

test("a small view has its one run, whichever are hidden", () => {
  const display = { ...standard(THEME), hidden: new Set([4]) };
  assert.deepEqual(named(new LossView(TWO, HELD, display, 1).resting(2)), ["0.02"]);
});

test("the line of a run is its prediction in the units of the data", () => {
  const shown = experiment({ runs: [run({ scale: 0.5, shift: 2 })] });
  const view = new FitView(shown, trajectory([0, 1]), standard(THEME));
  const [{ x, y }] = view.resting(1);
  assert.deepEqual(x, [-10, 20]);
  assert.deepEqual(
    y,
    x.map((/** @type {number} */ at) => 999 * 0.5 * (at - 2) + 999),
  );
});

test("many readings are small and pale, so that the line is seen through them", () => {
  const of = (/** @type {number} */ count) => {
    const x = packed(Float32Array.from({ length: count }, (_, i) => i));
    return new FitView(experiment({ x, y: x }), HELD, standard(THEME)).dots();
  };
  assert.deepEqual(of(11), { size: 9, opacity: 0.75 });
  assert.ok(of(400).opacity < 0.3 && of(400).size < 6);
  assert.ok(of(100).opacity < of(60).opacity);
});

test("what a chart does not show is said in its corner", () => {
  const value = (/** @type {number} */ epoch, /** @type {number} */ r) =>
    epoch && r ? Infinity : 1e6;
  const view = new FitView(TWO, trajectory([0, 1], value, 2), standard(THEME));
  const said = view.notes(1, [0, 10], [0, 1]).map(({ text }) => text);
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
    new FitView(readings, trajectory([0], value, 2), standard(THEME))
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
  for (const Kind of [FitView, LossView]) {
    const notes = new Kind(scene, HELD, standard(THEME)).notes(2, [0, 10], [-1e4, 1e4]);
    assert.deepEqual(
      notes.map(({ text }) => text),
      ["0.02", "0.01"],
    );
  }
});

test("epoch 0 has a place on a logarithmic axis, inside its range", () => {
  const view = new LossView(TWO, HELD, standard(THEME));
  const [{ x }] = view.resting(2);
  assert.deepEqual(x, [ZERO, 1, 2]);
  const { range } = view.layout(2).xaxis;
  assert.ok(range[0] <= Math.log10(ZERO) && range[1] >= 2);
});

test("above the best, a run at its best has nothing left", () => {
  const best = trajectory([0], () => 3);
  const view = new LossView(experiment({ runs: [run({ best: { w: 3, b: 3, loss: 2 } })] }), best, {
    ...standard(THEME),
    y: "above",
  });
  assert.equal(view.value(0, 0), 0);
});

test("a change of its rate is marked on every run that has one, once it is reached", () => {
  const scene = experiment({ runs: [run(), run({ slot: 1, changes: [2] })] });
  const marks = (/** @type {number} */ index) =>
    new LossView(scene, HELD, standard(THEME))
      .resting(index)
      .filter(({ marker }) => marker?.symbol === "circle-open");
  assert.deepEqual(marks(1)[0].x, []);
  assert.deepEqual([marks(2).length, marks(2)[0].x], [1, [2]]);
});

test("the forecast of a run is drawn as far as it is finite", () => {
  const scene = { ...TWO, recorded: Int32Array.of(0, 1, 2) };
  scene.forecast = Float32Array.of(9, 8, 7, 5, Infinity, 1);
  const view = new LossView(scene, HELD, standard(THEME));
  const [first, second] = [0, 1].map((r) => view.predicted(r));
  assert.deepEqual(first, [
    [ZERO, 9],
    [1, 8],
    [2, 7],
  ]);
  assert.deepEqual(second, [[ZERO, 5]]);
});

test("a path over the surface is drawn until it has left the picture for good", () => {
  const w = [5, 50, 5, 50, 500];
  const held = trajectory([0, 1, 2, 3, 4], (epoch) => w[epoch]);
  const view = surfaceOf(experiment(), held);
  assert.equal(view.drawnTo(0, 4, { xRange: [0, 10], yRange: [0, 10] }), 3);
  assert.equal(view.drawnTo(0, 2, { xRange: [0, 10], yRange: [0, 10] }), 2);
});

test("every view says in words what it shows, in the order of the runs", () => {
  const losses = new LossView(TWO, HELD, standard(THEME)).describe(2);
  assert.equal(losses, "Loss by epoch, up to epoch 2. 0.01: 30; 0.02: 29");
  assert.match(
    new FitView(TWO, HELD, standard(THEME)).describe(2),
    /2 readings.*0\.01: w 30, b 30/,
  );
});

test("no view says a number of a run that has overflowed", () => {
  const held = trajectory([0, 1, 2], (epoch) => (epoch < 2 ? 9 : Number.NaN));
  for (const Kind of [FitView, LossView]) {
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

/** An explosion: the line's slope grows by a factor and turns over at every epoch. */
const EXPLOSION = trajectory([0, 1, 2, 3, 4], (epoch) => (-50) ** epoch);

test("where every line leaves the picture the camera holds them, at every moment", () => {
  const view = new FitView(experiment(), EXPLOSION, standard(THEME));
  for (let position = 0; position <= 4; position += 0.05) {
    const [low, high] = view.camera(position) ?? [];
    for (const x of [0, 10]) {
      const y = view.predict(0, position, x);
      assert.ok(low <= y && y <= high, `${position}: ${y} in ${low} to ${high}`);
    }
    assert.ok(low <= 1 && high >= 100, "and the readings");
  }
});

test("while readings are edited the camera follows no line", () => {
  const held = trajectory([0, 1, 2], (epoch) => (epoch ? 1e6 * epoch : 1));
  const scene = experiment();
  const away = new FitView(scene, held, standard(THEME)).held(2);
  assert.ok(away[1] > 1e3);
  const still = { ...scene, fit: { ...scene.fit, still: true } };
  assert.deepEqual(new FitView(still, held, standard(THEME)).held(2), scene.fit.yRange);
});

test("the camera stays, and names the one that left, while another line is in the picture", () => {
  const value = (/** @type {number} */ epoch, /** @type {number} */ r) => (r ? 20 : 1e4 ** epoch);
  const view = new FitView(TWO, trajectory([0, 1, 2], value, 2), standard(THEME));
  assert.deepEqual(view.camera(1.5), [1, 100]);
  assert.deepEqual(
    view.notes(2, [0, 10], [1, 100]).map(({ text }) => text),
    ["▲ 0.01: w 1e8"],
  );
});

test("the camera comes back when a line does", () => {
  const w = [1, 1e4, 20, ...Array(30).fill(20)];
  const held = trajectory([...w.keys()], (epoch) => w[epoch]);
  const view = new FitView(experiment({ runs: [run({ scale: 0 })] }), held, standard(THEME));
  assert.ok((view.camera(1) ?? [])[1] > 1e4);
  assert.deepEqual(view.camera(32), [1, 100]);
});

test("a curve that leaves the picture is marked where it does, on its line", () => {
  const held = trajectory([0, 1, 2], (epoch) => 10 ** epoch * 10);
  const linear = new LossView(experiment(), held, { ...standard(THEME), x: "linear", y: "linear" });
  assert.deepEqual(linear.exit(0, 2, 550), [1.5, 550]);
  assert.equal(linear.exit(0, 2, 1000), null);
  const log = new LossView(experiment(), held, { ...standard(THEME), x: "linear" });
  assert.ok(Math.abs((log.exit(0, 2, 10 ** 2.5)?.[0] ?? 0) - 1.5) < 1e-9);
});

test("between two snapshots the end of a curve is on the line that joins them", () => {
  const held = trajectory([1, 10], (epoch) => epoch * 10);
  const view = new LossView(experiment(), held, standard(THEME));
  const [x, y] = view.spot(0, 0.5);
  assert.ok(Math.abs(x - 10 ** 0.5) < 1e-9 && Math.abs(y - 10 ** 1.5) < 1e-9);
});

test("a line stays at its last finite snapshot", () => {
  const held = trajectory([0, 1, 2], (epoch) => (epoch < 2 ? 5 : Infinity));
  assert.deepEqual([held.tip(0, 0.5), held.tip(0, 1.5), held.tip(0, 2)], [0.5, 1, 1]);
});

test("the surface has as many pixels to a unit across as up, and shows what it has to", () => {
  const view = surfaceOf(experiment(), HELD);
  for (const size of /** @type {[number, number][]} */ ([
    [300, 100],
    [100, 300],
  ])) {
    const { xaxis, yaxis } = view.layout(2, size);
    const [across, up] = [xaxis, yaxis].map(({ range }) => range[1] - range[0]);
    assert.ok(Math.abs(across / size[0] - up / size[1]) < 1e-9);
    assert.ok(xaxis.range[0] <= 0 && xaxis.range[1] >= 10);
    assert.ok(yaxis.range[0] <= 1 && yaxis.range[1] >= 100);
  }
});

test("stretched, the surface fills the chart with what it has to show", () => {
  const view = surfaceOf(experiment(), HELD, { ...standard(THEME), surfaceScale: "stretched" });
  const { xaxis, yaxis } = view.layout(2, [300, 100]);
  assert.deepEqual(
    [xaxis.range, yaxis.range],
    [
      [0, 10],
      [1, 100],
    ],
  );
});

test("contours reach the corners of the surface, and their losses are those written on them", () => {
  const view = surfaceOf(experiment(), HELD);
  view.layout(2, [300, 100]);
  const shown = view.ranges([300, 100]);
  const { surface } = view;
  const drawn = levels(surface, shown);
  const { xRange, yRange } = shown;
  const corners = xRange.flatMap((w) => yRange.map((b) => excess(surface, w, b)));
  assert.ok(drawn[0] * Math.sqrt(10) >= Math.max(...corners));
  assert.deepEqual(
    drawn,
    [...drawn].sort((one, other) => other - one),
  );
  const { x, y, text } = heights(surface, drawn, shown, THEME);
  assert.ok(text.length > 1);
  text.forEach((/** @type {string} */ written, /** @type {number} */ i) => {
    const loss = surface.best.loss + excess(surface, x[i], y[i]);
    assert.equal(written, number(loss, 2));
  });
});
