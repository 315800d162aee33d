// The loss over (w, b): its contours, the optimum, and the way each run has come.

import { colourOf, lineOf, strokeOf } from "../colours.js";
import { number } from "../format.js";
import { View } from "./view.js";

/** @import {Theme} from "../theme.js" */
/** @import {Bowl, Surface} from "../types.js" */
/** @import {Experiment, Run} from "./experiment.js" */
/** @import {Pen} from "./pen.js" */

/** @extends {View<Experiment>} */
export class SurfaceView extends View {
  title = "Loss surface";

  /** @param {Theme} theme */
  layout(theme) {
    const { surface } = this.scene;
    return this.frame(
      theme,
      this.title,
      { title: surface.xTitle, range: surface.xRange },
      { title: surface.yTitle, range: surface.yRange },
    );
  }

  /**
   * Where a run stands in the picture: its (w, b), in the units of the data if runs differ.
   * @param {number} r @param {number} index @returns {[number, number]}
   */
  place(r, index) {
    const [w, b] = [this.trajectory.w[r][index], this.trajectory.b[r][index]];
    if (!this.scene.surface.original) return [w, b];
    const { scale, shift } = this.scene.runs[r];
    return [w * scale, b - w * scale * shift];
  }

  /** @param {Theme} theme @returns {Plotly.Trace[]} */
  fixed(theme) {
    const { surface } = this.scene;
    const { best, levels } = surface;
    const contours = levels.map((level) => ({
      type: "scatter",
      mode: "lines",
      ...contour(surface, level),
      fill: "toself",
      fillcolor: theme.shade,
      line: { color: theme.contour, width: 1 },
      showlegend: false,
      hoveron: "points",
      hovertemplate: `loss ${number(best.loss + level, 3)}<extra></extra>`,
    }));
    const optimum = {
      type: "scatter",
      mode: "markers",
      name: "Optimum",
      x: [best.w],
      y: [best.b],
      marker: { symbol: "star", size: 13, color: theme.text },
      hovertemplate: `Optimum<br>w ${number(best.w)}, b ${number(best.b)}<br>loss ${number(best.loss)}<extra></extra>`,
    };
    return [...contours, optimum];
  }

  /**
   * The index of the first point that has left the picture for good, up to `last`.
   * @param {number} r @param {number} last @param {number[]} xRange @param {number[]} yRange
   */
  leaves(r, last, xRange, yRange) {
    const inside = (/** @type {number} */ k) => {
      const [w, b] = this.place(r, k);
      return w >= xRange[0] && w <= xRange[1] && b >= yRange[0] && b <= yRange[1];
    };
    let k = last;
    while (k > 0 && !inside(k)) k--;
    return Math.min(k + 1, last);
  }

  /**
   * How far a path is drawn, or -1. Once it has left the picture, one that jumps from side to side
   * would paint it over.
   * @param {number} r @param {number} index @param {{ xRange: number[], yRange: number[] }} axes
   */
  drawnTo(r, index, { xRange, yRange }) {
    const finite = this.trajectory.lastFinite(r, index);
    return finite < 0 ? -1 : this.leaves(r, finite, xRange, yRange);
  }

  /** @param {Theme} theme @param {number} index @returns {Plotly.Trace[]} */
  resting(theme, index) {
    return this.runs().flatMap(([run, r]) => this.path(run, r, index, theme));
  }

  /** @param {Run} run @param {number} r @param {number} index @param {Theme} theme */
  path(run, r, index, theme) {
    const { epoch, loss } = this.trajectory;
    const last = this.drawnTo(r, index, this.scene.surface);
    if (last < 0) return [];
    const trace = (/** @type {number[]} */ indices) => ({
      type: "scatter",
      x: indices.map((k) => this.place(r, k)[0]),
      y: indices.map((k) => this.place(r, k)[1]),
      customdata: indices.map((k) => [epoch[k], loss[r][k]]),
      hovertemplate:
        `${this.name(run)}<br>epoch %{customdata[0]}<br>w %{x:.6~g}, b %{y:.6~g}` +
        "<br>loss %{customdata[1]:.6~g}<extra></extra>",
    });
    const all = Array.from({ length: last + 1 }, (_, k) => k);
    const path = { ...trace(all), mode: "lines", name: run.label, line: lineOf(run, theme, 2) };
    if (last < this.trajectory.lastFinite(r, index)) return [path];
    const symbol = this.trajectory.overflowed(r, index) ? "x" : "circle";
    const marker = { color: colourOf(run, theme), size: 10, symbol };
    return [path, { ...trace([last]), mode: "markers", showlegend: false, marker }];
  }

  /** @param {Pen} pen @param {number} index @param {Theme} theme */
  trail(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      const last = this.drawnTo(r, index, pen);
      pen.grow(r, last, (k) => this.place(r, k), strokeOf(run, theme, 2));
    }
  }

  /** @param {Pen} pen @param {number} index @param {Theme} theme */
  draw(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      const last = this.drawnTo(r, index, pen);
      if (last >= 0) pen.dot(...this.place(r, last), colourOf(run, theme), 5);
    }
  }

  /**
   * Point out where the runs were at an epoch.
   * @param {Pen} pen @param {number} index @param {Theme} theme
   */
  point(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      pen.dot(...this.place(r, this.trajectory.reached(r, index)), colourOf(run, theme), 6.5);
    }
  }

  /** @param {number} index */
  describe(index) {
    const { best } = this.scene.surface;
    return (
      `Loss over w and b, with the optimum at w ${number(best.w)}, b ${number(best.b)} ` +
      `and the paths of the runs up to epoch ${this.trajectory.epoch[index]}`
    );
  }
}

/**
 * The ellipse on which the loss is `level` above the best: exact, for the loss is quadratic.
 * @param {Bowl} surface @param {number} level
 */
export function contour({ best, eigenvalues, directions }, level) {
  // Along a flat direction a contour has no end; a very long one stands in for it.
  const axes = eigenvalues.map((value) =>
    Math.sqrt((2 * level) / Math.max(value, 1e-12 * eigenvalues[1])),
  );
  const points = Array.from({ length: 241 }, (_, step) => {
    const angle = (2 * Math.PI * step) / 240;
    return [axes[0] * Math.cos(angle), axes[1] * Math.sin(angle)];
  });
  return {
    x: points.map(([u, v]) => best.w + directions[0][0] * u + directions[0][1] * v),
    y: points.map(([u, v]) => best.b + directions[1][0] * u + directions[1][1] * v),
  };
}
