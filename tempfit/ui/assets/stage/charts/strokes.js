// Strokes on a canvas in data coordinates, inside a chart's axes, linear or logarithmic.

import { growth } from "../../layout.js";
import { clipped } from "./clip.js";

/** @import {Theme} from "../../theme.js" */
/** @import {Point} from "./clip.js" */

/** @typedef {{ colour: string, width: number, dash?: number[], opacity?: number }} Style */
/** @typedef {Map<number, { end: number, length: number }>} Grown how far lines have come, by key */

export class Strokes {
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
    this.growth = growth(this.size); // of all widths and radii
    this.width = xaxis._length;
    this.height = yaxis._length;
    this.margin = xaxis._offset; // to the left of the axes
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
    /** @type {Grown} */
    this.grown = new Map();
  }

  /** The height nearest to one (px) at which a label can be read. @param {number} y */
  inside(y) {
    return Math.min(Math.max(y, 7), this.height - 7);
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
    context.lineWidth = this.growth * style.width;
    context.lineJoin = "round";
    context.lineCap = style.dash?.length ? "butt" : "round"; // pieces join like one line
    context.setLineDash((style.dash ?? []).map((length) => this.growth * length));
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
    this.context.lineWidth = 2 * this.growth;
    this.context.stroke();
  }

  /** @param {number} x @param {number} y @param {number} radius */
  arc(x, y, radius) {
    const [px, py] = [this.x(x), this.y(y)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) return false;
    this.context.beginPath();
    this.context.arc(px, py, this.growth * radius, 0, 2 * Math.PI);
    return true;
  }

  /**
   * A dot with a rim, which is seen on any ground.
   * @param {number} x @param {number} y @param {string} colour
   */
  disc(x, y, colour, radius = 6.5) {
    this.dot(x, y, this.theme.background, radius + 2);
    this.dot(x, y, colour, radius);
  }

  /**
   * A picture that fills a range across and one up.
   * @param {HTMLCanvasElement} picture @param {number[]} xRange @param {number[]} yRange
   */
  image(picture, xRange, yRange) {
    const [left, right] = xRange.map(this.x);
    const [bottom, top] = yRange.map(this.y);
    this.context.drawImage(picture, left, top, right - left, bottom - top);
  }

  /** A line from bottom to top at an x. @param {number} x @param {string} colour */
  vertical(x, colour) {
    this.context.fillStyle = colour;
    this.context.fillRect(this.x(x) - 0.5, 0, 1, this.height);
  }

  /** @param {number} x @param {number} y @param {string} colour */
  cross(x, y, colour) {
    const [px, py] = [this.x(x), this.y(y)];
    const size = 5 * this.growth;
    if (!Number.isFinite(px) || !Number.isFinite(py)) return;
    const { context } = this;
    context.beginPath();
    context.moveTo(px - size, py - size);
    context.lineTo(px + size, py + size);
    context.moveTo(px - size, py + size);
    context.lineTo(px + size, py - size);
    context.strokeStyle = colour;
    context.lineWidth = 2.5 * this.growth;
    context.stroke();
  }

  /**
   * An arrow up to the picture's upper edge, where a line has left it.
   * @param {number} px @param {string} colour
   */
  arrow(px, colour) {
    const { context } = this;
    const size = 11 * this.growth;
    const x = Math.min(Math.max(px, size / 2), this.width - size / 2);
    context.beginPath();
    context.moveTo(x, 1);
    context.lineTo(x + size / 2, size);
    context.lineTo(x - size / 2, size);
    context.closePath();
    context.fillStyle = colour;
    context.fill();
  }
}
