// The charts of the stage: which there are, how they lie, and what is shown in all of them.

import { colourOf } from "../colours.js";
import { gridColumns } from "../layout.js";
import { Chart } from "./chart.js";
import { FitView } from "./fit_view.js";
import { LossView } from "./loss_view.js";
import { SurfaceView } from "./surface_view.js";

/** @import {Theme} from "../theme.js" */
/** @import {Pointing} from "./chart.js" */
/** @import {Display} from "./display.js" */
/** @import {Experiment} from "./experiment.js" */
/** @import {Trajectory} from "./trajectory.js" */
/** @import {Drawable, Scene} from "./view.js" */

const PANEL_HEIGHT = 230; // px, of a fit above a loss

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
    /** @type {HTMLElement[]} */
    this.headings = []; // one a run, where each has a panel
    this.arrangement = "";
    this.columns = 0;
    /** @type {Parameters<Panels["arrange"]> | null} */
    this.arranged = null;
    this.resizing = new ResizeObserver(() => {
      if (this.arranged && this.columns !== this.columnsOf(this.arranged)) {
        this.arrange(...this.arranged);
      }
      on.resize();
    });
  }

  /**
   * Lay the charts out: all runs together, or one fit above one loss for each run.
   * @param {Plotly.Library} plotly @param {Experiment & Scene} experiment
   * @param {Trajectory} trajectory
   * @param {Display} display
   */
  arrange(plotly, experiment, trajectory, display) {
    this.arranged = [plotly, experiment, trajectory, display];
    const apart = display.layout === "side by side";
    this.columns = this.columnsOf(this.arranged);
    const surface = display.surface ? [[new SurfaceView(experiment, trajectory, display)]] : [];
    /** @type {Drawable[][]} */
    const panels = apart
      ? experiment.runs.map((_, r) => {
          const first = r % this.columns === 0; // it has the labels that its row shares
          return [FitView, LossView].map(
            (Kind) => new Kind(experiment, trajectory, display, r, first),
          );
        })
      : [
          [new FitView(experiment, trajectory, display)],
          [new LossView(experiment, trajectory, display)],
        ];
    panels.push(...surface);
    const arrangement = `${apart} ${panels.length} ${surface.length}`;
    if (arrangement !== this.arrangement) {
      this.arrangement = arrangement;
      this.build(panels, apart, plotly);
    }
    this.place.style.setProperty("--columns", String(this.columns));
    // Of the height that the charts have, as much as leaves each row of panels readable.
    const rows = Math.ceil(panels.length / this.columns);
    const height = `max(${PANEL_HEIGHT}px, (100vh - 420px) / ${rows})`;
    this.place.style.setProperty("--height", apart ? height : "");
    panels.flat().forEach((view, index) => {
      this.charts[index].replace(view);
    });
  }

  /**
   * How many panels lie side by side: as many as have room, in rows as full as can be.
   * @param {Parameters<Panels["arrange"]>} arranged
   */
  columnsOf([, experiment, , display]) {
    const more = display.surface ? 1 : 0;
    if (display.layout !== "side by side") return 2 + more;
    return gridColumns(experiment.runs.length + more, this.place.clientWidth);
  }

  /**
   * Make the charts anew.
   * @param {Drawable[][]} columns @param {boolean} apart @param {Plotly.Library} plotly
   */
  build(columns, apart, plotly) {
    this.clear();
    this.place.classList.toggle("apart", apart);
    this.charts = columns.flatMap((views) => {
      const panel = document.createElement("div");
      this.place.append(panel);
      if (apart) panel.append(this.heading());
      return views.map((view) => {
        const place = document.createElement("div");
        place.setAttribute("role", "img");
        if (apart && views.length === 1) place.style.height = "var(--height)";
        panel.append(place);
        return new Chart(place, view, plotly, this.on);
      });
    });
    this.resizing.observe(this.place);
  }

  heading() {
    const heading = document.createElement("p");
    heading.className = "tempfit-panel-title";
    this.headings.push(heading);
    return heading;
  }

  /**
   * Say in each run's panel which it is and how it stands.
   * @param {number} index @param {Theme} theme
   */
  say(index, theme) {
    if (!this.arranged || !this.headings.length) return;
    const [, { runs, statuses }, trajectory] = this.arranged;
    runs.forEach((run, r) => {
      const code = trajectory.status[r][trajectory.reached(r, index)];
      const text = `${run.label} · ${statuses[code]}`;
      const heading = this.headings[r];
      if (heading.textContent !== text) heading.textContent = text;
      heading.style.color = colourOf(run, theme);
    });
  }

  /**
   * Show in all charts what was at a snapshot that is pointed at.
   * @param {number} index @param {Theme} theme
   */
  point(index, theme) {
    this.say(index, theme);
    for (const chart of this.charts) chart.point(index, theme);
  }

  unpoint() {
    for (const chart of this.charts) chart.unpoint();
  }

  /**
   * Paint a snapshot in all charts, or what lies between two.
   * @param {number} position @param {Theme} theme
   */
  frame(position, theme) {
    this.say(Math.floor(position), theme);
    for (const chart of this.charts) chart.frame(position, theme);
  }

  /** Hand a snapshot over to Plotly in all charts. @param {number} index @param {Theme} theme */
  async rest(index, theme) {
    this.say(index, theme);
    await Promise.all(this.charts.map((chart) => chart.rest(index, theme)));
  }

  clear() {
    for (const chart of this.charts) chart.destroy();
    this.charts = [];
    this.headings = [];
    this.place.replaceChildren();
  }

  destroy() {
    this.resizing.disconnect();
    this.clear();
  }
}
