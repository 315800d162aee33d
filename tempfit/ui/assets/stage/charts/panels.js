// The charts of the stage: which there are, how they lie, and what is shown in all of them.

import { colourOf } from "../../colours.js";
import { element, write } from "../../elements.js";
import { gridColumns } from "../../layout.js";
import { inWords } from "../experiment/outcome.js";
import { MapFigure } from "../map/map_figure.js";
import { Chart } from "./chart.js";
import { FitFigure } from "./fit_figure.js";
import { LossFigure } from "./loss_figure.js";
import { SurfaceFigure } from "./surface_figure.js";

/** @import {Pointing} from "./chart.js" */
/** @import {Display} from "../display.js" */
/** @import {Experiment} from "../experiment/experiment.js" */
/** @import {Trajectory} from "../experiment/trajectory.js" */
/** @import {Drawable, Scene} from "./figure.js" */

const CHART_EMS = 18; // of the narrowest of several in a row: room for its ticks and titles
const TALL = 1.3; // times the width: then charts stand below one another
const MOST_IN_A_ROW = 3;

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
    /** @type {{ experiment: Experiment, trajectory: Trajectory, display: Display } | null} */
    this.arranged = null;
    this.resizing = new ResizeObserver(() => on.resize());
  }

  /**
   * Lay the charts out: all runs together, or one fit above one loss for each run.
   * @param {Plotly.Library} plotly @param {Experiment & Scene} experiment
   * @param {Trajectory} trajectory
   * @param {Display} display
   */
  arrange(plotly, experiment, trajectory, display) {
    this.arranged = { experiment, trajectory, display };
    const apart = display.layout === "side by side";
    this.columns = this.across(display, experiment);
    const lines = apart ? Math.ceil(experiment.runs.length / this.columns) : 1;
    // The first panel of a line has the labels that it shares, the last line those below.
    const labels = experiment.runs.map((_, r) => ({
      left: r % this.columns === 0,
      below: r >= this.columns * (lines - 1),
    }));
    const figures = [FitFigure, LossFigure];
    const further = furtherFigures(experiment, trajectory, display);
    /** @type {Drawable[][]} */
    const panels = apart
      ? labels.map((own, r) =>
          figures.map((Kind) => new Kind(experiment, trajectory, display, r, own)),
        )
      : figures.map((Kind) => [new Kind(experiment, trajectory, display)]);
    // Side by side, all others stand in one column.
    if (apart && further.length) panels.push(further);
    else panels.push(...further.map((figure) => [figure]));
    const arrangement = panels
      .map((panel) => panel.map((figure) => figure.constructor.name))
      .join(";");
    if (arrangement !== this.arrangement) {
      this.arrangement = arrangement;
      this.build(panels, apart, plotly);
    }
    this.place.classList.toggle("further", further.length > 0);
    this.place.classList.toggle("row", !apart && this.columns > 1);
    for (const [r, { left, below }] of apart ? labels.entries() : []) {
      this.place.children[r].classList.toggle("left", left);
      this.place.children[r].classList.toggle("below", below);
    }
    // A map in a row with others is worth more room than they.
    const mapped = further.some((figure) => figure instanceof MapFigure);
    const wide = mapped && !apart && this.columns > 1 && panels.length === this.columns;
    this.place.classList.toggle("wide", wide);
    // Surfaces in a row of their own are what the picture is about; a single one, or the map, that
    // has no room in the row of the others is as high as both of them.
    this.place.classList.toggle("beside", !apart && further.length === 2 && !mapped);
    const high = !apart && panels.length === 3 && this.columns === 2;
    this.place.classList.toggle("high", high);
    const rows = apart ? lines : Math.ceil(panels.length / this.columns);
    const counts = { runs: experiment.runs.length, columns: this.columns, lines: rows };
    for (const [name, count] of Object.entries({ ...counts, further: further.length })) {
      this.place.style.setProperty(`--${name}`, String(count));
    }
    panels.flat().forEach((figure, index) => {
      this.charts[index].replace(figure);
    });
  }

  /** How many panels stand in a row. @param {Display} display @param {Experiment} experiment */
  across({ theme, layout, surface, map, withheld }, { runs, surfaces }) {
    const { clientWidth: width } = this.place;
    const ems = width / theme.size;
    if (layout === "side by side") return gridColumns(runs.length, ems);
    const charts = 2 + (surface ? surfaces.length : 0) + Number(map && !withheld);
    if (window.innerHeight > TALL * width || ems < 2 * CHART_EMS) return 1;
    const most = Math.min(MOST_IN_A_ROW, Math.floor(ems / CHART_EMS));
    return Math.ceil(charts / Math.ceil(charts / most));
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
    this.charts = panels.flatMap((figures) => {
      const panel = element("div", {});
      this.place.append(panel);
      if (apart && figures[0] instanceof FitFigure) panel.append(this.heading());
      return figures.map((figure) => {
        const className = figure instanceof SurfaceFigure ? "tempfit-surface" : "";
        const place = element("div", { role: "img", className });
        panel.append(place);
        return new Chart(place, figure, plotly, this.on);
      });
    });
    this.resizing.observe(this.place);
  }

  heading() {
    const heading = element("p", { className: "tempfit-panel-title" });
    this.headings.push(heading);
    return heading;
  }

  /** Say in each run's panel which it is and how it stands. @param {number} index */
  say(index) {
    if (!this.arranged || !this.headings.length) return;
    const { trajectory, experiment, display } = this.arranged;
    const { runs, statuses } = experiment;
    runs.forEach((run, r) => {
      const code = trajectory.status[r][trajectory.reached(r, index)];
      const text = `${run.label} · ${inWords(statuses[code])}`;
      const heading = this.headings[r];
      write(heading, text);
      heading.style.color = colourOf(run, display.theme);
    });
  }

  /** Show in all charts what was at a snapshot that is pointed at. @param {number} index */
  point(index) {
    this.say(index);
    for (const chart of this.charts) chart.point(index);
  }

  unpoint() {
    for (const chart of this.charts) chart.unpoint();
  }

  /** Paint a snapshot in all charts, or what lies between two. @param {number} position */
  frame(position) {
    this.say(Math.floor(position));
    for (const chart of this.charts) chart.frame(position);
  }

  /** Hand a snapshot over to Plotly in all charts. @param {number} index */
  async rest(index) {
    this.say(index);
    await Promise.all(this.charts.map((chart) => chart.rest(index)));
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

/**
 * The charts beside the fitted line and the loss: a surface for each feature, and the map, unless
 * what the law expects is withheld.
 * @param {Experiment & Scene} experiment @param {Trajectory} trajectory @param {Display} display
 * @returns {Drawable[]}
 */
function furtherFigures(experiment, trajectory, display) {
  const surfaces = experiment.surfaces.map(
    (surface) => new SurfaceFigure(experiment, trajectory, display, surface),
  );
  return [
    ...(display.surface ? surfaces : []),
    ...(display.map && !display.withheld ? [new MapFigure(experiment, trajectory, display)] : []),
  ];
}
