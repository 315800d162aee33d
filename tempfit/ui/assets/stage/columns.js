// The columns of the runs' rows, and how rows are sorted by one.

/** @import {Numbers, Run} from "./experiment.js" */

/** @typedef {(run: Run, at: Numbers) => number} Value */

/** @type {[string, string, string, Value][]} name, heading, explanation, what a row is sorted by */
const COLUMNS = [
  ["rate", "Learning rate", "", (run) => run.rate],
  ["status", "Status", "", (_, at) => at.code],
  ["loss", "Loss", "", (_, at) => at.loss],
  [
    "reached",
    "Converged",
    "first epoch within 1 % of the best possible loss",
    (_, at) => at.reached,
  ],
];
/** @type {typeof COLUMNS} on demand */
const MORE = [
  ["least", "Least loss", "the least so far", (_, at) => at.least],
  ["w", "w", "of the scaled feature", (_, at) => at.w],
  ["b", "b", "of the scaled feature", (_, at) => at.b],
  ["slope", "Slope", "w in the units of the data", (_, at) => at.slope],
  ["intercept", "Intercept", "b in the units of the data", (_, at) => at.intercept],
  ["distance", "To optimum", "distance of (w, b) from the best (w, b)", (_, at) => at.distance],
];

export const ALL = [...COLUMNS, ...MORE];

/** @param {string} name */
export const classOf = (name) => (MORE.some(([other]) => other === name) ? `${name} more` : name);

/** @typedef {{ column: string, descending: boolean }} Order */

/**
 * The places of the runs sorted by a column, or as given. What is not a number comes last,
 * whichever way.
 * @param {Order | null} order @param {Run[]} runs @param {Numbers[]} numbers
 */
export function placesBy(order, runs, numbers) {
  const places = runs.map((_, r) => r);
  const value = ALL.find(([name]) => name === order?.column)?.[3];
  if (!order || !value) return places;
  const sign = order.descending ? -1 : 1;
  const ranks = places.map((r) => {
    const rank = sign * value(runs[r], numbers[r]);
    return Number.isNaN(rank) ? Infinity : rank;
  });
  return places.sort((one, other) => compared(ranks[one], ranks[other]) || one - other);
}

/** @param {number} one @param {number} other */
const compared = (one, other) => (one < other ? -1 : Number(one > other));
