// The readings and the line of every run, in the units of the data.

import { lineOf, strokeOf } from "../colours.js";
import { number } from "../format.js";
import { literal } from "../layout.js";
import { linearTicks } from "../ticks.js";
import { clipped } from "./clip.js";
import { View } from "./view.js";

/** @import {Theme} from "../theme.js" */
/** @import {Point} from "./clip.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Note} from "./view.js" */

const FAINT = 0.35; // the last finite line of a run that has overflowed
const PALE = 0.25; // what was before
const SEEN = 0.15; // the share of its length from which on a line is in the picture

// The camera follows at once, and comes back by this factor a snapshot.
const BACK = 3;
const BACK_SNAPSHOTS = 60;

export class FitView extends View {
  title = "Fitted line";

  /**
   * The predicted y of a run at an x, from (w, b) of its scaled feature.
   * @param {number} r @param {number} position @param {number} x
   */
  predict(r, position, x) {
    const { scale, shift } = this.scene.runs[r];
    const [w, b] = [
      this.trajectory.between("w", r, position),
      this.trajectory.between("b", r, position),
    ];
    return w * scale * (x - shift) + b;
  }

  /**
   * What the y-axis shows: the readings, and where every line has left them, the lines too.
   * @param {number} position
   */
  camera(position) {
    if (this.only !== null) return null;
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

  /** @param {Theme} theme @param {number} index @param {[number, number]} size */
  layout(theme, index, size) {
    const { fit } = this.scene;
    const yRange = this.camera(index) ?? fit.yRange;
    const moved = yRange.some((end, i) => end !== fit.yRange[i]);
    const layout = this.frame(
      theme,
      fit.title,
      { title: fit.xTitle, range: [...fit.xRange] },
      { title: fit.yTitle, range: [...yRange], ...(moved ? linearTicks(yRange, size[1]) : {}) },
    );
    // Room for the numbers that the camera may come to, so that the axes stay where they are.
    if (this.only === null) layout.margin.l = Math.max(layout.margin.l, 5.8 * layout.font.size);
    layout.annotations = this.annotations(this.notes(index, fit.xRange, yRange), theme);
    return layout;
  }

  /**
   * The names, if they stand here, and which lines are not in the picture.
   * @param {number} index @param {number[]} xRange @param {number[]} yRange @returns {Note[]}
   */
  notes(index, xRange, yRange) {
    const { w } = this.trajectory;
    const middle = (yRange[0] + yRange[1]) / 2;
    return this.runs().flatMap(([run, r]) => {
      const name = this.only === null ? `${run.short ?? run.label}: ` : "";
      if (this.trajectory.overflowed(r, index)) return [{ run, text: `${name}overflowed` }];
      if (this.seen(r, index, xRange, yRange)) {
        return this.scene.named ? [{ run, text: run.label }] : [];
      }
      const last = this.trajectory.lastFinite(r, index);
      const low = this.predict(r, last, xRange[1]) < middle;
      return [{ run, low, text: `${low ? "▼" : "▲"} ${name}w ${number(w[r][last], 4)}` }];
    });
  }

  /** @param {Theme} theme @returns {Plotly.Trace[]} */
  fixed(theme) {
    const { x, y, fit } = this.scene;
    return [
      {
        type: "scatter",
        mode: "markers",
        name: "Readings",
        x,
        y,
        marker: { color: theme.text, size: this.only === null ? 9 : 4, opacity: 0.75 },
        hovertemplate: `${literal(fit.xTitle)}: %{x}<br>${literal(fit.yTitle)}: %{y}<extra>Reading</extra>`,
      },
      ...this.ghost(theme),
    ];
  }

  /** @param {Theme} theme @param {number} index @returns {Plotly.Trace[]} */
  resting(theme, index) {
    // Far beyond the readings too, so that the line goes on when zoomed out.
    const [low, high] = this.scene.fit.xRange;
    const ends = [2 * low - high, 2 * high - low];
    const { epoch, w, b } = this.trajectory;
    return this.runs().flatMap(([run, r]) => {
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) return [];
      return [
        {
          type: "scatter",
          mode: "lines",
          name: run.label,
          x: ends,
          y: ends.map((x) => this.predict(r, last, x)),
          line: lineOf(run, theme, 3),
          opacity: this.trajectory.overflowed(r, index) ? FAINT : 1,
          hovertemplate:
            `${this.name(run)}<br>epoch ${epoch[last]}<br>` +
            `w ${number(w[r][last])}, b ${number(b[r][last])}<extra></extra>`,
        },
      ];
    });
  }

  /** The lines that were before. @param {Theme} theme @returns {Plotly.Trace[]} */
  ghost(theme) {
    const { ghost } = this.scene;
    if (!this.before || !ghost) return [];
    return this.before.resting(theme, ghost.index).map((line) => ({
      ...line,
      name: `before: ${line.name}`,
      line: { ...line.line, width: 5 },
      opacity: PALE,
      hovertemplate: `Before. ${line.hovertemplate}`,
    }));
  }

  /** @param {Pen} pen @param {number} position @param {Theme} theme */
  draw(pen, position, theme) {
    if (pen.travelling) this.drawFixed(pen, theme);
    this.lines(pen, position, theme, 1);
    this.names(pen, position, theme);
    const index = Math.floor(position);
    // While the camera travels, what it follows lies between two of its places.
    const yRange = pen.travelling ? (this.camera(index) ?? pen.yRange) : pen.yRange;
    this.write(pen, this.notes(index, pen.xRange, yRange), theme);
  }

  /**
   * What Plotly draws while the camera stands.
   * @param {Pen} pen @param {Theme} theme
   */
  drawFixed(pen, theme) {
    const { x, y, ghost } = this.scene;
    this.before?.lines(pen, ghost?.index ?? 0, theme, PALE);
    pen.points(x, y, theme.text, this.only === null ? 4.5 : 2, 0.75);
  }

  /** @param {Pen} pen @param {number} position @param {Theme} theme @param {number} strength */
  lines(pen, position, theme, strength) {
    for (const [run, r] of this.runs()) {
      const last = this.trajectory.tip(r, position);
      if (last < 0) continue;
      const faint = this.trajectory.overflowed(r, Math.floor(position)) ? FAINT : 1;
      const at = (/** @type {number} */ end) =>
        /** @type {Point} */ ([pen.xRange[end], this.predict(r, last, pen.xRange[end])]);
      pen.line(1, at, { ...strokeOf(run, theme, 3), opacity: faint * strength });
    }
  }

  /**
   * Where a line ends on the right, or leaves the picture.
   * @param {number} r @param {number} last @param {Pen} pen
   */
  endOf(r, last, pen) {
    const [from, to] = pen.xRange.map(
      (x) => /** @type {Point} */ ([pen.x(x), pen.y(this.predict(r, last, x))]),
    );
    return clipped(from, to, [0, 0, pen.width, pen.height])?.end ?? null;
  }

  /** @param {number} index */
  describe(index) {
    const { epoch, w, b } = this.trajectory;
    const lines = this.told(index, (r, at) =>
      this.trajectory.overflowed(r, at)
        ? "overflowed"
        : `w ${number(w[r][at])}, b ${number(b[r][at])}`,
    );
    return `Fitted line over ${this.scene.x.length} readings at epoch ${epoch[index]}. ${lines}`;
  }
}
