// What a run's row says in words: at epoch 0 what the law expects, and then what is.

import { number, whole } from "../../format.js";
import { later, say } from "../../words.js";

/** @import {Display} from "../display.js" */
/** @import {Numbers, Run} from "./experiment.js" */

/** @type {Record<string, string>} */
const EXPECTED = {
  converged: later("will converge"),
  overflowed: later("will overflow"),
  diverging: later("will diverge"),
  stalled: later("will stall"),
  oscillating: later("will oscillate"),
  descending: later("will descend"),
  untrained: later("not trained"),
};

/** @type {Record<string, string>} */
const PRESENT = {
  converged: later("converged"),
  overflowed: later("overflowed"),
  diverging: later("diverging"),
  stalled: later("stalled"),
  oscillating: later("oscillating"),
  descending: later("descending"),
};

/** A status as the viewer reads it. @param {string} status */
export const inWords = (status) => (status in PRESENT ? say(PRESENT[status]) : status);

/** A number, or the word for one that float32 cannot hold. @param {number} value @param {number} digits */
export const spelled = (value, digits) =>
  Number.isFinite(value) ? number(value, digits) : inWords("overflowed");

/**
 * A run with what is expected of it, unless that is withheld.
 * @param {Run} run @param {Pick<Display, "withheld">} display @returns {Run}
 */
export const known = (run, { withheld }) =>
  withheld ? { ...run, expected: "untrained", expectedEpoch: null, outlook: "" } : run;

/**
 * What is said of a run: once that is certain, what became of it, and before that the outlook.
 * @param {Run} run @param {string} status @param {Numbers} at
 * @param {string | undefined} outcome what became of it by the last snapshot that is trained
 * @param {boolean} atLast whether that snapshot is shown
 */
export function sentenceOf(run, status, at, outcome, atLast) {
  if (at.stopped) {
    return say("Stopped at epoch {epoch}, where it had converged.", { epoch: whole(at.epoch) });
  }
  const certain = status === "overflowed" || (atLast && !begins(run, at));
  return (certain && outcome) || run.outlook;
}

/**
 * Whether a run has taken no step yet at the rate that it has by now.
 * @param {Run} run @param {Numbers} at
 */
export const begins = ({ changes }, { epoch }) => epoch === 0 || changes.includes(epoch);

/**
 * What a run does, or will do.
 * @param {Run} run @param {string} status its status at the snapshot shown @param {Numbers} at
 */
export function statusOf(run, status, at) {
  if (begins(run, at)) return run.expected in EXPECTED ? say(EXPECTED[run.expected]) : "";
  const words = inWords(status);
  return at.stopped ? say("{status}, stopped", { status: words }) : words;
}

/**
 * When a run converged, or will.
 * @param {Run} run @param {string} status its status at the snapshot shown @param {Numbers} at
 */
export function convergence(run, status, at) {
  const { expected, expectedEpoch } = run;
  if (Number.isFinite(at.reached)) {
    const epoch = whole(at.reached);
    return at.exact ? say("at {epoch}", { epoch }) : say("by {epoch}", { epoch });
  }
  const untrained = begins(run, at);
  if (["overflowed", "diverging"].includes(untrained ? expected : status)) return say("never");
  const known = untrained && expected === "converged" && expectedEpoch !== null;
  return known ? say("about {epoch}", { epoch: number(expectedEpoch, 3) }) : say("not yet");
}
