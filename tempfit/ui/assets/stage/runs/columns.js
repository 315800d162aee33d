// The columns of the runs' rows, and how rows are sorted by one.

import { later } from "../../words.js";

/** @import {Numbers, Run} from "../experiment/experiment.js" */

/** @typedef {(run: Run, at: Numbers) => number} Value */

/** @type {[string, string, string, Value][]} name, heading, explanation, what a row is sorted by */
const COLUMNS = [
  ["rate", later("Learning rate"), "", (run) => run.rate],
  ["status", later("Status"), "", (_, at) => at.code],
  [
    "loss",
    later("Loss"),
    later("mean of the squared misses: how far the line is off"),
    (_, at) => at.loss,
  ],
  [
    "reached",
    later("Converged"),
    later("first epoch within 1 % of the best possible loss"),
    (_, at) => at.reached,
  ],
];
/** @type {typeof COLUMNS} on demand */
const MORE = [
  ["least", later("Least loss"), later("the least so far"), (_, at) => at.least],
  [
    "rmse",
    "RMSE",
    later("root of the loss: how far the line misses a reading, in the unit of y"),
    (_, at) => at.rmse,
  ],
  [
    "explained",
    "R²",
    later(
      "share of the spread of y that the line explains: 1 is perfect, 0 no better than the mean",
    ),
    (_, at) => at.explained,
  ],
  ["w", "w", later("of the scaled feature"), (_, at) => at.w],
  ["b", "b", later("of the scaled feature"), (_, at) => at.b],
  ["slope", later("Slope"), later("w in the units of the data"), (_, at) => at.slope],
  ["intercept", later("Intercept"), later("b in the units of the data"), (_, at) => at.intercept],
  [
    "distance",
    later("To optimum"),
    later("distance of (w, b) from the best (w, b)"),
    (_, at) => at.distance,
  ],
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

/** Those of a row that are written while it trains, and in how many digits. @type {["loss" | "least" | "rmse" | "explained" | "w" | "b" | "slope" | "intercept" | "distance", number][]} */
export const NUMBERS = [
  ["loss", 6],
  ["least", 6],
  ["rmse", 6],
  ["explained", 6],
  ["w", 6],
  ["b", 6],
  ["slope", 5],
  ["intercept", 5],
  ["distance", 4],
];
