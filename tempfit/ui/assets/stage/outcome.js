// What a run's row says in words: at epoch 0 what the law expects, and then what is.

import { number, whole } from "../format.js";

/** @import {Numbers, Run} from "./experiment.js" */

/** @type {Record<string, string>} */
const EXPECTED = {
  converged: "will converge",
  overflowed: "will overflow",
  diverging: "will diverge",
  stalled: "will stall",
  oscillating: "will oscillate",
  descending: "will descend",
};

/**
 * What a run does, or will do.
 * @param {Run} run @param {string} status its status at the snapshot shown @param {Numbers} at
 */
export function statusOf(run, status, at) {
  if (at.epoch === 0) return EXPECTED[run.expected] ?? "";
  return at.stopped ? `${status}, stopped` : status;
}

/**
 * When a run converged, or will.
 * @param {Run} run @param {string} status its status at the snapshot shown @param {Numbers} at
 */
export function convergence({ expected, expectedEpoch }, status, at) {
  if (Number.isFinite(at.reached)) return `${at.exact ? "at" : "by"} ${whole(at.reached)}`;
  const untrained = at.epoch === 0;
  if (["overflowed", "diverging"].includes(untrained ? expected : status)) return "never";
  const known = untrained && expected === "converged" && expectedEpoch !== null;
  return known ? `about ${number(expectedEpoch, 3)}` : "not yet";
}
