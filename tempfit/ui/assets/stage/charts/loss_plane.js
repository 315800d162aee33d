// Where the loss of a run stands by epoch, and the axes it stands on.

import { epochTicks, lossTicks, ZERO } from "../../ticks.js";
import { excess } from "../experiment/experiment.js";
import { Figure } from "./figure.js";

/** @import {Point} from "./clip.js" */
/** @import {Pen} from "./pen.js" */

const TITLE_EMS = 15;
const LABEL_EMS = 1.8; // of a power, and what is free above it

export class LossPlane extends Figure {
  /** Where an epoch stands on the axis. @param {number} epoch */
  at(epoch) {
    return this.display.x === "log" ? Math.max(epoch, ZERO) : epoch;
  }

  /**
   * What is plotted of a run: its loss, or how far it is above the best possible.
   * @param {number} r @param {number} index
   */
  value(r, index) {
    const { loss, w, b } = this.trajectory;
    if (this.display.y !== "above") return loss[r][index];
    const { best, eigenvalues, directions } = this.scene.runs[r];
    if (!best || !eigenvalues || !directions) return Number.NaN;
    return excess({ best, eigenvalues, directions }, w[r][index], b[r][index]);
  }

  /**
   * A run's point of a snapshot.
   * @param {number} r @param {number} index @returns {[number, number]}
   */
  place(r, index) {
    return [this.at(this.trajectory.epoch[index]), this.value(r, index)];
  }

  /**
   * The same between two snapshots, on the straight line that is drawn from one to the other.
   * @param {number} r @param {number} position @returns {[number, number]}
   */
  spot(r, position) {
    const index = Math.floor(position);
    const here = this.place(r, index);
    const share = position - index;
    return share ? this.towards(here, this.place(r, index + 1), share) : here;
  }

  /**
   * The point at a share of the way from one point to another, as the axes are drawn.
   * @param {[number, number]} from @param {[number, number]} to @param {number} share
   * @returns {[number, number]}
   */
  towards([x0, y0], [x1, y1], share) {
    return [mix(x0, x1, share, this.display.x === "log"), mix(y0, y1, share, this.yLog)];
  }

  get yLog() {
    return this.display.y !== "linear";
  }

  /**
   * Where a curve leaves the picture at the top for good, or null if it ends below.
   * @param {number} r @param {number} last the position of its end @param {number} top
   * @returns {[number, number] | null}
   */
  exit(r, last, top) {
    if (!(this.spot(r, last)[1] > top)) return null;
    let inside = Math.ceil(last) - 1;
    while (inside >= 0 && this.value(r, inside) > top) inside--;
    if (inside < 0) return [this.place(r, 0)[0], top];
    const [from, to] = [this.place(r, inside), this.spot(r, Math.min(inside + 1, last))];
    return [this.towards(from, to, portion(from[1], to[1], top, this.yLog))[0], top];
  }

  /** The losses that a place on the map would lead to. @param {Pen} pen */
  foresee(pen) {
    const { preview } = this.display;
    if (!preview || this.only) return; // it is the first run that is moved
    const above = this.display.y === "above";
    const at = (/** @type {number} */ k) =>
      /** @type {Point} */ ([this.at(preview.epochs[k]), preview.loss(k, above)]);
    preview.draw(pen, preview.epochs.length - 1, at);
  }

  /** @param {number} [ems] how long it is, in the size of its type */
  epochAxis(ems) {
    const { epochs, loss } = this.scene;
    const last = Math.max(epochs, 1);
    const axis =
      this.display.x === "log"
        ? { range: [ZERO, last * 1.08].map(Math.log10), ...epochTicks(epochs, ems) }
        : { range: [-epochs * 0.02, last * 1.02], tickformat: ",~r" };
    return { title: loss.xTitle, type: this.display.x, tickangle: 0, ...axis };
  }

  /** What stands along the axis, where there is room. @param {number[]} [size] */
  along(size) {
    const { aboveTitle, yTitle } = this.scene.loss;
    if (size && size[1] < TITLE_EMS * this.theme.size) return undefined;
    return this.display.y === "above" ? aboveTitle : yTitle;
  }

  /**
   * The labels of the axis. @param {number[]} range @param {number[]} [size]
   * @returns {Plotly.Layout}
   */
  lossLabels([low, high], size) {
    if (!this.yLog) return { exponentformat: "power" };
    return lossTicks(low, high, size && size[1] / (LABEL_EMS * this.theme.size));
  }

  range() {
    const { loss } = this.scene;
    // How far the axis reaches would say what becomes of the runs.
    if (this.display.withheld) return this.around(Math.max(...this.trajectory.loss.map(first)));
    if (this.display.y === "above") return [...loss.aboveRange];
    return this.display.y === "log" ? [...loss.yRange] : [0, loss.yRange[1]];
  }

  /** A range that says nothing of where a loss will go. @param {number} loss */
  around(loss) {
    return this.yLog ? [loss / 100, loss * 100] : [0, 2 * loss];
  }
}

/** @param {number[]} losses */
const first = ([loss]) => loss;

/**
 * The value at a share of the way between two, on a linear axis or a logarithmic one.
 * @param {number} from @param {number} to @param {number} share @param {boolean} log
 */
const mix = (from, to, share, log) =>
  log && from > 0 && to > 0 ? from * (to / from) ** share : from + share * (to - from);

/**
 * The share of the way between two at which a value is reached: the inverse of `mix`.
 * @param {number} from @param {number} to @param {number} value @param {boolean} log
 */
const portion = (from, to, value, log) =>
  log && from > 0 && to > 0
    ? Math.log(value / from) / Math.log(to / from)
    : (value - from) / (to - from);
