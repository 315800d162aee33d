// A canvas over a chart, to draw on inside its axes.

import { canvasContext } from "../../theme.js";
import { Pen } from "./pen.js";

/** @import {Theme} from "../../theme.js" */

export class Layer {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.context = canvasContext(this.canvas);
    this.ratio = 1;
  }

  /** Take the chart's size, in the pixels of the screen. @param {Plotly.FullLayout} layout */
  fit({ width, height }) {
    const { canvas } = this;
    this.ratio = window.devicePixelRatio || 1;
    const [across, down] = [Math.round(width * this.ratio), Math.round(height * this.ratio)];
    if (canvas.width === across && canvas.height === down) return;
    [canvas.width, canvas.height] = [across, down];
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }

  clear() {
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /**
   * What `paint` names with a pen, and where in the chart that would be written.
   * @param {Plotly.FullLayout} layout @param {Theme} theme @param {(pen: Pen) => void} paint
   */
  named(layout, theme, paint) {
    const pen = new Pen(this.context, layout, theme, null);
    paint(pen);
    const { _offset: left } = layout.xaxis;
    const { _offset: top } = layout.yaxis;
    return pen.placed().map((label) => ({ ...label, x: label.x + left, y: label.y + top }));
  }

  /**
   * Call `paint` with a pen that keeps to the axes; what is written stands beside them too.
   * @param {Plotly.FullLayout} layout @param {Theme} theme @param {(pen: Pen) => void} paint
   * @param {number[] | null} camera
   */
  draw(layout, theme, paint, camera = null) {
    const { context, ratio } = this;
    const { xaxis, yaxis } = layout;
    const pen = new Pen(context, layout, theme, camera);
    context.save();
    context.scale(ratio, ratio);
    context.translate(xaxis._offset, yaxis._offset);
    context.save();
    context.beginPath();
    context.rect(0, 0, xaxis._length, yaxis._length);
    context.clip();
    if (camera) pen.grid();
    paint(pen);
    context.restore();
    if (camera) pen.numbers(yaxis.title);
    pen.writeLabels();
    context.restore();
  }
}
