// The cells of the map, a run each: how far each has come at any epoch, by the closed form.

import { number } from "../../format.js";
import { say } from "../../words.js";
import { bowlAt, Descent } from "../experiment/closed_form.js";

/** @import {MapSetup} from "../../types.js" */

export const CELLS = 64; // across and up
const MAX_EPOCHS = 1e9; // nobody waits so long
const DECADES = 12; // of growth, from which on a run has exploded altogether

/** @typedef {"too slow" | "converges" | "explodes"} Outcome */

/**
 * So many values between two, evenly spaced by their logarithms: those at the cells' edges.
 * @param {number[]} range @param {number} count
 */
const spaced = ([low, high], count) =>
  Array.from({ length: count + 1 }, (_, i) => low * (high / low) ** (i / count));

/** @typedef {{ outcome: Outcome, epoch: number }} Foreseen `epoch` is when it converges or overflows */

export class Cells {
  /** @type {Foreseen[] | undefined} */
  #outcomes; // worked out when first wanted
  /** @type {[number, number][] | undefined} */
  #edge;
  /** @type {[Outcome, [number, number]][] | undefined} */
  #regions;

  /**
   * @param {MapSetup} map @param {number[]} start (w, b) of every run
   * @param {number} epochs how long they train
   */
  constructor(map, start, epochs) {
    this.map = map;
    this.start = start;
    this.epochs = epochs;
    this.target = map.convergedLoss - map.best.loss;
    this.rates = spaced(map.rates, CELLS);
    this.scales = spaced(map.scales, CELLS);
    /** The limit at the edges of the cells. @type {number[]} */
    this.limits = this.scales.map((scale) => bowlAt(map, scale).limit);
    this.descents = middles(this.scales).flatMap((scale) => {
      const bowl = bowlAt(map, scale);
      return middles(this.rates).map((rate) => new Descent(bowl, rate, start));
    });
    this.began = this.descents.map((descent) => descent.above(0));
  }

  /** The run at a place of the map. @param {number} rate @param {number} scale */
  descent(rate, scale) {
    return new Descent(bowlAt(this.map, scale), rate, this.start);
  }

  /**
   * How far each cell has come, the lowest scale first: from 0, the start, up to 1, converged, or
   * down to -1, grown beyond all measure.
   * @param {number} epoch
   */
  levels(epoch) {
    return Float32Array.from(this.descents, (descent, i) =>
      this.level(this.began[i], descent.above(epoch)),
    );
  }

  /** @param {number} began @param {number} above the loss above the best, then and now */
  level(began, above) {
    if (above <= this.target) return 1;
    const grown = Math.log(above / began);
    if (grown > 0) return -Math.min(1, grown / (DECADES * Math.LN10));
    return grown / Math.log(this.target / began);
  }

  /**
   * What becomes of a run, and at which epoch it converges or overflows, if it does.
   * @param {Descent} descent @returns {Foreseen}
   */
  outcome(descent) {
    const { convergedLoss, overflowLoss } = this.map;
    if (descent.growth.some((growth) => growth > 0)) {
      return { outcome: "explodes", epoch: descent.risesAbove(overflowLoss) };
    }
    const epoch = descent.fallsTo(convergedLoss);
    return { outcome: epoch <= this.epochs ? "converges" : "too slow", epoch };
  }

  /** The outcome of every cell, worked out when it is first wanted. */
  get outcomes() {
    this.#outcomes ??= this.descents.map((descent) => this.outcome(descent));
    return this.#outcomes;
  }

  /**
   * The least rate that converges in time, as [rate, scale], at the scales where one does.
   * @returns {[number, number][]}
   */
  get edge() {
    this.#edge ??= middles(this.scales).flatMap((scale, row) => {
      const line = this.outcomes.slice(row * CELLS, (row + 1) * CELLS);
      const first = line.findIndex(({ outcome }) => outcome === "converges");
      if (first < 1) return [];
      let [slow, enough] = middles(this.rates).slice(first - 1, first + 1);
      for (let halving = 0; halving < 12; halving++) {
        const rate = Math.sqrt(slow * enough);
        const { outcome } = this.outcome(this.descent(rate, scale));
        if (outcome === "converges") enough = rate;
        else slow = rate;
      }
      return [/** @type {[number, number]} */ ([enough, scale])];
    });
    return this.#edge;
  }

  /**
   * Where each outcome's name stands: at the cell of its region farthest from all others, as
   * [rate, scale].
   * @returns {[Outcome, [number, number]][]}
   */
  get regions() {
    this.#regions ??= namedRegions(this.outcomes.map(({ outcome }) => outcome)).map(
      ([outcome, [column, row]]) => [
        outcome,
        [middles(this.rates)[column], middles(this.scales)[row]],
      ],
    );
    return this.#regions;
  }
}

/** The values in the middle between neighbours, by their logarithms. @param {number[]} edges */
export const middles = (edges) => edges.slice(1).map((edge, i) => Math.sqrt(edge * edges[i]));

/**
 * What becomes of a run, in words.
 * @param {Foreseen} foreseen
 */
export function said({ outcome, epoch }) {
  const at = { epoch: number(epoch) };
  if (outcome === "converges") return say("converges at epoch {epoch}", at);
  if (outcome === "explodes") return say("overflows at epoch {epoch}", at);
  if (epoch < MAX_EPOCHS) return say("too slow: it takes {epoch} epochs", at);
  return say("too slow by far");
}

const COARSE = 2; // cells looked at as one

/**
 * Of each region the cell [column, row] that lies farthest from what is not of it.
 * @param {Outcome[]} outcomes
 * @returns {[Outcome, [number, number]][]}
 */
function namedRegions(outcomes) {
  const places = Array.from({ length: (CELLS / COARSE) ** 2 }, (_, i) => {
    const column = COARSE * (i % (CELLS / COARSE)) + COARSE / 2;
    const row = COARSE * Math.floor((i * COARSE) / CELLS) + COARSE / 2;
    return { column, row, outcome: outcomes[row * CELLS + column] };
  });
  /** @type {Map<Outcome, { room: number, at: [number, number] }>} */
  const best = new Map();
  for (const { column, row, outcome } of places) {
    const edge = Math.min(column, row, CELLS - column, CELLS - row);
    const others = places.filter((place) => place.outcome !== outcome);
    const room = others.reduce(
      (least, place) => Math.min(least, Math.hypot(place.column - column, place.row - row)),
      edge,
    );
    if (room > (best.get(outcome)?.room ?? 1)) best.set(outcome, { room, at: [column, row] });
  }
  return [...best].map(([outcome, { at }]) => [outcome, at]);
}
