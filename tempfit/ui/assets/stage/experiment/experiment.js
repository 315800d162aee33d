// An experiment as the server describes it, unpacked, and what follows from it and a trajectory.

import { number } from "../../format.js";
import { floats, integers } from "../../packing.js";

/** @import {RunSetup, Setup, Bowl} from "../../types.js" */
/** @import {Trajectory} from "./trajectory.js" */

/** @typedef {RunSetup & { label: string, short: string }} Run `short` names its line */

/**
 * @typedef {Omit<Setup, "recorded" | "forecast" | "forecastAbove" | "x" | "y" | "runs"> & {
 *   recorded: Int32Array,
 *   forecast: Float32Array,
 *   forecastAbove: Float32Array,
 *   x: Float32Array,
 *   y: Float32Array,
 *   runs: Run[],
 * }} Experiment
 */

/** @param {Setup} setup @returns {Experiment} */
export function unpack(setup) {
  const rates = setup.runs.map(({ rate }) => number(rate));
  const told = new Set(rates).size === rates.length; // one from another by their rates alone
  return {
    ...setup,
    recorded: integers(setup.recorded),
    forecast: floats(setup.forecast),
    forecastAbove: floats(setup.forecastAbove),
    x: floats(setup.x),
    y: floats(setup.y),
    runs: setup.runs.map((run, r) => {
      const label = [rates[r], run.settings].filter(Boolean).join(" · ");
      return { ...run, label, short: told ? rates[r] : label };
    }),
  };
}

/**
 * The loss above the best possible at (w, b), ½ Σ λ c²: the difference of two losses would be lost
 * in the rounding of float32.
 * @param {Bowl} bowl @param {number} w @param {number} b
 */
export function excess({ best, eigenvalues, directions }, w, b) {
  return eigenvalues.reduce((sum, value, i) => {
    const along = directions[0][i] * (w - best.w) + directions[1][i] * (b - best.b);
    return sum + 0.5 * value * along * along;
  }, 0);
}

/**
 * The index of the first snapshot, up to one, at which a run has converged at the rate that it has
 * there; Infinity where there is none.
 * @param {Experiment} experiment @param {Trajectory} trajectory @param {number} r
 * @param {number} last
 */
function converged({ runs, statuses }, { epoch, status }, r, last) {
  const since = runs[r].changes.findLast((change) => change <= epoch[last]) ?? 0;
  const code = statuses.indexOf("converged");
  const first = epoch.findIndex((moment, k) => moment >= since && status[r][k] === code);
  return first < 0 || first > last ? Infinity : first;
}

/**
 * The index of the first snapshot at which each run has converged after the last change of its
 * rate; Infinity for one that has not.
 * @param {Experiment} experiment @param {Trajectory} trajectory
 */
export function convergedAt(experiment, trajectory) {
  const { runs } = experiment;
  const last = trajectory.epoch.length - 1;
  return runs.map(({ changes }, r) => {
    const since = changes.at(-1) ?? 0;
    return since > trajectory.epoch[last] ? Infinity : converged(experiment, trajectory, r, last);
  });
}

/**
 * A run's numbers when the stage shows a snapshot.
 * @param {Experiment} experiment @param {Trajectory} trajectory @param {number} r
 * @param {number} shown
 */
export function numbersAt(experiment, trajectory, r, shown) {
  const index = trajectory.reached(r, shown);
  const { scale, shift, best } = experiment.runs[r];
  const [loss, w, b] = [trajectory.loss[r][index], trajectory.w[r][index], trajectory.b[r][index]];
  let least = loss;
  for (const past of trajectory.loss[r].slice(0, index)) if (!(least <= past)) least = past;
  const reached = converged(experiment, trajectory, r, index);
  return {
    epoch: trajectory.epoch[index],
    code: trajectory.status[r][index],
    stopped: trajectory.stops[r] <= shown,
    loss,
    w,
    b,
    least,
    rmse: Math.sqrt(loss),
    explained: 1 - loss / experiment.variance,
    reached: trajectory.epoch[reached] ?? Infinity,
    // Whether the snapshot before is that of the epoch before, so that it cannot have been earlier.
    exact: reached > 0 && trajectory.epoch[reached - 1] === trajectory.epoch[reached] - 1,
    slope: w * scale,
    intercept: b - w * scale * shift,
    distance: Math.hypot(w - best.w, b - best.b),
  };
}

/** @typedef {ReturnType<typeof numbersAt>} Numbers */
