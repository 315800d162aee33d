// What was trained before the experiment that is on the stage now, kept as a pale picture.

import { number } from "../../format.js";
import { say } from "../../words.js";

/** @import {Playing} from "../playing/playing.js" */
/** @import {Experiment, Run} from "../experiment/experiment.js" */
/** @import {Ghost, Scene} from "../charts/figure.js" */

/**
 * The ghost beside a new experiment: the picture of the last one if that was trained, else the
 * ghost that is there. Of other readings nothing is kept.
 * @param {Experiment} next @param {Pick<Playing, "experiment" | "trajectory" | "player"> | null} last
 * @param {Ghost | null} ghost @returns {Ghost | null}
 */
export function ghostBeside(next, last, ghost) {
  const trained = last !== null && last.trajectory.length > 1;
  const kept = trained
    ? {
        scene: last.experiment,
        trajectory: last.trajectory,
        index: last.player.index || last.trajectory.length - 1,
      }
    : ghost;
  if (!kept || !sameReadings(kept.scene, next)) return null;
  return { ...kept, names: namesOf(kept.scene, next) };
}

/**
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} one
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} other
 */
function sameReadings(one, other) {
  const same = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b) =>
    a.length === b.length && Array.from(a).every((value, i) => value === b[i]);
  return same(one.x, other.x) && same(one.y, other.y);
}

/**
 * How the runs of a ghost are named: by their rates, and by the feature where that is another now.
 * @param {Scene} scene of the ghost @param {Experiment} next
 */
function namesOf({ runs }, next) {
  const [now] = next.runs;
  return runs.map(({ label, short = label, scale, shift }) => {
    const other = scale !== now.scale || shift !== now.shift;
    const feature = shift ? say("standardized") : say("scale {scale}", { scale: number(scale) });
    const run = other && !short.includes(feature) ? `${short} · ${feature}` : short;
    return say("before: {run}", { run });
  });
}

/**
 * The run of a ghost to be kept: its first that is not on the stage, or null if all are.
 * @param {Ghost} ghost @param {Experiment} experiment
 */
export function gone({ scene }, experiment) {
  const told = (/** @type {Partial<Run>} */ { rate, scale, shift, start }) =>
    [rate, scale, shift, start].join();
  const here = new Set(experiment.runs.map(told));
  return /** @type {Experiment} */ (scene).runs.find((run) => !here.has(told(run))) ?? null;
}
