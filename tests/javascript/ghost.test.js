// What is kept beside a new experiment.

import assert from "node:assert/strict";
import { test } from "node:test";
import { packed } from "../../tempfit/ui/assets/packing.js";
import { FitFigure } from "../../tempfit/ui/assets/stage/charts/fit_figure.js";
import { LossFigure } from "../../tempfit/ui/assets/stage/charts/loss_figure.js";
import { standard } from "../../tempfit/ui/assets/stage/display.js";
import { ghostBeside, gone } from "../../tempfit/ui/assets/stage/succession/ghost.js";
import { experiment, run, trajectory } from "./experiments.js";

const THEME = /** @type {any} */ ({ dark: true, font: "serif" });
const BEFORE = experiment({ runs: [run({ rate: 0.02 })] });
const LAST = /** @type {any} */ ({
  experiment: BEFORE,
  trajectory: trajectory([0, 1, 2]),
  player: { index: 1 },
});
const UNTRAINED = /** @type {any} */ ({
  ...LAST,
  trajectory: trajectory([0]),
  player: { index: 0 },
});

test("what was trained is kept as it was shown, or to its end if it was back at the start", () => {
  assert.equal(ghostBeside(experiment(), LAST, null)?.index, 1);
  const back = { ...LAST, player: { index: 0 } };
  assert.equal(ghostBeside(experiment(), back, null)?.index, 2);
});

test("what was not trained leaves the ghost that there is", () => {
  const ghost = ghostBeside(experiment(), LAST, null);
  assert.deepEqual(ghostBeside(experiment(), UNTRAINED, ghost), ghost);
  assert.equal(ghostBeside(experiment(), null, null), null);
});

test("a ghost is named by its rate, and by its feature where that is another now", () => {
  assert.deepEqual(ghostBeside(experiment(), LAST, null)?.names, ["before: 0.02"]);
  const raw = experiment({ runs: [run({ scale: 1 })] });
  assert.deepEqual(ghostBeside(raw, LAST, null)?.names, ["before: 0.02 · scale 0.1"]);
});

test("the run of a ghost that can be kept is one that is not on the stage", () => {
  const ghost = ghostBeside(experiment(), LAST, null);
  assert.ok(ghost);
  assert.equal(gone(ghost, experiment())?.rate, 0.02);
  assert.equal(gone(ghost, experiment({ runs: [run(), run({ rate: 0.02, slot: 1 })] })), null);
});

test("over other readings there is no ghost", () => {
  const other = experiment({ y: packed(Float32Array.of(1, 3)) });
  assert.equal(ghostBeside(other, LAST, null), null);
});

test("a ghost is drawn in both charts, pale, under its rate, with the numbers it had", () => {
  const ghost = ghostBeside(experiment(), LAST, null);
  const scene = { ...experiment(), ghost };
  for (const Kind of [FitFigure, LossFigure]) {
    const figure = new Kind(scene, trajectory([0]), standard(THEME));
    const drawn = figure.fixed().filter(({ name }) => name === "before: 0.02");
    assert.equal(drawn.length, 1);
    const then = new Kind(BEFORE, LAST.trajectory, standard(THEME)).resting(1)[0];
    assert.deepEqual([drawn[0].x, drawn[0].y], [then.x, then.y]);
    assert.ok(drawn[0].opacity < 0.5);
  }
});
