// Draws on a canvas in data coordinates, inside a chart's axes, linear or logarithmic.

import { numbered, steps } from "../ticks.js";
import { columns, spread } from "./labels.js";

/** @import {Theme} from "../theme.js" */
/** @import {Label} from "./labels.js" */

/** @typedef {[number, number]} Point */
/** @typedef {{ colour: string, width: number, dash?: number[], opacity?: number }} Style */
/** @typedef {Map<number, { end: number, length: number }>} Grown how far lines have come, by key */

export class Pen {
  /**
   * @param {CanvasRenderingContext2D} context with its origin at the upper left corner of the axes
   * @param {Plotly.FullLayout} layout @param {Theme} theme
   * @param {number[] | null} camera what the y-axis shows instead of what Plotly has it show
   */
  constructor(context, layout, theme, camera = null) {
    const { xaxis, yaxis } = layout;
    this.context = context;
    this.theme = theme;
    this.size = layout.font.size;
    this.width = xaxis._length;
    this.height = yaxis._length;
    this.room = layout.width - xaxis._offset - xaxis._length; // to the right of the axes
    this.x = (/** @type {number} */ value) => xaxis.d2p(value);
    this.y = (/** @type {number} */ value) => yaxis.d2p(value);
    this.xRange = xaxis.range.map((end) => xaxis.l2d(end));
    this.yRange = yaxis.range.map((end) => yaxis.l2d(end));
    this.travelling = camera !== null;
    if (camera) {
      const [low, high] = camera;
      this.yRange = camera;
      this.y = (/** @type {number} */ value) => (this.height * (high - value)) / (high - low);
    }
    /** @type {Label[]} */
    this.labels = [];
    /** @type {Grown} */
    this.grown = new Map();
  }

  /** This pen, to continue lines that have been drawn before. @param {Grown} grown */
  growing(grown) {
    this.grown = grown;
    return this;
  }

  /**
   * Continue the line named `key` to the point `at(last)`.
   * @param {number} key @param {number} last @param {(index: number) => Point} at
   * @param {Style} style
   */
  grow(key, last, at, style) {
    const { end, length } = this.grown.get(key) ?? { end: 0, length: 0 };
    if (last <= end) return;
    const added = this.line(last, at, style, { first: end, length });
    this.grown.set(key, { end: last, length: length + added });
  }

  /**
   * The way from a line's last point to where it has come since.
   * @param {number} key @param {Point} from @param {Point} to @param {Style} style
   */
  tip(key, from, to, style) {
    const length = this.grown.get(key)?.length ?? 0;
    this.line(1, (end) => (end ? to : from), style, { length });
  }

  /**
   * A line through points `at(first)` … `at(last)`; it ends at a gap. Dashes go on after `length`.
   * Return the length of what was drawn.
   * @param {number} last @param {(index: number) => Point} at @param {Style} style
   */
  line(last, at, style, { first = 0, length = 0 } = {}) {
    const { context } = this;
    context.beginPath();
    const drawn = this.trace(first, last, at);
    context.strokeStyle = style.colour;
    context.globalAlpha = style.opacity ?? 1;
    context.lineWidth = style.width;
    context.lineJoin = "round";
    context.lineCap = style.dash?.length ? "butt" : "round"; // pieces join like one line
    context.setLineDash(style.dash ?? []);
    context.lineDashOffset = length;
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
    return drawn;
  }

  /**
   * Lay the path of a line; return its length.
   * @param {number} first @param {number} last @param {(index: number) => Point} at
   */
  trace(first, last, at) {
    const { context } = this;
    const box = [-this.width, -this.height, 2 * this.width, 2 * this.height];
    /** @type {Point | null} */
    let from = null;
    let connected = false;
    let drawn = 0;
    for (let index = first; index <= last; index++) {
      const [x, y] = at(index);
      /** @type {Point} */
      const to = [this.x(x), this.y(y)];
      if (!to.every(Number.isFinite)) break;
      // Far outside the picture a canvas loses its precision, and a line its slope.
      const part = from && clipped(from, to, box);
      if (part) {
        if (!connected || part.enters) context.moveTo(...part.start);
        context.lineTo(...part.end);
        drawn += Math.hypot(part.end[0] - part.start[0], part.end[1] - part.start[1]);
        connected = true;
      }
      from = to;
    }
    return drawn;
  }

  /** @param {number} x @param {number} y @param {string} colour */
  dot(x, y, colour, radius = 4.5) {
    if (!this.arc(x, y, radius)) return;
    this.context.fillStyle = colour;
    this.context.fill();
  }

  /**
   * @param {ArrayLike<number>} x @param {ArrayLike<number>} y @param {string} colour
   * @param {number} radius @param {number} opacity
   */
  points(x, y, colour, radius, opacity) {
    this.context.globalAlpha = opacity;
    for (let i = 0; i < x.length; i++) this.dot(x[i], y[i], colour, radius);
    this.context.globalAlpha = 1;
  }

  /** @param {number} x @param {number} y @param {string} colour */
  ring(x, y, colour) {
    if (!this.arc(x, y, 7)) return;
    this.context.strokeStyle = colour;
    this.context.lineWidth = 2;
    this.context.stroke();
  }

  /** @param {number} x @param {number} y @param {number} radius */
  arc(x, y, radius) {
    const [px, py] = [this.x(x), this.y(y)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) return false;
    this.context.beginPath();
    this.context.arc(px, py, radius, 0, 2 * Math.PI);
    return true;
  }

  /** A line from bottom to top at an x. @param {number} x @param {string} colour */
  vertical(x, colour) {
    this.context.fillStyle = colour;
    this.context.fillRect(this.x(x) - 0.5, 0, 1, this.height);
  }

  /**
   * A note in the picture's right corner, the `place`th from above or, if it is `low`, from below.
   * @param {string} text @param {string} colour @param {number} place
   */
  note(text, colour, place, low = false) {
    const { context } = this;
    const along = 18 + 1.35 * this.size * place;
    this.type(600);
    context.textAlign = "right";
    this.outlined(text, this.width - 6, low ? this.height - along + 8 : along, colour);
  }

  /** @param {number} weight */
  type(weight) {
    const { context } = this;
    context.font = `${weight} ${this.size}px ${this.theme.font}`;
    context.textBaseline = "alphabetic";
  }

  /** @param {number} x @param {number} y @param {string} colour */
  cross(x, y, colour, size = 5) {
    const [px, py] = [this.x(x), this.y(y)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) return;
    const { context } = this;
    context.beginPath();
    context.moveTo(px - size, py - size);
    context.lineTo(px + size, py + size);
    context.moveTo(px - size, py + size);
    context.lineTo(px + size, py - size);
    context.strokeStyle = colour;
    context.lineWidth = 2.5;
    context.stroke();
  }

  /**
   * An arrow up to the picture's upper edge, where a line has left it.
   * @param {number} px @param {string} colour
   */
  arrow(px, colour, size = 11) {
    const { context } = this;
    const x = Math.min(Math.max(px, size / 2), this.width - size / 2);
    context.beginPath();
    context.moveTo(x, 1);
    context.lineTo(x + size / 2, size);
    context.lineTo(x - size / 2, size);
    context.closePath();
    context.fillStyle = colour;
    context.fill();
  }

  /**
   * Name a line at its end (px), as soon as the others' ends are known.
   * @param {Point} end @param {string} text @param {string} colour
   */
  label([x, y], text, colour, pale = false) {
    this.labels.push({ x, y, text, colour, pale });
  }

  /** Write the labels, none over another. */
  writeLabels() {
    if (!this.labels.length) return;
    const { context, size } = this;
    this.type(600);
    const widths = new Map(
      this.labels.map((label) => [label, context.measureText(label.text).width]),
    );
    for (const column of columns(this.labels, Math.max(...widths.values()) + 10)) {
      const wanted = column.map(({ y }) => y - size / 2);
      const places = spread(wanted, 1.15 * size, this.height - size);
      column.forEach((label, i) => {
        this.writeLabel(label, places[i] + size / 2, widths.get(label) ?? 0);
      });
    }
  }

  /** @param {Label} label @param {number} y @param {number} width */
  writeLabel({ x, text, colour, pale }, y, width) {
    const { context } = this;
    // Right of the end; left of it where there is no room.
    const left = x + 9 + width > this.width + this.room ? x - 9 - width : x + 9;
    context.textAlign = "left";
    this.outlined(text, left, y + 0.35 * this.size, colour, pale ? 0.55 : 1);
  }

  /**
   * Text that can be read over lines.
   * @param {string} text @param {number} x @param {number} y @param {string} colour
   */
  outlined(text, x, y, colour, opacity = 1) {
    const { context } = this;
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = this.theme.background;
    context.strokeText(text, x, y);
    context.globalAlpha = opacity;
    context.fillStyle = colour;
    context.fillText(text, x, y);
    context.globalAlpha = 1;
  }

  /** The lines across of a y-axis that the camera has moved. */
  grid() {
    const { context } = this;
    context.fillStyle = this.theme.grid;
    for (const value of steps(this.yRange, this.height)) {
      context.fillRect(0, Math.round(this.y(value)), this.width, 1);
    }
  }

  /**
   * The numbers beside a y-axis that the camera has moved, outside the axes, and its title.
   * @param {Plotly.Title} title
   */
  numbers(title) {
    const { context, size } = this;
    this.type(400);
    context.textAlign = "right";
    let widest = 0;
    for (const value of steps(this.yRange, this.height)) {
      const y = Math.round(this.y(value));
      const text = numbered(value);
      context.fillStyle = this.theme.line;
      context.fillRect(-6, y, 5, 1);
      context.fillStyle = this.theme.text;
      context.fillText(text, -8, y + 0.35 * size);
      widest = Math.max(widest, context.measureText(text).width);
    }
    context.save();
    context.translate(-(widest + 15 + 0.3 * size), this.height / 2);
    context.rotate(-Math.PI / 2);
    context.font = `400 ${title.font.size}px ${this.theme.font}`;
    context.textAlign = "center";
    context.fillText(title.text, 0, 0);
    context.restore();
  }
}

/**
 * The part of a segment inside a box [left, top, right, bottom] (Liang and Barsky), or null.
 * @param {Point} from @param {Point} to @param {number[]} box
 */
export function clipped([x0, y0], [x1, y1], [left, top, right, bottom]) {
  let [start, end] = [0, 1];
  const [dx, dy] = [x1 - x0, y1 - y0];
  for (const [run, room] of [
    [-dx, x0 - left],
    [dx, right - x0],
    [-dy, y0 - top],
    [dy, bottom - y0],
  ]) {
    if (run === 0 && room < 0) return null;
    if (run < 0) start = Math.max(start, room / run);
    if (run > 0) end = Math.min(end, room / run);
  }
  if (!(start <= end)) return null;
  const at = (/** @type {number} */ share) =>
    /** @type {Point} */ ([x0 + share * dx, y0 + share * dy]);
  return { start: at(start), end: at(end), enters: start > 0 };
}
