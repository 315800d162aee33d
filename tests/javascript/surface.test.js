// The loss surface: its scales, its contours, and the paths over it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { number } from "../../tempfit/ui/assets/format.js";
import { heights, levels } from "../../tempfit/ui/assets/stage/charts/contours.js";
import { SurfaceFigure } from "../../tempfit/ui/assets/stage/charts/surface_figure.js";
import { standard } from "../../tempfit/ui/assets/stage/display.js";
import { excess } from "../../tempfit/ui/assets/stage/experiment/experiment.js";
import { experiment, THEME, trajectory } from "./experiments.js";

const HELD = trajectory([0, 1, 2], (epoch) => 50 - 10 * epoch);

/**
 * @param {ReturnType<typeof experiment>} shown @param {typeof HELD} held
 * @param {ReturnType<typeof standard>} display
 */
const surfaceOf = (shown, held, display = standard(THEME)) =>
  new SurfaceFigure(shown, held, display, shown.surfaces[0]);

test("a path over the surface is drawn until it has left the picture for good", () => {
  const w = [5, 50, 5, 50, 500];
  const held = trajectory([0, 1, 2, 3, 4], (epoch) => w[epoch]);
  const figure = surfaceOf(experiment(), held);
  assert.equal(figure.drawnTo(0, 4, { xRange: [0, 10], yRange: [0, 10] }), 3);
  assert.equal(figure.drawnTo(0, 2, { xRange: [0, 10], yRange: [0, 10] }), 2);
});

test("the surface has as many pixels to a unit across as up, and shows what it has to", () => {
  const figure = surfaceOf(experiment(), HELD);
  for (const size of /** @type {[number, number][]} */ ([
    [300, 100],
    [100, 300],
  ])) {
    const { xaxis, yaxis } = figure.layout(2, size);
    const [across, up] = [xaxis, yaxis].map(({ range }) => range[1] - range[0]);
    assert.ok(Math.abs(across / size[0] - up / size[1]) < 1e-9);
    assert.ok(xaxis.range[0] <= 0 && xaxis.range[1] >= 10);
    assert.ok(yaxis.range[0] <= 1 && yaxis.range[1] >= 100);
  }
});

test("stretched, the surface fills the chart with what it has to show", () => {
  const figure = surfaceOf(experiment(), HELD, { ...standard(THEME), surfaceScale: "stretched" });
  const { xaxis, yaxis } = figure.layout(2, [300, 100]);
  assert.deepEqual(
    [xaxis.range, yaxis.range],
    [
      [0, 10],
      [1, 100],
    ],
  );
});

test("contours reach the corners of the surface, and their losses are those written on them", () => {
  const figure = surfaceOf(experiment(), HELD);
  figure.layout(2, [300, 100]);
  const shown = figure.ranges([300, 100]);
  const { surface } = figure;
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
