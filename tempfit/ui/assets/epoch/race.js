// Two runs from the same start, complete when they arrive, played side by side.

import { ACCENT } from "../colours.js";
import { element } from "../elements.js";
import { number, whole } from "../format.js";
import { finder, loadPlotly, mounting } from "../loader.js";
import { Chart } from "../stage/charts/chart.js";
import { FitFigure } from "../stage/charts/fit_figure.js";
import { LossFigure } from "../stage/charts/loss_figure.js";
import { Trajectory } from "../stage/experiment/trajectory.js";
import { themeOf } from "../theme.js";
import { say } from "../words.js";

/** @import {Component} from "../loader.js" */
/** @import {Shared, Scene} from "../stage/charts/figure.js" */
/** @import {RaceData} from "../types.js" */

const EPOCHS_PER_SECOND = 15;
export const mount = mounting(() => new Race(), ["shared.css", "epoch/race.css"]);

class Race {
  constructor() {
    this.root = element("section", {
      className: "tempfit-race",
      ariaLabel: say("Two runs side by side"),
    });
    /** @type {Shared} */
    this.display = { theme: themeOf(this.root), x: "linear", y: "log", hidden: new Set() };
    this.root.innerHTML = `
      <div class="tempfit-controls tempfit-transport">
        <button type="button"></button>
        <input type="range" min="0" step="1" value="0" aria-label="${say("Epoch of the two runs")}">
        <output></output>
      </div>
      <div class="tempfit-race-charts"><div role="img"></div><div role="img"></div></div>`;
    const find = finder(this.root);
    this.button = find("button");
    this.scrubber = /** @type {HTMLInputElement} */ (find("input"));
    this.output = find("output");
    this.places = /** @type {HTMLElement[]} */ ([...this.root.querySelectorAll("[role=img]")]);
    this.button.onclick = () => this.toggle();
    this.scrubber.oninput = () => {
      this.stop();
      this.go(Number(this.scrubber.value));
    };
    this.scrubber.onchange = () => this.rest();
    this.resizing = new ResizeObserver(() => this.rest());
    this.name = "";
    this.epoch = 0;
    this.request = 0;
    this.trajectory = new Trajectory(0);
    /** @type {Scene["runs"]} */
    this.runs = [];
    /** @type {Chart[]} */
    this.charts = [];
  }

  /** @param {Component<RaceData>} component */
  async receive({ data }) {
    this.display.theme = themeOf(this.root);
    if (data.name !== this.name) await this.begin(data);
    else this.rest();
  }

  get last() {
    return this.trajectory.lastEpoch;
  }

  /**
   * Take two other runs, and play them unless the viewer asked for less motion.
   * @param {RaceData} data
   */
  async begin(data) {
    this.stop();
    const plotly = await loadPlotly(data.plotly);
    const scene = sceneOf(data);
    this.name = data.name;
    this.runs = scene.runs;
    this.trajectory = complete(data.runs);
    this.scrubber.max = String(this.last);
    const figures = [FitFigure, LossFigure].map(
      (Kind) => new Kind(scene, this.trajectory, this.display),
    );
    if (!this.charts.length) {
      this.charts = figures.map((figure, index) => new Chart(this.places[index], figure, plotly));
      this.resizing.observe(this.root);
    }
    for (const [index, figure] of figures.entries()) this.charts[index].replace(figure);
    this.go(0);
    await this.rest();
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) this.toggle();
  }

  toggle() {
    if (this.request) {
      this.stop();
      this.rest();
      return;
    }
    const from = this.epoch === this.last ? 0 : this.epoch;
    /** @type {number | null} */
    let began = null;
    const tick = (/** @type {number} */ now) => {
      began ??= now;
      this.go(Math.min(from + Math.floor(((now - began) * EPOCHS_PER_SECOND) / 1000), this.last));
      if (this.epoch < this.last) {
        this.request = requestAnimationFrame(tick);
      } else {
        this.stop();
        this.rest();
      }
    };
    this.request = requestAnimationFrame(tick);
    this.label();
  }

  stop() {
    cancelAnimationFrame(this.request);
    this.request = 0;
    this.label();
  }

  label() {
    this.button.textContent = this.request ? say("Stop") : say("Play");
  }

  /** Show an epoch. @param {number} epoch */
  go(epoch) {
    const { trajectory } = this;
    this.epoch = epoch;
    this.scrubber.value = String(epoch);
    this.scrubber.setAttribute("aria-valuetext", say("epoch {epoch}", { epoch }));
    const losses = this.runs.map(({ label }, r) =>
      say("{run}: loss {loss}", { run: label, loss: number(trajectory.loss[r][epoch], 4) }),
    );
    this.output.textContent = [say("epoch {epoch}", { epoch: whole(epoch) }), ...losses].join(
      " · ",
    );
    for (const chart of this.charts) chart.frame(epoch);
  }

  async rest() {
    await Promise.all(this.charts.map((chart) => chart.rest(this.epoch)));
    if (this.request) this.go(this.epoch);
  }

  destroy() {
    this.stop();
    this.resizing.disconnect();
    for (const chart of this.charts) chart.destroy();
    this.root.remove();
  }
}

/**
 * What the figures are to draw: the second run dashed, its name in the corner.
 * @param {RaceData} data @returns {Scene}
 */
function sceneOf({ x, y, fit, loss, colour, scale, shift, runs }) {
  const none = new Float32Array();
  return {
    epochs: runs[0].loss.length - 1,
    unit: "",
    x,
    y,
    fit: { ...fit, title: say("Fitted line") },
    loss: { ...loss, aboveTitle: "", aboveRange: loss.yRange },
    recorded: new Int32Array(),
    forecast: none,
    forecastAbove: none,
    runs: runs.map(({ name }, place) => ({
      ...(place ? ACCENT : colour),
      dashed: place > 0,
      slot: place,
      label: name,
      scale,
      shift,
      changes: [],
    })),
    named: true,
  };
}

/** The trajectory of runs that were trained to the end. @param {RaceData["runs"]} runs */
function complete(runs) {
  const trajectory = new Trajectory(runs.length);
  trajectory.epoch = runs[0].loss.map((_, epoch) => epoch);
  for (const name of /** @type {["loss", "w", "b"]} */ (["loss", "w", "b"])) {
    // What is not finite arrives as null.
    trajectory[name] = runs.map((run) => run[name].map((value) => value ?? Number.NaN));
  }
  return trajectory;
}
