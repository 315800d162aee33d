// What the three views have in common: which runs they show, and how a small one is laid out.

import { literal } from "./format.js";
import { chartLayout } from "./page.js";
import { colourOf } from "./strokes.js";

export class View {
  /**
   * @param {object} setup the experiment: its runs, axes and forecast
   * @param {Trajectory} trajectory what has been trained
   * @param {object} display what all views share: `x` and `y` scales, and `hidden`, the runs
   *   (by their slot) that are not shown
   * @param {number | null} only the one run of a small view, or null for all
   * @param {boolean} labelled whether a small view labels its axes
   */
  constructor(setup, trajectory, display, only = null, labelled = true) {
    Object.assign(this, { setup, trajectory, display, only, labelled });
  }

  /** The runs shown, as [run, index], the first one last: it is drawn on top. */
  runs() {
    return this.setup.runs
      .map((run, r) => [run, r])
      .filter(([run, r]) =>
        this.only === null ? !this.display.hidden.has(run.slot) : r === this.only,
      )
      .reverse();
  }

  /** The layout of the whole chart, or of a small one: the same axes, with less around them. */
  frame(theme, title, xaxis, yaxis, small = "") {
    if (this.only === null) {
      return chartLayout(
        theme,
        title,
        { ...xaxis, title: titled(xaxis.title) },
        { ...yaxis, title: titled(yaxis.title) },
      );
    }
    const run = this.setup.runs[this.only];
    const bare = { showticklabels: this.labelled, nticks: 4, title: undefined };
    const layout = chartLayout(theme, small, { ...xaxis, ...bare }, { ...yaxis, ...bare });
    layout.title.font = { size: 13, color: colourOf(run, theme), weight: 600 };
    layout.font.size = 10;
    layout.margin = {
      l: this.labelled ? 36 : 6,
      r: 4,
      t: small ? 24 : 6,
      b: this.labelled ? 22 : 8,
    };
    return layout;
  }

  /** What a point's hover begins with. */
  name(run) {
    return `Learning rate ${run.label}`;
  }
}

const titled = (text) => ({ text: literal(text), standoff: 8 });
