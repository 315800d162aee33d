// The loss over (w, b): its contours, the optimum, and the way each run has come.

import { colourOf, lineOf, strokeOf } from "../colours.js";
import { number } from "../format.js";
import { contours, shade } from "./contours.js";
import { View } from "./view.js";

/** @import {Theme} from "../theme.js" */
/** @import {Ranges} from "./contours.js" */
/** @import {Experiment, Run} from "./experiment.js" */
/** @import {Pen} from "./pen.js" */

/** @extends {View<Experiment>} */
export class SurfaceView extends View {
  title = "Loss surface";
  /** @type {Ranges | null} */
  shown = null; // the ranges of the axes in the last layout

  /**
   * The ranges of the axes: as many pixels to a unit across as up, or what the paths need,
   * stretched to fill the chart.
   * @param {[number, number]} size
   */
  ranges([width, height]) {
    const { xRange, yRange } = this.scene.surface;
    if (!this.equal) return { xRange, yRange };
    const [across, up] = [xRange, yRange].map(([low, high]) => high - low);
    const unit = Math.max(across / width, up / height);
    return { xRange: around(xRange, unit * width), yRange: around(yRange, unit * height) };
  }

  get equal() {
    return this.display.surfaceScale !== "stretched";
  }

  /** @param {Theme} theme @param {number} _index @param {[number, number]} size */
  layout(theme, _index, size) {
    const { surface } = this.scene;
    this.shown = this.ranges(size);
    const layout = this.frame(
      theme,
      this.title,
      { title: surface.xTitle, range: [...this.shown.xRange] },
      {
        title: surface.yTitle,
        range: [...this.shown.yRange],
        ...(this.equal ? { scaleanchor: "x", scaleratio: 1 } : {}),
      },
    );
    layout.plot_bgcolor = shade(0, theme);
    return layout;
  }

  /** The names of the runs stand in the charts beside this one. */
  room() {
    return 0;
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
    const { best } = surface;
    const optimum = {
      type: "scatter",
      mode: "markers",
      name: "Optimum",
      x: [best.w],
      y: [best.b],
      marker: { symbol: "star", size: 13, color: theme.text },
      hovertemplate: `Optimum<br>w ${number(best.w)}, b ${number(best.b)}<br>loss ${number(best.loss)}<extra></extra>`,
    };
    return [...contours(surface, this.shown ?? surface, theme), optimum];
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
   * @param {number} r @param {number} index @param {Ranges} axes
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
    const last = this.drawnTo(r, index, this.shown ?? this.scene.surface);
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

  /**
   * The same between two snapshots.
   * @param {number} r @param {number} position @returns {[number, number]}
   */
  spot(r, position) {
    const index = Math.floor(position);
    const [w, b] = this.place(r, index);
    const share = position - index;
    if (!share) return [w, b];
    const [nextW, nextB] = this.place(r, index + 1);
    return [w + share * (nextW - w), b + share * (nextB - b)];
  }

  /** @param {Pen} pen @param {number} position @param {Theme} theme */
  trail(pen, position, theme) {
    for (const [run, r] of this.runs()) {
      const last = this.drawnTo(r, Math.floor(position), pen);
      pen.grow(r, last, (k) => this.place(r, k), strokeOf(run, theme, 2));
    }
  }

  /** @param {Pen} pen @param {number} position @param {Theme} theme */
  draw(pen, position, theme) {
    for (const [run, r] of this.runs()) {
      const index = Math.floor(position);
      const last = this.drawnTo(r, index, pen);
      if (last < 0) continue;
      const tip = last === index ? this.trajectory.tip(r, position) : last;
      const spot = this.spot(r, tip);
      if (tip > last) pen.tip(r, this.place(r, last), spot, strokeOf(run, theme, 2));
      pen.dot(...spot, colourOf(run, theme), 5);
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

/** The range of this length around the middle of another. @param {number[]} range @param {number} span */
function around([low, high], span) {
  const middle = (low + high) / 2;
  return [middle - span / 2, middle + span / 2];
}
