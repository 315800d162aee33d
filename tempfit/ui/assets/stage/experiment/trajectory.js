// The snapshots of all runs, by epoch: what the server trained and the page has received.

import { bytes, floats, integers, packed } from "../../packing.js";
import { placeOf } from "../../search.js";

/** @import {Snapshots} from "../../types.js" */

/** @type {["loss", "w", "b", "status"]} */
const QUANTITIES = ["loss", "w", "b", "status"];

export class Trajectory {
  /**
   * @param {number} runs how many runs there are
   */
  constructor(runs) {
    this.runs = runs;
    /** @type {number[]} */
    this.epoch = [];
    /** @type {number[]} */
    this.stops = Array(runs).fill(Infinity); // the index at which each run is stopped
    const lists = () => Array.from({ length: runs }, () => /** @type {number[]} */ ([]));
    // One list a quantity and run: loss[run][index].
    this.loss = lists();
    this.w = lists();
    this.b = lists();
    this.status = lists();
  }

  get length() {
    return this.epoch.length;
  }

  get lastEpoch() {
    return this.epoch.at(-1) ?? -1;
  }

  /**
   * Take in snapshots, each epoch once and in order, whatever arrives and how often.
   * @param {Snapshots} snapshots
   */
  merge(snapshots) {
    const epoch = integers(snapshots.epoch);
    const { loss, w, b } = snapshots;
    const values = {
      loss: floats(loss),
      w: floats(w),
      b: floats(b),
      status: bytes(snapshots.status),
    };
    epoch.forEach((moment, index) => {
      const place = this.indexAt(moment) + 1;
      if (this.epoch[place - 1] === moment) return;
      this.epoch.splice(place, 0, moment);
      for (const name of QUANTITIES) {
        for (let run = 0; run < this.runs; run++) {
          this[name][run].splice(place, 0, values[name][run * epoch.length + index]);
        }
      }
    });
  }

  /** The whole, packed as the server packs snapshots. @returns {Snapshots} */
  pack() {
    return {
      epoch: packed(Int32Array.from(this.epoch)),
      loss: packed(Float32Array.from(this.loss.flat())),
      w: packed(Float32Array.from(this.w.flat())),
      b: packed(Float32Array.from(this.b.flat())),
      status: packed(Uint8Array.from(this.status.flat())),
    };
  }

  /** Forget all but the start. */
  truncate() {
    this.epoch.length = 1;
    for (const name of QUANTITIES) for (const list of this[name]) list.length = 1;
  }

  /** The index of the last snapshot at or before an epoch, or -1. @param {number} epoch */
  indexAt(epoch) {
    return placeOf(this.epoch, epoch);
  }

  /** Whether every run has stopped or overflowed at a snapshot. @param {number} index */
  allEnded(index) {
    return this.loss.every(
      (losses, run) => index >= this.stops[run] || !Number.isFinite(losses[index]),
    );
  }

  /**
   * The index of the snapshot at which a run is while the stage shows `index`.
   * @param {number} run @param {number} index
   */
  reached(run, index) {
    return Math.min(index, this.stops[run]);
  }

  /**
   * The index of a run's last finite snapshot up to `index`, or -1.
   * @param {number} run @param {number} index
   */
  lastFinite(run, index) {
    let last = this.reached(run, index);
    while (last >= 0 && !Number.isFinite(this.loss[run][last])) last--;
    return last;
  }

  /**
   * Where the line of a run ends while the stage draws a place between two snapshots, or -1. A run
   * that has stopped, or overflows next, stays where it is.
   * @param {number} run @param {number} position an index with a fraction
   */
  tip(run, position) {
    const index = Math.floor(position);
    const last = this.lastFinite(run, index);
    const goesOn = last === index && index < this.stops[run];
    return goesOn && Number.isFinite(this.loss[run][index + 1]) ? position : last;
  }

  /**
   * The params of a run at a place between two snapshots.
   * @param {number} run @param {number} position @returns {[number, number]}
   */
  params(run, position) {
    const index = Math.floor(position);
    const share = position - index;
    const [w, b] = [this.w[run], this.b[run]];
    if (!share) return [w[index], b[index]];
    const between = (/** @type {number[]} */ values) =>
      (1 - share) * values[index] + share * values[index + 1];
    return [between(w), between(b)];
  }

  /**
   * Whether a run has overflowed when the stage shows `index`.
   * @param {number} run @param {number} index
   */
  overflowed(run, index) {
    return !Number.isFinite(this.loss[run][this.reached(run, index)]);
  }
}
