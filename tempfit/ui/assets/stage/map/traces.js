// The map as Plotly is given it: the axes, the cells at rest, theory's limit, the runs as points.

import { colourOf } from "../../colours.js";
import { number, whole } from "../../format.js";
import { hover, scatter } from "../../layout.js";
import { decadeTicks } from "../../ticks.js";
import { later, say } from "../../words.js";
import { Figure } from "../charts/figure.js";
import { annotations } from "../charts/notes.js";
import { CELLS, Cells, middles, said } from "./cells.js";
import { stops } from "./shades.js";

/** @import {Display} from "../display.js" */
/** @import {Experiment, Run} from "../experiment/experiment.js" */
/** @import {Outcome} from "./cells.js" */
/** @import {Trajectory} from "../experiment/trajectory.js" */

/** @type {Record<Outcome, string>} */
export const REGIONS = {
  "too slow": later("too slow"),
  converges: later("converges"),
  explodes: later("explodes"),
};

/** @extends {Figure<Experiment>} */
export class MapTraces extends Figure {
  title = later("Map: forecast");

  /** @param {Experiment} scene @param {Trajectory} trajectory @param {Display} display */
  constructor(scene, trajectory, display) {
    super(scene, trajectory, display);
    this.cells = new Cells(scene.map, scene.runs[0].start, scene.epochs);
  }

  /** @param {number} _index @param {[number, number]} size */
  layout(_index, size) {
    const { rates, scales } = this.scene.map;
    const axis = (/** @type {string} */ title, /** @type {number[]} */ range, room = 1) => ({
      title,
      type: "log",
      range: range.map(Math.log10),
      showgrid: false,
      ...decadeTicks(range, room),
    });
    const layout = this.frame(
      say(this.title),
      axis(say("Learning rate"), rates, size[0] / (4 * this.theme.size)),
      axis(say("Feature scale"), scales, size[1] / (2 * this.theme.size)),
    );
    layout.dragmode = false; // dragging steers
    layout.annotations = [
      ...annotations(this.notes(), this.theme),
      ...this.cells.regions.map(([text, [rate, scale]]) => ({
        text: say(REGIONS[text]),
        x: Math.log10(rate),
        y: Math.log10(scale),
        showarrow: false,
        font: { color: this.theme.text, weight: 600, size: 1.15 * this.theme.size },
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

  /** @returns {Plotly.Trace[]} */
  fixed() {
    const { limits, scales, edge } = this.cells;
    const color = this.theme.text;
    const limit = limits.map((rate, i) => [rate, scales[i]]);
    return [
      scatter("lines", edge, {
        name: say("Converges within {epochs} epochs", { epochs: whole(this.scene.epochs) }),
        line: { color, width: 1.5, dash: "2px,3px" },
        hoverinfo: "name",
      }),
      scatter("lines", limit, {
        name: say("Largest stable learning rate"),
        line: { color, width: 2, dash: "6px,4px" },
        hovertemplate: hover(
          say("Largest stable learning rate"),
          say("rate {rate}", { rate: "%{x:.3~g}" }),
          say("scale {scale}", { scale: "%{y:.3~g}" }),
        ),
      }),
    ];
  }

  /** @param {number} index @returns {Plotly.Trace[]} */
  resting(index) {
    return [this.heat(index), ...this.points()];
  }

  /** The cells at a snapshot. @param {number} index */
  heat(index) {
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
      colorscale: stops(this.theme),
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

  /** The runs. @returns {Plotly.Trace[]} */
  points() {
    return this.runs()
      .filter(([run]) => this.has(run))
      .map(([run]) => {
        const line = { color: this.theme.background, width: 2 };
        return scatter("markers", [[run.rate, run.scale]], {
          name: run.label,
          marker: { size: 13, color: colourOf(run, this.theme), line },
          hovertemplate: hover(this.name(run), said(this.foreseen(run))),
        });
      });
  }

  /** What becomes of a run at a place of the map. @param {{ rate: number, scale: number }} place */
  foreseen({ rate, scale }) {
    return this.cells.outcome(this.cells.descent(rate, scale));
  }
}

/** Cells line by line. @template V @param {ArrayLike<V>} cells */
const rowsOf = (cells) =>
  Array.from({ length: CELLS }, (_, row) =>
    Array.from({ length: CELLS }, (_, column) => cells[row * CELLS + column]),
  );
