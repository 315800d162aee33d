// The map: what becomes of every learning rate at every feature scale, epoch by epoch, with
// theory's limit on it and the runs as points. It is the closed form's forecast.

import { colourOf } from "../colours.js";
import { number, whole } from "../format.js";
import { hover } from "../layout.js";
import { decadeTicks } from "../ticks.js";
import { later, say } from "../words.js";
import { CELLS, Cells, middles, said } from "./map_cells.js";
import { paint, stops } from "./map_colours.js";
import { annotations, write } from "./notes.js";
import { View } from "./view.js";

/** @import {Theme} from "../theme.js" */
/** @import {Display} from "./display.js" */
/** @import {Experiment, Run} from "./experiment.js" */
/** @import {Outcome} from "./map_cells.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Trajectory} from "./trajectory.js" */

/** @type {Record<Outcome, string>} */
const REGIONS = {
  "too slow": later("too slow"),
  converges: later("converges"),
  explodes: later("explodes"),
};

/** @extends {View<Experiment>} */
export class MapView extends View {
  title = later("Map: forecast");

  /** @param {Experiment} scene @param {Trajectory} trajectory @param {Display} display */
  constructor(scene, trajectory, display) {
    super(scene, trajectory, display);
    this.cells = new Cells(scene.map, scene.runs[0].start, scene.epochs);
    this.picture = document.createElement("canvas");
    this.picture.width = this.picture.height = CELLS;
  }

  /** @param {Theme} theme @param {number} _index @param {[number, number]} size */
  layout(theme, _index, size) {
    const { rates, scales } = this.scene.map;
    const axis = (/** @type {string} */ title, /** @type {number[]} */ range, room = 1) => ({
      title,
      type: "log",
      range: range.map(Math.log10),
      showgrid: false,
      ...decadeTicks(range, room),
    });
    const layout = this.frame(
      theme,
      say(this.title),
      axis(say("Learning rate"), rates, size[0] / (4 * theme.size)),
      axis(say("Feature scale"), scales, size[1] / (2 * theme.size)),
    );
    layout.dragmode = false; // dragging steers
    layout.annotations = [
      ...annotations(this.notes(), theme),
      ...this.cells.regions.map(([text, [rate, scale]]) => ({
        text: say(REGIONS[text]),
        x: Math.log10(rate),
        y: Math.log10(scale),
        showarrow: false,
        font: { color: theme.text, weight: 600, size: 1.15 * theme.size },
      })),
    ];
    return layout;
  }

  /** A forecast has none before it. */
  viewOf() {
    return null;
  }

  /** A point is known by where it stands. */
  get naming() {
    return false;
  }

  room() {
    return 0;
  }

  /** Whether a run has a place here, where all start alike from a feature that is not shifted. @param {Run} run */
  has({ shift, start }) {
    return shift === 0 && start.every((value, i) => value === this.cells.start[i]);
  }

  /** The runs that have no place on the map. */
  notes() {
    return this.runs()
      .filter(([run]) => !this.has(run))
      .map(([run]) => ({
        run,
        text: say("{run}: not on this map", { run: run.label }),
        low: true,
      }));
  }

  /** @param {Theme} theme @returns {Plotly.Trace[]} */
  fixed(theme) {
    const { limits, scales } = this.cells;
    return [
      {
        type: "scatter",
        mode: "lines",
        name: say("Largest stable learning rate"),
        x: limits,
        y: scales,
        line: { color: theme.text, width: 2, dash: "6px,4px" },
        hovertemplate: hover(
          say("Largest stable learning rate"),
          say("rate {rate}", { rate: "%{x:.3~g}" }),
          say("scale {scale}", { scale: "%{y:.3~g}" }),
        ),
      },
    ];
  }

  /** @param {Theme} theme @param {number} index @returns {Plotly.Trace[]} */
  resting(theme, index) {
    return [this.heat(theme, index), ...this.points(theme)];
  }

  /** The cells at a snapshot. @param {Theme} theme @param {number} index */
  heat(theme, index) {
    const { rates, scales, descents, outcomes } = this.cells;
    const epoch = this.trajectory.epoch[index];
    const [across, up] = [middles(rates), middles(scales)];
    return {
      type: "heatmap",
      x: rates,
      y: scales,
      z: rowsOf(this.cells.levels(epoch)),
      zmin: -1,
      zmax: 1,
      zsmooth: "best",
      colorscale: stops(theme),
      showscale: false,
      customdata: rowsOf(descents.map((descent) => descent.loss(epoch))),
      text: rowsOf(
        outcomes.map((found, i) => {
          const [rate, scale] = [across[i % CELLS], up[Math.floor(i / CELLS)]];
          const place = [
            say("rate {rate}", { rate: number(rate, 2) }),
            say("scale {scale}", { scale: number(scale, 2) }),
          ];
          return [...place, said(found)].join("<br>");
        }),
      ),
      hovertemplate: hover(
        "%{text}",
        say("loss {loss} at epoch {epoch}", { loss: "%{customdata:.3~g}", epoch: whole(epoch) }),
      ),
    };
  }

  /** The runs. @param {Theme} theme @returns {Plotly.Trace[]} */
  points(theme) {
    return this.runs()
      .filter(([run]) => this.has(run))
      .map(([run]) => ({
        type: "scatter",
        mode: "markers",
        name: run.label,
        x: [run.rate],
        y: [run.scale],
        marker: {
          size: 13,
          color: colourOf(run, theme),
          line: { color: theme.background, width: 2 },
        },
        hovertemplate: hover(this.name(run), said(this.foreseen(run))),
      }));
  }

  /** What becomes of a run at a place of the map. @param {{ rate: number, scale: number }} place */
  foreseen({ rate, scale }) {
    return this.cells.outcome(this.cells.descent(rate, scale));
  }

  /** @param {Pen} pen @param {number} position @param {Theme} theme */
  draw(pen, position, theme) {
    const { rates, scales } = this.scene.map;
    pen.image(this.painted(position, theme), rates, scales);
    const { limits, scales: edges, regions } = this.cells;
    pen.line(limits.length - 1, (i) => [limits[i], edges[i]], {
      colour: theme.text,
      width: 2,
      dash: [6, 4],
    });
    for (const [text, at] of regions) pen.text(say(REGIONS[text]), at, theme.text);
    for (const [run] of this.runs()) {
      if (this.has(run)) pen.disc(run.rate, run.scale, colourOf(run, theme));
    }
    write(pen, this.notes(), theme);
    const { preview } = this.display;
    if (preview) {
      pen.disc(preview.rate, preview.scale, theme.background, 9);
      pen.ring(preview.rate, preview.scale, theme.text);
      preview.texts.forEach((text, place) => {
        pen.note(text, theme.text, place);
      });
    }
  }

  /**
   * The cells as a picture, at an epoch or between two.
   * @param {number} position @param {Theme} theme
   */
  painted(position, theme) {
    const { epoch } = this.trajectory;
    const index = Math.floor(position);
    const share = position - index;
    const next = epoch[index + 1] ?? epoch[index];
    const levels = this.cells.levels(epoch[index] + share * (next - epoch[index]));
    paint(this.picture, levels, theme);
    return this.picture;
  }

  /** @param {number} index */
  describe(index) {
    const { rates, scales } = this.scene.map;
    const told = this.told(index, (r) => {
      const run = this.scene.runs[r];
      return this.has(run) ? said(this.foreseen(run)) : say("not on this map");
    });
    return say(
      "Outcomes of learning rates from {low} to {high} and feature scales from {least} to {most}, forecast at epoch {epoch}. {runs}. Arrow keys choose a place, Enter trains there.",
      {
        low: number(rates[0], 2),
        high: number(rates[1], 2),
        least: number(scales[0], 2),
        most: number(scales[1], 2),
        epoch: this.trajectory.epoch[index],
        runs: told,
      },
    );
  }
}

/** Cells line by line. @template V @param {ArrayLike<V>} cells */
const rowsOf = (cells) =>
  Array.from({ length: CELLS }, (_, row) =>
    Array.from({ length: CELLS }, (_, column) => cells[row * CELLS + column]),
  );
