// What the figures of a trajectory have in common: the runs they show, the notes in their corner,
// and how a small one is laid out. A figure knows neither page nor canvas: it gives Plotly its
// layout and traces, and draws with a pen.

import { colourOf } from "../../colours.js";
import { chartLayout, titled } from "../../layout.js";
import { say } from "../../words.js";

/** @import {Stroke} from "../../colours.js" */
/** @import {Bowl, FitAxes, LossAxes} from "../../types.js" */
/** @import {Display} from "../display.js" */
/** @import {Point} from "./clip.js" */
/** @import {Note} from "./notes.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Trajectory} from "../experiment/trajectory.js" */

/**
 * @typedef {Stroke & {
 *   slot: number,
 *   label: string,
 *   short?: string,
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
 *   fit: FitAxes & { still?: boolean },
 *   loss: LossAxes,
 *   recorded: Int32Array,
 *   forecast: Float32Array,
 *   forecastAbove: Float32Array,
 *   runs: (DrawnRun & Partial<Bowl>)[],
 *   named?: boolean,
 *   ghost?: Ghost | null,
 * }} Scene what is drawn: an experiment, or whatever has runs; `named` if a run's name is to stand
 *   in the corner of the chart, there being no row for it
 */

/**
 * @typedef {{ scene: Scene, trajectory: Trajectory, index: number, names: string[] }} Ghost what was
 *   before, pale
 */

const MOST_GHOSTS_NAMED = 3;
const LONGEST_NAME = 16; // characters for which there is room beside the axes

/**
 * @typedef {Pick<Display, "theme" | "x" | "y" | "hidden"> & Partial<Display>} Shared what figures have in
 *   common of how they are to look
 */

/** @template {Scene} [S=Scene] */
export class Figure {
  title = "";

  /**
   * @param {S} scene
   * @param {Trajectory} trajectory what has been trained
   * @param {Shared} display what all figures share
   * @param {number | null} only the one run of a small figure, or null for all
   * @param {{ left: boolean, below: boolean }} labels which of its axes a small figure labels
   */
  constructor(scene, trajectory, display, only = null, labels = { left: true, below: true }) {
    this.scene = scene;
    this.trajectory = trajectory;
    this.display = display;
    this.only = only;
    this.labels = labels;
    /** @type {this | null} */
    this.before = scene.ghost ? this.viewOf(scene.ghost) : null;
  }

  get theme() {
    return this.display.theme;
  }

  /** The same figure of a ghost; a small one shows what had its run's colour. @param {Ghost} ghost */
  viewOf({ scene, trajectory }) {
    const Kind = /** @type {any} */ (this.constructor);
    if (this.only === null) return new Kind(scene, trajectory, this.display);
    const { slot } = this.scene.runs[this.only];
    const place = scene.runs.findIndex((run) => run.slot === slot);
    return place < 0 ? null : new Kind(scene, trajectory, this.display, place);
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
   * @param {string} title @param {Plotly.Layout} xaxis
   * @param {Plotly.Layout} yaxis
   */
  frame(title, xaxis, yaxis) {
    if (this.only === null) {
      const [x, y] = [xaxis, yaxis].map((axis) => ({ ...axis, title: titled(axis.title) }));
      const layout = chartLayout(this.theme, title, x, y);
      layout.margin.r = Math.max(layout.margin.r, this.room(layout.font.size));
      return layout;
    }
    const bare = { title: undefined, automargin: false };
    const { left, below } = this.labels;
    const layout = chartLayout(
      this.theme,
      "",
      { ...xaxis, ...bare, showticklabels: below },
      { ...yaxis, ...bare, showticklabels: left },
    );
    // The style sheet gives a chart with labels more room by as much, so that frames are alike.
    const em = this.theme.size;
    const [l, b] = [(left ? 2.9 : 0.4) * em, (below ? 1.9 : 0.3) * em];
    return { ...layout, margin: { l, r: 0.4 * em, t: 0.3 * em, b } };
  }

  /**
   * The room that the names need to the right of the axes (px).
   * @param {number} size of the type @returns {number}
   */
  room(size) {
    if (this.scene.named) return 0;
    const names = this.runs().map(([run]) => run.short ?? run.label);
    const longest = Math.max(0, ...names.map((name) => name.length));
    return size * (1 + 0.62 * Math.min(longest, LONGEST_NAME));
  }

  /**
   * Name the lines at their ends, and first those that were before, if they are few.
   * @param {Pen} pen @param {number} position
   */
  names(pen, position) {
    if (!this.naming) return;
    for (const { low } of this.notes(Math.floor(position), pen.xRange, pen.yRange)) {
      pen.corner[low ? "low" : "high"]++;
    }
    const { ghost } = this.scene;
    const few = ghost && ghost.scene.runs.length <= MOST_GHOSTS_NAMED;
    if (this.before && few) {
      for (const { run, r, end } of this.before.ends(pen, ghost.index)) {
        pen.label(end, ghost.names[r], colourOf(run, this.theme), true);
      }
    }
    for (const { run, end } of this.ends(pen, position)) {
      pen.label(end, run.short ?? run.label, colourOf(run, this.theme));
    }
  }

  /**
   * The runs whose lines end in the picture, and where (px).
   * @param {Pen} pen @param {number} position
   */
  ends(pen, position) {
    return this.runs().flatMap(([run, r]) => {
      const last = this.trajectory.tip(r, position);
      const end = last < 0 ? null : this.endOf(r, last, pen);
      return end ? [{ run, r, end }] : [];
    });
  }

  /**
   * Where the line of a run ends (px), or null where that is not in the picture.
   * @param {number} _r @param {number} _last the place in the trajectory where it ends
   * @param {Pen} _pen @returns {Point | null}
   */
  endOf(_r, _last, _pen) {
    return null;
  }

  /** Whether the lines are named at their ends. */
  get naming() {
    return this.only === null && !this.scene.named;
  }

  /**
   * What is said of the runs in the corner of a chart with these ranges.
   * @param {number} _index @param {number[]} _xRange @param {number[]} _yRange @returns {Note[]}
   */
  notes(_index, _xRange, _yRange) {
    return this.scene.named ? this.runs().map(([run]) => ({ run, text: run.label })) : [];
  }

  /** What a point's hover begins with. @param {DrawnRun} run */
  name(run) {
    return this.scene.named ? run.label : say("Learning rate {rate}", { rate: run.label });
  }

  /**
   * Something said of every run at a snapshot, the first run first.
   * @param {number} index @param {(r: number, at: number) => string} tell
   */
  told(index, tell) {
    const said = this.runs().map(([run, r]) =>
      say("{name}: {said}", { name: run.label, said: tell(r, this.trajectory.reached(r, index)) }),
    );
    return said.reverse().join(say("; "));
  }
}

/**
 * What a chart shows. A `position` is the index of a snapshot, or lies between two; `size` is that
 * of the axes (px). `names` writes what stands over the chart at rest too; `camera` gives the range
 * of the y-axis, if that moves. `trail`, if there is one, paints what only grows from frame to frame;
 * `point`, if there is one, points out a snapshot.
 * @typedef {{
 *   title: string,
 *   display: Shared,
 *   layout: (index: number, size: [number, number]) => Plotly.Layout,
 *   fixed: () => Plotly.Trace[],
 *   resting: (index: number) => Plotly.Trace[],
 *   draw: (pen: Pen, position: number) => void,
 *   names?: (pen: Pen, position: number) => void,
 *   camera?: (position: number) => number[] | null,
 *   trail?: (pen: Pen, position: number) => void,
 *   point?: (pen: Pen, index: number) => void,
 *   describe: (index: number) => string,
 * }} Drawable
 */
