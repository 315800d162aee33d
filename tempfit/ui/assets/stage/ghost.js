// What was trained before the experiment that is on the stage now, kept as a pale picture.

/** @import {Playing} from "./playing.js" */
/** @import {Experiment} from "./experiment.js" */
/** @import {Ghost} from "./view.js" */

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
  return kept && sameReadings(kept.scene, next) ? kept : null;
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

/** How a ghost's run is named. @param {Ghost} ghost @param {number} r */
export const nameOf = ({ scene }, r) => `before: ${scene.runs[r].short ?? scene.runs[r].label}`;
