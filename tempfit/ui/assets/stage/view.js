// What the views of a trajectory have in common: the runs they show, the notes in their corner,
// and how a small one is laid out. A view knows neither page nor canvas: it gives Plotly its
// layout and traces, and draws with a pen.

import { colourOf } from "../colours.js";
import { chartLayout, titled } from "../layout.js";

/** @import {Stroke} from "../colours.js" */
/** @import {Theme} from "../theme.js" */
/** @import {Bowl, FitAxes, LossAxes} from "../types.js" */
/** @import {Display} from "./display.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Trajectory} from "./trajectory.js" */

/**
 * @typedef {Stroke & {
 *   slot: number,
 *   label: string,
 *   scale: number,
 *   shift: number,
 *   changes: number[],
 * }} DrawnRun
 */

/**
 * @typedef {{
 *   epochs: number,
 *   unit: string,
 *   x: ArrayLike<number>,
 *   y: ArrayLike<number>,
 *   fit: FitAxes,
 *   loss: LossAxes,
 *   recorded: Int32Array,
 *   forecast: Float32Array,
 *   forecastAbove: Float32Array,
 *   runs: (DrawnRun & Partial<Bowl>)[],
 *   named?: boolean,
 * }} Scene what is drawn: an experiment, or whatever has runs; `named` if a run's name is to stand
 *   in the corner of the chart, there being no row for it
 */

/** @typedef {Pick<Display, "x" | "y" | "hidden">} Look */
/** @typedef {{ run: DrawnRun, text: string }} Note */

/** @template {Scene} [S=Scene] */
export class View {
  title = "";

  /**
   * @param {S} scene
   * @param {Trajectory} trajectory what has been trained
   * @param {Look} display what all views share
   * @param {number | null} only the one run of a small view, or null for all
   * @param {boolean} labelled whether a small view labels its axes
   */
  constructor(scene, trajectory, display, only = null, labelled = true) {
    this.scene = scene;
    this.trajectory = trajectory;
    this.display = display;
    this.only = only;
    this.labelled = labelled;
  }

  /**
   * The runs shown, as [run, index], the first one last: it is drawn on top.
   * @returns {[S["runs"][number], number][]}
   */
  runs() {
    const shown = (/** @type {DrawnRun} */ run, /** @type {number} */ r) =>
      this.only === null ? !this.display.hidden.has(run.slot) : r === this.only;
    return this.scene.runs
      .map((run, r) => /** @type {[S["runs"][number], number]} */ ([run, r]))
      .filter(([run, r]) => shown(run, r))
      .reverse();
  }

  /**
   * The layout of the whole chart, or of a small one: the same axes, with less around them.
   * @param {Theme} theme @param {string} title @param {Plotly.Layout} xaxis
   * @param {Plotly.Layout} yaxis
   */
  frame(theme, title, xaxis, yaxis, small = "") {
    if (this.only === null) {
      const [x, y] = [xaxis, yaxis].map((axis) => ({ ...axis, title: titled(axis.title) }));
      return chartLayout(theme, title, x, y);
    }
    const bare = { showticklabels: this.labelled, nticks: 4, title: undefined };
    const layout = chartLayout(theme, small, { ...xaxis, ...bare }, { ...yaxis, ...bare });
    layout.title.font = {
      size: 13,
      color: colourOf(this.scene.runs[this.only], theme),
      weight: 600,
    };
    layout.font.size = 10;
    layout.margin = {
      l: this.labelled ? 36 : 6,
      r: 4,
      t: small ? 24 : 6,
      b: this.labelled ? 22 : 8,
    };
    return layout;
  }

  /**
   * What is said of the runs in the corner of a chart with these ranges.
   * @param {number} _index @param {number[]} _xRange @param {number[]} _yRange @returns {Note[]}
   */
  notes(_index, _xRange, _yRange) {
    return this.scene.named ? this.runs().map(([run]) => ({ run, text: run.label })) : [];
  }

  /** Notes as Plotly writes them at rest. @param {Note[]} notes @param {Theme} theme */
  annotations(notes, theme) {
    return notes.map(({ run, text }, place) => ({
      text,
      xref: "paper",
      yref: "paper",
      x: 1,
      y: 1,
      xanchor: "right",
      yanchor: "top",
      yshift: -17 * place,
      showarrow: false,
      font: { color: colourOf(run, theme), size: 13, weight: 600 },
    }));
  }

  /**
   * Write the notes while things move.
   * @param {Pen} pen @param {number} index @param {Theme} theme
   */
  write(pen, index, theme) {
    this.notes(index, pen.xRange, pen.yRange).forEach(({ run, text }, place) => {
      pen.note(text, colourOf(run, theme), place);
    });
  }

  /** What a point's hover begins with. @param {DrawnRun} run */
  name(run) {
    return this.scene.named ? run.label : `Learning rate ${run.label}`;
  }

  /**
   * Something said of every run at a snapshot, the first run first.
   * @param {number} index @param {(r: number, at: number) => string} say
   */
  told(index, say) {
    return this.runs()
      .map(([run, r]) => `${run.label}: ${say(r, this.trajectory.reached(r, index))}`)
      .reverse()
      .join("; ");
  }
}

/**
 * What a chart shows. `trail`, if there is one, paints what only grows from frame to frame;
 * `point`, if there is one, points out a snapshot.
 * @typedef {{
 *   title: string,
 *   display: Look,
 *   layout: (theme: Theme, index: number) => Plotly.Layout,
 *   fixed: (theme: Theme) => Plotly.Trace[],
 *   resting: (theme: Theme, index: number) => Plotly.Trace[],
 *   draw: (pen: Pen, index: number, theme: Theme) => void,
 *   trail?: (pen: Pen, index: number, theme: Theme) => void,
 *   point?: (pen: Pen, index: number, theme: Theme) => void,
 *   describe: (index: number) => string,
 * }} Drawable
 */
