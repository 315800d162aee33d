// Draws and writes on a canvas in data coordinates.

import { PALE } from "../../colours.js";
import { numbered, roundValues } from "../../ticks.js";
import { columns, spread } from "./labels.js";
import { Strokes } from "./strokes.js";

/** @import {Point} from "./clip.js" */
/** @import {Label} from "./labels.js" */

export class Pen extends Strokes {
  /** @type {Label[]} */
  labels = [];
  /** How many notes stand in the right corners, above and below: labels inside keep clear of them. */
  corner = { high: 0, low: 0 };

  /**
   * A note in a corner of the picture, the `place`th from above or, if it is `low`, from below.
   * @param {{ text: string, low?: boolean, left?: boolean }} note
   * @param {string} colour @param {number} place
   */
  note({ text, low, left }, colour, place) {
    const { context } = this;
    const along = this.size * (1.3 + 1.35 * place);
    this.type(600);
    context.textAlign = left ? "left" : "right";
    const x = left ? 6 : this.width - 6;
    this.outlined(text, x, low ? this.height - along + 0.6 * this.size : along, colour);
  }

  /**
   * Text with its middle at a place.
   * @param {string} text @param {Point} at @param {string} colour
   */
  text(text, [x, y], colour) {
    this.type(600, 1.15 * this.size);
    this.context.textAlign = "center";
    this.outlined(text, this.x(x), this.y(y) + 0.4 * this.size, colour);
  }

  /** @param {number} weight */
  type(weight, size = this.size) {
    const { context } = this;
    context.font = `${weight} ${size}px ${this.theme.font}`;
    context.textBaseline = "alphabetic";
  }

  /**
   * Name a line at its end (px), as soon as the others' ends are known.
   * @param {Point} end @param {string} text @param {string} colour
   */
  label([x, y], text, colour, pale = false) {
    this.labels.push({ x, y, text, colour, pale });
  }

  /** The labels where each begins on its line of type, none over another. @returns {Label[]} */
  placed() {
    if (!this.labels.length) return [];
    const { context, size } = this;
    this.type(600);
    const widths = new Map(
      this.labels.map((label) => [label, context.measureText(label.text).width]),
    );
    // Right of the end; left of it where there is no room.
    const left = (/** @type {Label} */ label) => {
      const [x, width] = [label.x, widths.get(label) ?? 0];
      const gap = 9 * this.growth;
      return x + gap + width > this.width + this.room ? x - gap - width : x + gap;
    };
    const labels = this.labels.map((label) => ({ ...label, x: left(label) }));
    return columns(labels, Math.max(...widths.values()) + 10).flatMap((column) => {
      const inside = column[0].x < this.width ? 1.35 * size : 0;
      const [above, below] = [inside * this.corner.high, inside * this.corner.low];
      const wanted = column.map(({ y }) => y - size / 2 - above);
      const places = spread(wanted, 1.15 * size, this.height - size - above - below);
      return column.map((label, i) => ({ ...label, y: places[i] + above + 0.85 * size }));
    });
  }

  /** Write the labels. */
  writeLabels() {
    this.context.textAlign = "left";
    for (const { text, x, y, colour, pale } of this.placed()) {
      this.outlined(text, x, y, colour, pale ? PALE.name : 1);
    }
  }

  /**
   * Text that can be read over lines.
   * @param {string} text @param {number} x @param {number} y @param {string} colour
   */
  outlined(text, x, y, colour, opacity = 1) {
    const { context } = this;
    context.lineJoin = "round";
    context.lineWidth = 3 * this.growth;
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
    for (const value of roundValues(this.yRange, this.height)) {
      context.fillRect(0, Math.round(this.y(value)), this.width, this.growth);
    }
  }

  /**
   * The numbers beside a y-axis that the camera has moved, and its title; in a small chart, which
   * has no room for them, inside the axes.
   * @param {Plotly.Title} title
   */
  numbers(title) {
    const { context, size } = this;
    const inside = this.margin < 4 * size;
    this.type(400);
    context.textAlign = inside ? "left" : "right";
    let widest = 0;
    for (const value of roundValues(this.yRange, this.height)) {
      const y = Math.round(this.y(value));
      const text = numbered(value);
      context.fillStyle = this.theme.line;
      context.fillRect(-6, y, 5, 1);
      context.fillStyle = this.theme.text;
      context.fillText(text, inside ? 3 : -8, y + 0.35 * size);
      widest = Math.max(widest, context.measureText(text).width);
    }
    if (inside) return;
    context.save();
    context.translate(-(widest + 15 + 0.3 * size), this.height / 2);
    context.rotate(-Math.PI / 2);
    context.font = `400 ${title.font.size}px ${this.theme.font}`;
    context.textAlign = "center";
    context.fillText(title.text, 0, 0);
    context.restore();
  }
}
