// Draws and writes on a canvas in data coordinates.

import { numbered, steps } from "../ticks.js";
import { columns, spread } from "./labels.js";
import { Strokes } from "./strokes.js";

/** @import {Point} from "./clip.js" */
/** @import {Label} from "./labels.js" */

export class Pen extends Strokes {
  /** @type {Label[]} */
  labels = [];

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
