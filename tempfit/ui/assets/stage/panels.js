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
    this.resizing = new ResizeObserver(() => on.resize());
  }

  /**
   * Lay the charts out: all runs together, or one fit above one loss for each run.
   * @param {Plotly.Library} plotly @param {Experiment} experiment @param {Trajectory} trajectory
   * @param {Display} display
   */
  arrange(plotly, experiment, trajectory, display) {
    const apart = display.layout === "side by side";
    const columns = apart
      ? experiment.runs.map((_, r) => [
          new FitView(experiment, trajectory, display, r, r === 0),
          new LossView(experiment, trajectory, display, r, r === 0),
        ])
      : [
          [new FitView(experiment, trajectory, display)],
          [new LossView(experiment, trajectory, display)],
          ...(display.surface ? [[new SurfaceView(experiment, trajectory, display)]] : []),
        ];
    const arrangement = `${apart} ${columns.length}`;
    if (arrangement !== this.arrangement) {
      this.arrangement = arrangement;
      this.build(columns, apart, plotly);
    }
    columns.flat().forEach((view, index) => {
      this.charts[index].replace(view);
    });
  }

  /**
   * Make the charts anew.
   * @param {Drawable[][]} columns @param {boolean} apart @param {Plotly.Library} plotly
   */
  build(columns, apart, plotly) {
    this.clear();
    this.place.classList.toggle("apart", apart);
    this.place.style.setProperty("--columns", String(columns.length));
    this.charts = columns.flatMap((views) => {
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
