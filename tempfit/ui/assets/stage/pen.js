// Draws on a canvas in data coordinates, inside a chart's axes, linear or logarithmic.

/** @typedef {[number, number]} Point */
/** @typedef {{ colour: string, width: number, dash?: number[], opacity?: number }} Style */
/** @typedef {Map<number, { end: number, length: number }>} Grown how far lines have come, by key */

export class Pen {
  /**
   * @param {CanvasRenderingContext2D} context with its origin at the upper left corner of the axes
   * @param {Plotly.Axis} xaxis @param {Plotly.Axis} yaxis @param {string} font
   */
  constructor(context, xaxis, yaxis, font) {
    this.context = context;
    this.font = font;
    this.width = xaxis._length;
    this.height = yaxis._length;
    this.x = (/** @type {number} */ value) => xaxis.d2p(value);
    this.y = (/** @type {number} */ value) => yaxis.d2p(value);
    this.xRange = xaxis.range.map((end) => xaxis.l2d(end));
    this.yRange = yaxis.range.map((end) => yaxis.l2d(end));
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
   * A note in the picture's upper corner, the `place`th from above.
   * @param {string} text @param {string} colour @param {number} place
   */
  note(text, colour, place) {
    const { context } = this;
    context.font = `600 13px ${this.font}`;
    context.textAlign = "right";
    context.fillStyle = colour;
    context.fillText(text, this.width - 6, 18 + 17 * place);
  }

  /**
   * A cross at a point, moved to the picture's edge if it lies outside.
   * @param {number} x @param {number} y @param {string} colour
   */
  cross(x, y, colour, size = 5) {
    const px = Math.min(Math.max(this.x(x), size), this.width - size);
    const py = Math.min(Math.max(this.y(y), size), this.height - size);
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
