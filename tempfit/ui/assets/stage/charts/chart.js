// One chart: Plotly draws data, axes and what rests; canvases over its axes draw what moves.
// This file, layer.js and strokes.js alone touch Plotly's inner axes (plotly.js is pinned).

import { element } from "../../elements.js";
import { config, grown } from "../../layout.js";
import { mostTicks } from "../../ticks.js";
import { Layer } from "./layer.js";

/** @import {Pen} from "./pen.js" */
/** @import {Grown} from "./strokes.js" */
/** @import {Drawable} from "./figure.js" */

/** @typedef {{ hover?: (epoch: number | undefined) => void, unhover?: () => void }} Pointing */

export class Chart {
  /**
   * @param {HTMLElement} place an element to fill
   * @param {Drawable} figure @param {Plotly.Library} plotly @param {Pointing} on
   */
  constructor(place, figure, plotly, on = {}) {
    this.place = place;
    this.figure = figure;
    this.plotly = plotly;
    this.on = on;
    this.plot = /** @type {Plotly.Plot} */ (element("div", { className: "tempfit-plot" }));
    // Two canvases: what grows is kept and added to, what moves is painted anew in every frame.
    this.trail = new Layer();
    this.layer = new Layer();
    place.replaceChildren(this.plot, this.trail.canvas, this.layer.canvas);
    this.revision = 0;
    this.moving = false;
    this.drawn = false;
    this.zoomed = false; // by the viewer
    /** @type {{ revision: string, ranges: number[][] } | null} */
    this.given = null; // what Plotly was last given to show
    this.position = 0;
    /** @type {{ on: string, index: number, lines: Grown } | null} */
    this.grown = null;
  }

  get theme() {
    return this.figure.display.theme;
  }

  /** Show another figure, any zoom forgotten. @param {Drawable} figure */
  replace(figure) {
    this.figure = figure;
    this.revision++;
  }

  /** The chart's axes as Plotly has them, or null before the first drawing. */
  axes() {
    const layout = this.plot._fullLayout;
    return typeof layout?.xaxis?.d2p === "function" ? layout : null;
  }

  /** Hand over to Plotly, with hover: everything at a snapshot. @param {number} index */
  async rest(index) {
    const { clientWidth: width, clientHeight: height } = this.plot;
    if (width < 120 || height < 60) return; // while the page is being laid out
    const layout = this.layout(index, width, height);
    const fixed = this.figure.fixed();
    const traces = grown([...fixed, ...this.figure.resting(index)], layout.font.size);
    this.drawing = this.plotly.react(this.plot, traces, layout, config());
    await this.drawing;
    if (!this.plot.isConnected) return;
    if (!this.drawn) this.listen();
    this.place.setAttribute("aria-label", this.figure.describe(index));
    this.tagResting(fixed.length);
    this.position = index;
    this.unpoint();
  }

  /** @param {number} index @param {number} width @param {number} height */
  layout(index, width, height) {
    const { x, y, surfaceScale } = this.figure.display;
    // A zoom survives playback, but not other axes.
    const uirevision = `${this.revision} ${x} ${y} ${surfaceScale}`;
    const axes = this.axes(); // what is around them grows with the type
    const grown = axes ? this.theme.size / axes.font.size : 1;
    const [across, up] = axes
      ? [axes.width - axes.xaxis._length, axes.height - axes.yaxis._length]
      : [100, 80];
    /** @type {[number, number]} */
    const size = [width - grown * across, height - grown * up];
    const layout = this.figure.layout(index, size);
    Object.assign(layout, { width, height, uirevision });
    layout.xaxis.nticks ??= mostTicks(size[0], layout.font.size, 5.7, 1.5);
    layout.yaxis.nticks ??= mostTicks(size[1], layout.font.size);
    const { given } = this;
    if (this.zoomed && given?.revision === uirevision) {
      // Plotly keeps a zoom as long as it is given the same ranges.
      [layout.xaxis.range, layout.yaxis.range] = given.ranges.map((range) => [...range]);
    } else {
      const ranges = [[...layout.xaxis.range], [...layout.yaxis.range]];
      Object.assign(this, { zoomed: false, given: { revision: uirevision, ranges } });
    }
    return layout;
  }

  /** Follow what is done to the plot, once there is one. */
  listen() {
    this.drawn = true;
    // Zoomed or panned while playing: the next frame reads the axes anew; at rest the traces
    // follow by themselves, and the names at their ends have to.
    const follow = () => {
      const axes = this.axes();
      if (!axes || !this.given) return;
      const [x, y] = this.given.ranges;
      this.zoomed = !same(axes.xaxis.range, x) || !same(axes.yaxis.range, y);
      if (this.moving) this.frame(this.position);
      else this.unpoint();
    };
    this.plot.on("plotly_relayout", follow);
    this.plot.on("plotly_relayouting", follow);
    this.plot.on("plotly_hover", ({ points }) => this.on.hover?.(points[0].customdata?.[0]));
    this.plot.on("plotly_unhover", () => this.on.unhover?.());
    // Plotly itself would come back to what it was given first, wherever the camera is by now.
    this.plot.on("plotly_doubleclick", async () => {
      const { moving, position } = this;
      this.replace(this.figure);
      await this.rest(Math.floor(position));
      if (moving) this.frame(position);
    });
  }

  /** Where the axes lie in the chart and what they show, with the ways to the data and back. */
  scale() {
    const axes = this.axes();
    if (!axes) return null;
    const { xaxis, yaxis } = axes;
    const [left, top] = [xaxis._offset, yaxis._offset];
    return {
      across: [left, xaxis._length],
      down: [top, yaxis._length],
      ranges: [xaxis, yaxis].map((axis) => axis.range.map((end) => axis.l2d(end))),
      toData: (/** @type {number} */ px, /** @type {number} */ py) => [
        xaxis.p2d(px - left),
        yaxis.p2d(py - top),
      ],
      toPixel: (/** @type {number} */ x, /** @type {number} */ y) => [
        left + xaxis.d2p(x),
        top + yaxis.d2p(y),
      ],
    };
  }

  /** Mark the traces that the canvas stands in for while things move. @param {number} fixed */
  tagResting(fixed) {
    for (const trace of this.plot.querySelectorAll(".scatterlayer > .trace")) {
      // The datum that Plotly's own d3 has bound to the element.
      const [{ trace: bound }] = /** @type {any} */ (trace).__data__;
      trace.classList.toggle("resting", bound.index >= fixed);
    }
  }

  /** Paint what is at a position, with the resting traces out of sight. @param {number} position */
  frame(position) {
    this.position = position;
    const axes = this.axes();
    if (!axes) return;
    if (this.figure.trail) this.grow(position);
    const camera = this.camera(position, axes);
    this.paint((pen) => this.figure.draw(pen, position), camera);
    this.moving = true;
    this.plot.classList.add("moving");
    this.plot.classList.toggle("travelling", camera !== null);
  }

  /**
   * The range of the y-axis where that is another than Plotly has drawn, else null. The viewer's
   * own zoom is left alone.
   * @param {number} position @param {Plotly.FullLayout} axes
   */
  camera(position, axes) {
    const wanted = this.zoomed ? null : (this.figure.camera?.(position) ?? null);
    return wanted && !same(wanted, axes.yaxis.range) ? wanted : null;
  }

  /** Point out a snapshot, on the curves or by showing what then was. @param {number} index */
  point(index) {
    const { figure, position } = this;
    if (!figure.point) {
      this.frame(index);
      this.position = position;
      return;
    }
    this.paint((pen) => {
      figure.point?.(pen, index);
      figure.names?.(pen, position);
    });
  }

  /** Stop pointing out, and show what rests. */
  unpoint() {
    this.moving = false;
    this.plot.classList.remove("moving", "travelling");
    this.trail.clear();
    this.grown = null;
    this.paint((pen) => this.figure.names?.(pen, this.position));
  }

  /**
   * Call `draw` with a pen on the cleared canvas, if there are axes to draw in.
   * @param {(pen: Pen) => void} draw @param {number[] | null} camera
   */
  paint(draw, camera = null) {
    const axes = this.axes();
    if (!axes) return;
    this.layer.fit(axes);
    this.layer.clear();
    const lines = this.grown?.lines ?? new Map();
    this.layer.draw(axes, this.theme, (pen) => draw(pen.growing(lines)), camera);
  }

  /**
   * Add to the trail what has grown; paint all of it after a step back, and on other axes.
   * @param {number} position
   */
  grow(position) {
    const axes = this.axes();
    if (!axes) return;
    const { width, height, xaxis, yaxis } = axes;
    const on = `${width} ${height} ${xaxis.range} ${yaxis.range}`;
    const index = Math.floor(position);
    if (this.grown?.on !== on || index < this.grown.index) {
      this.grown = { on, index, lines: new Map() };
      this.trail.fit(axes);
      this.trail.clear();
    }
    const { figure, grown, theme } = this;
    grown.index = index;
    this.trail.draw(axes, theme, (pen) => figure.trail?.(pen.growing(grown.lines), index));
  }

  /** Let go of the plot, once it is not being drawn: Plotly does not expect that. */
  async destroy() {
    await this.drawing;
    this.plotly.purge(this.plot);
  }
}

/**
 * Whether two ranges are the same, but for rounding.
 * @param {number[]} one @param {number[]} other
 */
function same(one, other) {
  const slack = 1e-6 * Math.abs(other[1] - other[0]);
  return one.every((end, i) => Math.abs(end - other[i]) <= slack);
}
