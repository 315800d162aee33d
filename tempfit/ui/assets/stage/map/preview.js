// A place on the map that the viewer is about to choose, with what the closed form says of the run
// there: a forecast, which all charts show while the choice is open.

import { strokeOf } from "../../colours.js";
import { number } from "../../format.js";
import { say } from "../../words.js";
import { said } from "./cells.js";

/** @import {Theme} from "../../theme.js" */
/** @import {Point} from "../charts/clip.js" */
/** @import {Pen} from "../charts/pen.js" */
/** @import {Experiment} from "../experiment/experiment.js" */
/** @import {Cells} from "./cells.js" */

export class Preview {
  /**
   * @param {Experiment} experiment @param {Cells} cells @param {number} rate @param {number} scale
   */
  constructor(experiment, cells, rate, scale) {
    this.rate = rate;
    this.scale = scale;
    this.run = experiment.runs[0]; // it is this one that is moved
    this.descent = cells.descent(rate, scale);
    this.said = said(cells.outcome(this.descent));
    this.name = say("forecast {rate}", { rate: number(rate, 2) });
    const finite = (/** @type {number} */ epoch) =>
      this.descent.loss(epoch) <= experiment.map.overflowLoss;
    this.epochs = Array.from(experiment.recorded).filter(finite);
  }

  /** What is said of it, in the map's corner. */
  get texts() {
    const place = { rate: number(this.rate, 2), scale: number(this.scale, 2) };
    return [say("rate {rate}, scale {scale}", place), this.said];
  }

  /** @param {Theme} theme */
  style(theme) {
    return { ...strokeOf(this.run, theme, 3), dash: [2, 5] };
  }

  /**
   * Draw a line through points, and name it at its end.
   * @param {Pen} pen @param {number} last @param {(k: number) => Point} at
   */
  draw(pen, last, at) {
    const style = this.style(pen.theme);
    pen.line(last, at, style);
    const [x, y] = at(last);
    pen.label([pen.x(x), pen.inside(pen.y(y))], this.name, style.colour);
  }

  /** The loss at the k-th epoch, or how far it is above the best. @param {number} k @param {boolean} above */
  loss(k, above) {
    const epoch = this.epochs[k];
    return above ? this.descent.above(epoch) : this.descent.loss(epoch);
  }

  /** The line at the last epoch, over an x of the data. @param {number} x */
  predict(x) {
    const [w, b] = this.descent.params(this.epochs.at(-1) ?? 0);
    return w * this.scale * x + b;
  }
}
