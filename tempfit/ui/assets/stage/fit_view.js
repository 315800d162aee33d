// The readings and the line of every run, in the units of the data.

import { lineOf, strokeOf } from "../colours.js";
import { number } from "../format.js";
import { literal } from "../layout.js";
import { View } from "./view.js";

/** @import {Theme} from "../theme.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Note} from "./view.js" */

const FAINT = 0.35; // the last finite line of a run that has overflowed

export class FitView extends View {
  title = "Fitted line";

  /**
   * The predicted y of a run at an x, from (w, b) of its scaled feature.
   * @param {number} r @param {number} index @param {number} x
   */
  predict(r, index, x) {
    const { scale, shift } = this.scene.runs[r];
    return this.trajectory.w[r][index] * scale * (x - shift) + this.trajectory.b[r][index];
  }

  /** @param {Theme} theme @param {number} index */
  layout(theme, index) {
    const { fit, runs } = this.scene;
    const layout = this.frame(
      theme,
      fit.title,
      { title: fit.xTitle, range: fit.xRange },
      { title: fit.yTitle, range: fit.yRange },
      this.only === null ? "" : runs[this.only].label,
    );
    layout.annotations = this.annotations(this.notes(index, fit.xRange, fit.yRange), theme);
    return layout;
  }

  /**
   * The names, if they stand here, and which lines are not in the picture.
   * @param {number} index @param {number[]} xRange @param {number[]} yRange @returns {Note[]}
   */
  notes(index, xRange, yRange) {
    const away = (/** @type {number} */ r) => {
      if (this.trajectory.overflowed(r, index)) return "overflowed";
      const ends = xRange.map((x) => this.predict(r, this.trajectory.lastFinite(r, index), x));
      const seen = Math.min(...ends) <= yRange[1] && Math.max(...ends) >= yRange[0];
      return seen ? "" : "outside the picture";
    };
    return this.runs().flatMap(([run, r]) => {
      const said = away(r);
      const name = this.only === null && (said || this.scene.named) ? run.label : "";
      const text = [name, said].filter(Boolean).join(": ");
      return text ? [{ run, text }] : [];
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

  /** @param {Pen} pen @param {number} index @param {Theme} theme */
  draw(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) continue;
      const opacity = this.trajectory.overflowed(r, index) ? FAINT : 1;
      const at = (/** @type {number} */ end) =>
        /** @type {[number, number]} */ ([pen.xRange[end], this.predict(r, last, pen.xRange[end])]);
      pen.line(1, at, { ...strokeOf(run, theme, 3), opacity });
    }
    this.write(pen, index, theme);
  }

  /** @param {number} index */
  describe(index) {
    const { epoch, w, b } = this.trajectory;
    const lines = this.told(index, (r, at) => `w ${number(w[r][at])}, b ${number(b[r][at])}`);
    return `Fitted line over ${this.scene.x.length} readings at epoch ${epoch[index]}. ${lines}`;
  }
}
