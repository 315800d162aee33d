// The map: what becomes of every learning rate at every feature scale, epoch by epoch, with
// theory's limit on it and the runs as points. It is the closed form's forecast.

import { colourOf } from "../../colours.js";
import { number } from "../../format.js";
import { say } from "../../words.js";
import { write } from "../charts/notes.js";
import { CELLS, said } from "./cells.js";
import { paint } from "./shades.js";
import { MapTraces, REGIONS } from "./traces.js";

/** @import {Display} from "../display.js" */
/** @import {Experiment} from "../experiment/experiment.js" */
/** @import {Pen} from "../charts/pen.js" */
/** @import {Trajectory} from "../experiment/trajectory.js" */

export class MapFigure extends MapTraces {
  /** @param {Experiment} scene @param {Trajectory} trajectory @param {Display} display */
  constructor(scene, trajectory, display) {
    super(scene, trajectory, display);
    this.picture = document.createElement("canvas");
    this.picture.width = this.picture.height = CELLS;
  }

  /** @param {Pen} pen @param {number} position */
  draw(pen, position) {
    const { rates, scales } = this.scene.map;
    pen.image(this.painted(position), rates, scales);
    const { limits, scales: edges, regions, edge } = this.cells;
    const forecast = { colour: this.theme.text, width: 1.5, dash: [2, 3] };
    pen.line(edge.length - 1, (i) => edge[i], forecast);
    pen.line(limits.length - 1, (i) => [limits[i], edges[i]], {
      colour: this.theme.text,
      width: 2,
      dash: [6, 4],
    });
    for (const [text, at] of regions) pen.text(say(REGIONS[text]), at, this.theme.text);
    for (const [run] of this.runs()) {
      if (this.has(run)) pen.disc(run.rate, run.scale, colourOf(run, this.theme));
    }
    write(pen, this.notes());
    const { preview } = this.display;
    if (preview) {
      pen.disc(preview.rate, preview.scale, this.theme.background, 9);
      pen.ring(preview.rate, preview.scale, this.theme.text);
      preview.texts.forEach((text, place) => {
        pen.note({ text }, this.theme.text, place);
      });
    }
  }

  /** The cells as a picture, at an epoch or between two. @param {number} position */
  painted(position) {
    const { epoch } = this.trajectory;
    const index = Math.floor(position);
    const share = position - index;
    const next = epoch[index + 1] ?? epoch[index];
    const levels = this.cells.levels(epoch[index] + share * (next - epoch[index]));
    paint(this.picture, levels, this.theme);
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
