// The camera of the fitted line goes with the lines that leave the picture, and comes back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FitFigure } from "../../tempfit/ui/assets/stage/charts/fit_figure.js";
import { standard } from "../../tempfit/ui/assets/stage/display.js";
import { experiment, run, THEME, trajectory } from "./experiments.js";

const TWO = experiment({ runs: [run({ rate: 0.01 }), run({ rate: 0.02, slot: 4 })] });

/** An explosion: the line's slope grows by a factor and turns over at every epoch. */
const EXPLOSION = trajectory([0, 1, 2, 3, 4], (epoch) => (-50) ** epoch);

test("where every line leaves the picture the camera holds them, at every moment", () => {
  const figure = new FitFigure(experiment(), EXPLOSION, standard(THEME));
  for (let position = 0; position <= 4; position += 0.05) {
    const [low, high] = figure.camera(position) ?? [];
    for (const x of [0, 10]) {
      const y = figure.predict(0, position, x);
      assert.ok(low <= y && y <= high, `${position}: ${y} in ${low} to ${high}`);
    }
    assert.ok(low <= 1 && high >= 100, "and the readings");
  }
});

test("while readings are edited the camera follows no line", () => {
  const held = trajectory([0, 1, 2], (epoch) => (epoch ? 1e6 * epoch : 1));
  const scene = experiment();
  const away = new FitFigure(scene, held, standard(THEME)).held(2);
  assert.ok(away[1] > 1e3);
  const still = { ...scene, fit: { ...scene.fit, still: true } };
  assert.deepEqual(new FitFigure(still, held, standard(THEME)).held(2), scene.fit.yRange);
});

test("the camera stays, and names the one that left, while another line is in the picture", () => {
  const value = (/** @type {number} */ epoch, /** @type {number} */ r) => (r ? 20 : 1e4 ** epoch);
  const figure = new FitFigure(TWO, trajectory([0, 1, 2], value, 2), standard(THEME));
  assert.deepEqual(figure.camera(1.5), [1, 100]);
  assert.deepEqual(
    figure.notes(2, [0, 10], [1, 100]).map(({ text }) => text),
    ["▲ 0.01: w 1e8"],
  );
});

test("the camera comes back when a line does", () => {
  const w = [1, 1e4, 20, ...Array(30).fill(20)];
  const held = trajectory([...w.keys()], (epoch) => w[epoch]);
  const figure = new FitFigure(experiment({ runs: [run({ scale: 0 })] }), held, standard(THEME));
  assert.ok((figure.camera(1) ?? [])[1] > 1e4);
  assert.deepEqual(figure.camera(32), [1, 100]);
});
