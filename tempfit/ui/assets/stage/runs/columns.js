// The columns of the runs' rows, and how rows are sorted by one.

import { later } from "../../words.js";

/** @import {Numbers, Run} from "../experiment/experiment.js" */

/**
 * @typedef {[name: string, heading: string, meaning: string, digits?: number]} Column with how many
 *   digits its number is written in, where it is one of those that change while a run trains
 */

/** @type {Column[]} */
const ALWAYS = [
  ["rate", later("Learning rate"), ""],
  ["status", later("Status"), ""],
  ["loss", later("Loss"), later("mean of the squared misses: how far the line is off"), 6],
  ["reached", later("Converged"), later("first epoch within 1 % of the best possible loss")],
];
/** @type {Column[]} */
const ON_DEMAND = [
  ["least", later("Least loss"), later("the least so far"), 6],
  [
    "rmse",
    "RMSE",
    later("root of the loss: how far the line misses a reading, in the unit of y"),
    6,
  ],
  [
    "explained",
    "R²",
    later(
      "share of the spread of y that the line explains: 1 is perfect, 0 no better than the mean",
    ),
    6,
  ],
  ["w", "w", later("of the scaled feature"), 6],
  ["b", "b", later("of the scaled feature"), 6],
  ["slope", later("Slope"), later("w in the units of the data"), 5],
  ["intercept", later("Intercept"), later("b in the units of the data"), 5],
  ["distance", later("To optimum"), later("distance of (w, b) from the best (w, b)"), 4],
];

export const COLUMNS = [...ALWAYS, ...ON_DEMAND];

/** @param {string} name */
export const classOf = (name) =>
  ON_DEMAND.some(([other]) => other === name) ? `${name} more` : name;

/** @typedef {{ column: string, descending: boolean }} Order */

/**
 * The places of the runs sorted by a column, or as given. What is not a number comes last,
 * whichever way.
 * @param {Order | null} order @param {Run[]} runs @param {Numbers[]} numbers
 */
export function placesBy(order, runs, numbers) {
  const places = runs.map((_, r) => r);
  if (!order) return places;
  const ranks = places.map((r) => {
    /** @type {Record<string, any>} */
    const row = { ...numbers[r], rate: runs[r].rate, status: numbers[r].code };
    const rank = (order.descending ? -1 : 1) * row[order.column];
    return Number.isNaN(rank) ? Infinity : rank;
  });
  return places.sort((one, other) => compared(ranks[one], ranks[other]) || one - other);
}

/** @param {number} one @param {number} other */
const compared = (one, other) => (one < other ? -1 : Number(one > other));
