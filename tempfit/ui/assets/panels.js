// The charts of the stage: which there are, how they lie, and what is shown in all of them.

import { Chart } from "./chart.js";
import { FitView } from "./fit_view.js";
import { LossView } from "./loss_view.js";
import { SurfaceView } from "./surface_view.js";

export class Panels {
  /**
   * @param {HTMLElement} place an element to fill
   * @param {object} on handlers: `hover(epoch)`, `unhover()` and `resize()`
   */
  constructor(place, on) {
    this.place = place;
    this.on = on;
    this.charts = [];
    this.resizing = new ResizeObserver(() => on.resize());
  }

  /** Lay the charts out: all runs together, or one fit above one loss for each run. */
  arrange(Plotly, setup, trajectory, display) {
    const apart = display.layout === "side by side";
    const views = (only, labelled) =>
      [FitView, LossView, ...(display.surface && !apart ? [SurfaceView] : [])].map(
        (Kind) => new Kind(setup, trajectory, display, only, labelled),
      );
    const columns = apart
      ? setup.runs.map((_, r) => views(r, r === 0))
      : views(null, true).map((view) => [view]);
    const key = JSON.stringify([apart, columns.map((column) => column.length)]);
    if (key !== this.arrangement) {
      this.arrangement = key;
      this.clear();
      this.place.classList.toggle("apart", apart);
      this.place.style.setProperty("--columns", columns.length);
      this.charts = columns.flatMap((column) => {
        const panel = document.createElement("div");
        this.place.append(panel);
        return column.map((view) => this.chart(panel, view, Plotly));
      });
      this.resizing.observe(this.place);
    }
    columns.flat().forEach((view, index) => {
      this.charts[index].replace(view);
    });
  }

  chart(panel, view, Plotly) {
    const place = document.createElement("div");
    place.setAttribute("role", "img");
    panel.append(place);
    return new Chart(place, view, Plotly, this.on);
  }

  /** Show in all charts what was at a snapshot that is pointed at. */
  point(index, theme) {
    for (const chart of this.charts) chart.point(index, theme);
  }

  unpoint() {
    for (const chart of this.charts) chart.unpoint();
  }

  /** Paint a snapshot in all charts. */
  frame(index, theme) {
    for (const chart of this.charts) chart.frame(index, theme);
  }

  /** Hand a snapshot over to Plotly in all charts. */
  rest(index, theme) {
    return Promise.all(this.charts.map((chart) => chart.rest(index, theme)));
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
