// What the chart of the fitted line shows: the readings, and where every line has left them, the
// lines too.

import { Figure } from "./figure.js";

const SEEN = 0.15; // the share of its length from which on a line is in the picture

// The camera follows a line at once. On the way back its range shrinks by this factor a snapshot.
const BACK = 3;
const BACK_SNAPSHOTS = 60;

export class FitCamera extends Figure {
  /**
   * The predicted y of a run at an x, from (w, b) of its scaled feature.
   * @param {number} r @param {number} position @param {number} x
   */
  predict(r, position, x) {
    const { scale, shift } = this.scene.runs[r];
    const [w, b] = this.trajectory.params(r, position);
    return w * scale * (x - shift) + b;
  }

  /**
   * What the y-axis shows: the readings, and where every line has left them, the lines too.
   * @param {number} position
   */
  camera(position) {
    const index = Math.floor(position);
    const share = position - index;
    const here = this.held(index);
    if (!share) return here;
    const next = this.held(index + 1);
    return here.map((end, i) => (1 - share) * end + share * next[i]);
  }

  /** The range of the y-axis at a snapshot. @param {number} index */
  held(index) {
    const [low, high] = this.scene.fit.yRange;
    if (this.scene.fit.still) return [low, high];
    const middle = (low + high) / 2;
    let reach = 0;
    for (let k = 0; k <= Math.min(BACK_SNAPSHOTS, index); k++) {
      reach = Math.max(reach, this.reach(index - k) / BACK ** k);
    }
    return [Math.min(low, middle - 1.15 * reach), Math.max(high, middle + 1.15 * reach)];
  }

  /**
   * How far from the readings' middle the lines lie, or 0 where one is in the picture. One that
   * has overflowed counts only where all have.
   * @param {number} index
   */
  reach(index) {
    const { xRange, yRange } = this.scene.fit;
    const all = this.runs().map(([, r]) => r);
    const going = all.filter((r) => !this.trajectory.overflowed(r, index));
    const runs = going.length ? going : all;
    if (runs.some((r) => this.seen(r, index, xRange, yRange))) return 0;
    const middle = (yRange[0] + yRange[1]) / 2;
    const ends = runs.flatMap((r) => {
      const last = this.trajectory.lastFinite(r, index);
      return last < 0 ? [] : xRange.map((x) => Math.abs(this.predict(r, last, x) - middle));
    });
    return Math.max(0, ...ends.filter(Number.isFinite));
  }

  /**
   * Whether enough of a run's line lies in the picture to be seen.
   * @param {number} r @param {number} index @param {number[]} xRange @param {number[]} yRange
   */
  seen(r, index, xRange, yRange) {
    const last = this.trajectory.lastFinite(r, index);
    if (last < 0) return false;
    const ends = xRange.map((x) => this.predict(r, last, x));
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    if (low === high) return low >= yRange[0] && low <= yRange[1];
    return Math.min(high, yRange[1]) - Math.max(low, yRange[0]) >= SEEN * (high - low);
  }
}
