// The loss over (w, b): its contours, the optimum, and the way each run has come.

import { colourOf, lineOf, strokeOf } from "../../colours.js";
import { number } from "../../format.js";
import { hover, scatter } from "../../layout.js";
import { later, say } from "../../words.js";
import { contours, shade } from "./contours.js";
import { Figure } from "./figure.js";

/** @import {Surface} from "../../types.js" */
/** @import {Ranges} from "./contours.js" */
/** @import {Experiment, Run} from "../experiment/experiment.js" */
/** @import {Display} from "../display.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Trajectory} from "../experiment/trajectory.js" */

/** @extends {Figure<Experiment>} */
export class SurfaceFigure extends Figure {
  /** @type {Ranges | null} */
  shown = null; // the ranges of the axes in the last layout

  /**
   * @param {Experiment} scene @param {Trajectory} trajectory @param {Display} display
   * @param {Surface} surface that of one feature
   */
  constructor(scene, trajectory, display, surface) {
    super(scene, trajectory, display);
    this.surface = surface;
    this.title = surface.feature
      ? say("Loss surface, {feature}", { feature: surface.feature })
      : later("Loss surface");
  }

  /** What was before stands in the charts of the line and the loss. */
  viewOf() {
    return null;
  }

  /** Those of the runs that train on this feature. */
  runs() {
    return super.runs().filter(([, r]) => this.surface.runs.includes(r));
  }

  /**
   * The ranges of the axes: as many pixels to a unit across as up, and as on the other surfaces, or
   * what the paths need, stretched to fill the chart.
   * @param {[number, number]} size
   */
  ranges([width, height]) {
    const { xRange, yRange } = this.surface;
    if (!this.equal) return { xRange, yRange };
    const units = this.scene.surfaces.map((surface) =>
      Math.max(length(surface.xRange) / width, length(surface.yRange) / height),
    );
    const unit = Math.max(...units);
    return { xRange: around(xRange, unit * width), yRange: around(yRange, unit * height) };
  }

  get equal() {
    return this.display.surfaceScale !== "stretched";
  }

  /** @param {number} _index @param {[number, number]} size */
  layout(_index, size) {
    const { surface } = this;
    this.shown = this.ranges(size);
    const layout = this.frame(
      say(this.title),
      { title: surface.xTitle, range: [...this.shown.xRange] },
      {
        title: surface.yTitle,
        range: [...this.shown.yRange],
        ...(this.equal ? { scaleanchor: "x", scaleratio: 1 } : {}),
      },
    );
    layout.plot_bgcolor = shade(0, this.theme);
    return layout;
  }

  /** The names of the runs stand in the charts beside this one. */
  room() {
    return 0;
  }

  /** Where a run stands in the picture: its (w, b). @param {number} r @param {number} position */
  place(r, position) {
    return this.trajectory.params(r, position);
  }

  /** @returns {Plotly.Trace[]} */
  fixed() {
    const { surface } = this;
    const { best } = surface;
    const optimum = scatter("markers", [[best.w, best.b]], {
      name: say("Optimum"),
      marker: { symbol: "star", size: 13, color: this.theme.text },
      hovertemplate: hover(
        say("Optimum"),
        `w ${number(best.w)}, b ${number(best.b)}`,
        say("loss {loss}", { loss: number(best.loss) }),
      ),
    });
    return [...contours(surface, this.shown ?? surface, this.theme), optimum];
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

  /** @param {number} index @returns {Plotly.Trace[]} */
  resting(index) {
    return this.runs().flatMap(([run, r]) => this.path(run, r, index));
  }

  /** @param {Run} run @param {number} r @param {number} index */
  path(run, r, index) {
    const { epoch, loss } = this.trajectory;
    const last = this.drawnTo(r, index, this.shown ?? this.surface);
    if (last < 0) return [];
    const points = Array.from({ length: last + 1 }, (_, k) => this.place(r, k));
    const customdata = points.map((_, k) => [epoch[k], loss[r][k]]);
    const hovertemplate = hover(
      this.name(run),
      say("epoch {epoch}", { epoch: "%{customdata[0]}" }),
      "w %{x:.6~g}, b %{y:.6~g}",
      say("loss {loss}", { loss: "%{customdata[1]:.6~g}" }),
    );
    const line = { name: run.label, line: lineOf(run, this.theme, 2) };
    const path = scatter("lines", points, { ...line, customdata, hovertemplate });
    if (last < this.trajectory.lastFinite(r, index)) return [path];
    const symbol = this.trajectory.overflowed(r, index) ? "x" : "circle";
    const marker = { color: colourOf(run, this.theme), size: 10, symbol };
    const end = { customdata: customdata.slice(-1), hovertemplate, marker };
    return [path, scatter("markers", points.slice(-1), end)];
  }

  /** @param {Pen} pen @param {number} position */
  trail(pen, position) {
    for (const [run, r] of this.runs()) {
      const last = this.drawnTo(r, Math.floor(position), pen);
      pen.grow(r, last, (k) => this.place(r, k), strokeOf(run, this.theme, 2));
    }
  }

  /** @param {Pen} pen @param {number} position */
  draw(pen, position) {
    for (const [run, r] of this.runs()) {
      const index = Math.floor(position);
      const last = this.drawnTo(r, index, pen);
      if (last < 0) continue;
      const tip = last === index ? this.trajectory.tip(r, position) : last;
      const spot = this.place(r, tip);
      if (tip > last) pen.tip(r, this.place(r, last), spot, strokeOf(run, this.theme, 2));
      pen.dot(...spot, colourOf(run, this.theme), 5);
    }
    this.foresee(pen);
  }

  /** The path that a place on the map over this surface would lead to. @param {Pen} pen */
  foresee(pen) {
    const { preview } = this.display;
    const [{ scale, shift }] = this.surface.runs.map((r) => this.scene.runs[r]);
    if (preview?.scale !== scale || shift) return;
    const { epochs, descent } = preview;
    pen.line(epochs.length - 1, (k) => descent.params(epochs[k]), preview.style(this.theme));
  }

  /**
   * Point out where the runs were at an epoch.
   * @param {Pen} pen @param {number} index
   */
  point(pen, index) {
    for (const [run, r] of this.runs()) {
      pen.dot(...this.place(r, this.trajectory.reached(r, index)), colourOf(run, this.theme), 6.5);
    }
  }

  /** @param {number} index */
  describe(index) {
    const { best, feature } = this.surface;
    const values = { w: number(best.w), b: number(best.b), epoch: this.trajectory.epoch[index] };
    if (!feature) {
      return say(
        "Loss over w and b, with the optimum at w {w}, b {b} and the paths of the runs up to epoch {epoch}",
        values,
      );
    }
    return say(
      "Loss over w and b, {feature}, with the optimum at w {w}, b {b} and the paths of the runs up to epoch {epoch}",
      { feature, ...values },
    );
  }
}

/** @param {number[]} range */
const length = ([low, high]) => high - low;

/** The range of this length around the middle of another. @param {number[]} range @param {number} span */
function around([low, high], span) {
  const middle = (low + high) / 2;
  return [middle - span / 2, middle + span / 2];
}
