// The charts of the stage: which there are, how they lie, and what is shown in all of them.

import { Chart } from "./chart.js";
import { FitView } from "./fit_view.js";
import { LossView } from "./loss_view.js";
import { SurfaceView } from "./surface_view.js";

/** @import {Theme} from "../theme.js" */
/** @import {Pointing} from "./chart.js" */
/** @import {Display} from "./display.js" */
/** @import {Experiment} from "./experiment.js" */
/** @import {Trajectory} from "./trajectory.js" */
/** @import {Drawable} from "./view.js" */

const NARROW_PX = 640; // below it charts stand below one another

export class Panels {
  /**
   * @param {HTMLElement} place an element to fill
   * @param {Pointing & { resize: () => void }} on
   */
  constructor(place, on) {
    this.place = place;
    this.on = on;
    /** @type {Chart[]} */
    this.charts = [];
    this.arrangement = "";
    this.columns = 0;
    this.resizing = new ResizeObserver(() => on.resize());
  }

  /**
   * Lay the charts out: all runs together, or one fit above one loss for each run.
   * @param {Plotly.Library} plotly @param {Experiment} experiment @param {Trajectory} trajectory
   * @param {Display} display
   */
  arrange(plotly, experiment, trajectory, display) {
    const apart = display.layout === "side by side";
    this.columns = this.across(display, experiment);
    const first = (/** @type {number} */ r) => r % this.columns === 0;
    const panels = apart
      ? experiment.runs.map((_, r) => [
          new FitView(experiment, trajectory, display, r, first(r)),
          new LossView(experiment, trajectory, display, r, first(r)),
        ])
      : [
          [new FitView(experiment, trajectory, display)],
          [new LossView(experiment, trajectory, display)],
          ...(display.surface ? [[new SurfaceView(experiment, trajectory, display)]] : []),
        ];
    const arrangement = `${apart} ${panels.length}`;
    if (arrangement !== this.arrangement) {
      this.arrangement = arrangement;
      this.build(panels, apart, plotly);
    }
    this.place.style.setProperty("--columns", String(this.columns));
    this.place.style.setProperty("--lines", String(Math.ceil(panels.length / this.columns)));
    panels.flat().forEach((view, index) => {
      this.charts[index].replace(view);
    });
  }

  /** How many panels stand in a row. @param {Display} display @param {Experiment} experiment */
  across({ layout, surface }, { runs }) {
    const narrow = this.place.clientWidth < NARROW_PX;
    if (layout === "side by side") return Math.min(runs.length, narrow ? 2 : 4);
    return narrow ? 1 : surface ? 3 : 2;
  }

  /**
   * Whether the room there is now calls for another arrangement.
   * @param {Display} display @param {Experiment} experiment
   */
  crowded(display, experiment) {
    return this.across(display, experiment) !== this.columns;
  }

  /**
   * Make the charts anew.
   * @param {Drawable[][]} panels @param {boolean} apart @param {Plotly.Library} plotly
   */
  build(panels, apart, plotly) {
    this.clear();
    this.place.classList.toggle("apart", apart);
    this.charts = panels.flatMap((views) => {
      const panel = document.createElement("div");
      this.place.append(panel);
      return views.map((view) => {
        const place = document.createElement("div");
        place.setAttribute("role", "img");
        panel.append(place);
        return new Chart(place, view, plotly, this.on);
      });
    });
    this.resizing.observe(this.place);
  }

  /**
   * Show in all charts what was at a snapshot that is pointed at.
   * @param {number} index @param {Theme} theme
   */
  point(index, theme) {
    for (const chart of this.charts) chart.point(index, theme);
  }

  unpoint() {
    for (const chart of this.charts) chart.unpoint();
  }

  /** Paint a snapshot in all charts. @param {number} index @param {Theme} theme */
  frame(index, theme) {
    for (const chart of this.charts) chart.frame(index, theme);
  }

  /** Hand a snapshot over to Plotly in all charts. @param {number} index @param {Theme} theme */
  async rest(index, theme) {
    await Promise.all(this.charts.map((chart) => chart.rest(index, theme)));
  }

  clear() {
    for (const chart of this.charts) chart.destroy();
    this.charts = [];
    this.place.replaceChildren();
  }

  destroy() {
    this.resizing.disconnect();
    this.clear();
  }
}
