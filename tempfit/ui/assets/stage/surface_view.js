// The loss over (w, b): its contours, the optimum, and the way each run has come.

import { colourOf, lineOf, strokeOf } from "../colours.js";
import { number } from "../format.js";
import { excess } from "./experiment.js";
import { View } from "./view.js";

/** @import {Theme} from "../theme.js" */
/** @import {Bowl, Surface} from "../types.js" */
/** @import {Experiment, Run} from "./experiment.js" */
/** @import {Pen} from "./pen.js" */

const MOST_HEIGHTS = 6;

/** @extends {View<Experiment>} */
export class SurfaceView extends View {
  title = "Loss surface";
  /** @type {{ xRange: number[], yRange: number[] } | null} */
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
    const levels = this.levels();
    const contours = levels.map((level, place) => ({
      type: "scatter",
      mode: "lines",
      ...contour(surface, level),
      fill: "toself",
      fillcolor: shade(place / (levels.length - 1), theme),
      line: { color: theme.contour, width: 0.75 },
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
    return [...contours, this.heights(levels, theme), optimum];
  }

  /**
   * The losses above the best at which contours are drawn, the largest first: those of the picture
   * that the paths need, and as many above as the axes now show.
   */
  levels() {
    const { surface } = this.scene;
    const { xRange, yRange } = this.shown ?? surface;
    const corners = xRange.flatMap((w) => yRange.map((b) => excess(surface, w, b)));
    const levels = [...surface.levels];
    while (levels[0] * Math.sqrt(10) < Math.max(...corners)) {
      levels.unshift(levels[0] * Math.sqrt(10));
    }
    return levels;
  }

  /**
   * The loss written on a few contours, where they pass highest through the picture.
   * @param {number[]} levels @param {Theme} theme @returns {Plotly.Trace}
   */
  heights(levels, theme) {
    const { surface } = this.scene;
    const { xRange, yRange } = this.shown ?? surface;
    /** @type {{ x: number, y: number, text: string, across: number, up: number }[]} */
    const chosen = [];
    for (const level of levels) {
      const { x, y } = contour(surface, level);
      const text = number(surface.best.loss + level, 2);
      const places = x
        .map((w, i) => ({
          x: w,
          y: y[i],
          text,
          across: share(w, xRange),
          up: share(y[i], yRange),
        }))
        .filter(({ across, up }) => Math.abs(across - 0.5) < 0.38 && Math.abs(up - 0.5) < 0.44);
      const free = places.filter((place) => chosen.every((other) => apart(place, other)));
      free.sort((one, other) => other.up - one.up);
      if (free.length) chosen.push(free[0]);
      if (chosen.length === MOST_HEIGHTS) break;
    }
    return {
      type: "scatter",
      mode: "text",
      x: chosen.map(({ x }) => x),
      y: chosen.map(({ y }) => y),
      text: chosen.map(({ text }) => text),
      textfont: { color: theme.text },
      opacity: 0.75,
      hoverinfo: "skip",
      showlegend: false,
    };
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

/** The range of this length around the middle of another. @param {number[]} range @param {number} span */
function around([low, high], span) {
  const middle = (low + high) / 2;
  return [middle - span / 2, middle + span / 2];
}

/** Where a value lies in a range, from 0 to 1. @param {number} value @param {number[]} range */
const share = (value, [low, high]) => (value - low) / (high - low);

/**
 * Whether two texts leave room between them, in shares of the picture.
 * @param {{ across: number, up: number }} one @param {{ across: number, up: number }} other
 */
const apart = (one, other) =>
  Math.abs(one.across - other.across) > 0.18 || Math.abs(one.up - other.up) > 0.1;

// From the rim down to the bottom: greys to a quiet blue, which no run's line is lost on.
const RAMP = {
  light: [
    [243, 243, 245],
    [176, 198, 219],
  ],
  dark: [
    [30, 31, 35],
    [44, 74, 101],
  ],
};

/** The colour at a share of the way down. @param {number} down @param {Theme} theme */
function shade(down, { dark }) {
  const [rim, bottom] = dark ? RAMP.dark : RAMP.light;
  const parts = rim.map((part, i) => Math.round(part + down * (bottom[i] - part)));
  return `rgb(${parts.join(",")})`;
}
