// One chart: Plotly draws data, axes and what rests; a canvas over its axes draws what moves.
// The only file that touches Plotly's inner axis objects (plotly.js is pinned with plotly).

const CONFIG = {
  displaylogo: false,
  responsive: false, // the stage resizes its charts itself, with their canvases
  displayModeBar: false,
  doubleClick: "reset",
};

export class Chart {
  /**
   * @param {HTMLElement} place an element to fill
   * @param {View} view what is shown: `layout(theme, index)`, `fixed(theme)` and
   *   `resting(theme, index)` give Plotly its layout and traces, `draw(pen, index, theme)` paints
   *   a frame, `trail(pen, index, theme)`, if there is one, what only grows from frame to frame,
   *   `point(pen, index, theme)`, if there is one, points out a snapshot
   * @param {object} on handlers: `hover(epoch)` and `unhover()`
   */
  constructor(place, view, Plotly, on) {
    this.view = view;
    this.on = on;
    this.Plotly = Plotly;
    this.plot = document.createElement("div");
    this.plot.className = "tempfit-plot";
    // Two canvases: what grows is kept and added to, what moves is painted anew in every frame.
    this.trail = new Layer();
    this.layer = new Layer();
    this.place = place;
    place.replaceChildren(this.plot, this.trail.canvas, this.layer.canvas);
    this.moving = false;
    this.drawn = false;
  }

  /** Show another view, any zoom forgotten. */
  replace(view) {
    this.view = view;
    this.revision = (this.revision ?? 0) + 1;
  }

  /** Hand over to Plotly: everything at a snapshot as real traces, with hover. */
  async rest(index, theme) {
    const { clientWidth: width, clientHeight: height } = this.plot;
    if (!width || !height) return;
    const { x, y } = this.view.display;
    // A zoom survives playback, but not other axes.
    const uirevision = `${this.revision} ${x} ${y}`;
    const layout = { ...this.view.layout(theme, index), width, height, uirevision };
    const traces = [...this.view.fixed(theme), ...this.view.resting(theme, index)];
    this.drawing = this.Plotly.react(this.plot, traces, layout, CONFIG);
    await this.drawing;
    if (!this.plot.isConnected) return;
    if (!this.drawn) {
      this.drawn = true;
      // Zoomed or panned while playing: the next frame reads the axes anew; at rest the
      // traces follow by themselves.
      this.plot.on("plotly_relayout", () => this.moving && this.frame(this.lastIndex, this.theme));
      this.plot.on("plotly_hover", ({ points }) => this.on.hover(points[0].customdata?.[0]));
      this.plot.on("plotly_unhover", () => this.on.unhover());
    }
    this.place.setAttribute("aria-label", this.view.describe(index));
    this.tagResting(this.view.fixed(theme).length);
    this.unpoint();
  }

  /** Where the axes lie in the chart and what they show, with the ways to the data and back. */
  scale() {
    const { xaxis, yaxis } = this.plot._fullLayout ?? {};
    if (!xaxis?.p2d) return null;
    const [left, top] = [xaxis._offset, yaxis._offset];
    return {
      across: [left, xaxis._length],
      down: [top, yaxis._length],
      ranges: [xaxis, yaxis].map((axis) => axis.range.map((end) => axis.l2d(end))),
      toData: (px, py) => [xaxis.p2d(px - left), yaxis.p2d(py - top)],
      toPixel: (x, y) => [left + xaxis.d2p(x), top + yaxis.d2p(y)],
    };
  }

  /** Mark the traces that the canvas stands in for while things move. */
  tagResting(fixed) {
    for (const trace of this.plot.querySelectorAll(".scatterlayer > .trace")) {
      trace.classList.toggle("resting", trace.__data__[0].trace.index >= fixed);
    }
  }

  /** Paint a snapshot on the canvas, with the resting traces out of sight. */
  frame(index, theme) {
    this.lastIndex = index;
    this.theme = theme;
    if (!this.paint(theme, (pen) => this.view.draw(pen, index, theme))) return;
    if (this.view.trail) this.grow(index, theme);
    if (!this.moving) {
      this.moving = true;
      this.plot.classList.add("moving");
    }
  }

  /** Point out a snapshot: on the resting curves, or by showing what then was. */
  point(index, theme) {
    if (this.view.point) this.paint(theme, (pen) => this.view.point(pen, index, theme));
    else this.frame(index, theme);
  }

  /** Stop pointing out. */
  unpoint() {
    this.moving = false;
    this.plot.classList.remove("moving");
    this.layer.clear();
    this.trail.clear();
    this.grown = null;
  }

  /** Call `draw` with a pen on the cleared canvas; return whether there are axes to draw in. */
  paint(theme, draw) {
    const axes = this.plot._fullLayout;
    if (!axes?.xaxis?.d2p) return false;
    this.layer.fit(axes);
    this.layer.clear();
    this.layer.draw(axes, theme, draw);
    return true;
  }

  /** Add to the trail what has grown; paint all of it after a step back, and on other axes. */
  grow(index, theme) {
    const axes = this.plot._fullLayout;
    const { width, height, xaxis, yaxis } = axes;
    const on = `${width} ${height} ${xaxis.range} ${yaxis.range}`;
    if (this.grown?.on !== on || index < this.grown.index) {
      this.grown = { on, lines: new Map() };
      this.trail.fit(axes);
      this.trail.clear();
    }
    this.grown.index = index;
    this.trail.draw(axes, theme, (pen) =>
      this.view.trail(pen.growing(this.grown.lines), index, theme),
    );
  }

  /** Let go of the plot, once it is not being drawn: Plotly does not expect that. */
  async destroy() {
    await this.drawing;
    this.Plotly.purge(this.plot);
  }
}

/** A canvas over a chart, to draw on inside the axes. */
class Layer {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.setAttribute("aria-hidden", "true");
    this.context = this.canvas.getContext("2d");
  }

  /** Take the chart's size, in the pixels of the screen. */
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

  /** Call `paint` with a pen. */
  draw({ xaxis, yaxis }, theme, paint) {
    const { context, ratio } = this;
    context.save();
    context.scale(ratio, ratio);
    context.translate(xaxis._offset, yaxis._offset);
    context.beginPath();
    context.rect(0, 0, xaxis._length, yaxis._length);
    context.clip();
    paint(new Pen(context, xaxis, yaxis, theme.font));
    context.restore();
  }
}

/** Draws in data coordinates inside a chart's axes, linear or logarithmic. */
class Pen {
  constructor(context, xaxis, yaxis, font) {
    this.context = context;
    this.font = font;
    this.width = xaxis._length;
    this.height = yaxis._length;
    this.x = (value) => xaxis.d2p(value);
    this.y = (value) => yaxis.d2p(value);
    this.xRange = xaxis.range.map((end) => xaxis.l2d(end));
    this.yRange = yaxis.range.map((end) => yaxis.l2d(end));
  }

  /** This pen, to continue lines of which `lines` holds how far they have come. */
  growing(lines) {
    return Object.assign(this, { lines });
  }

  /** Continue the line named `key` to the point `at(last)`. */
  grow(key, last, at, style) {
    const { end, length } = this.lines.get(key) ?? { end: 0, length: 0 };
    if (last <= end) return;
    const added = this.line(last, at, style, { first: end, length });
    this.lines.set(key, { end: last, length: length + added });
  }

  /**
   * A line through points `at(first)` … `at(last)`, each [x, y]; it ends at a gap. Dashes go on
   * after `length`. Return the length of what was drawn.
   */
  line(last, at, style, { first = 0, length = 0 } = {}) {
    const { context } = this;
    const box = [-this.width, -this.height, 2 * this.width, 2 * this.height];
    context.beginPath();
    let from = null;
    let connected = false;
    let drawn = 0;
    for (let index = first; index <= last; index++) {
      const [x, y] = at(index);
      const to = [this.x(x), this.y(y)];
      if (!Number.isFinite(to[0]) || !Number.isFinite(to[1])) break;
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

  dot(x, y, colour, radius = 4.5) {
    const [px, py] = [this.x(x), this.y(y)];
    if (!Number.isFinite(px) || !Number.isFinite(py)) return;
    this.context.beginPath();
    this.context.arc(px, py, radius, 0, 2 * Math.PI);
    this.context.fillStyle = colour;
    this.context.fill();
  }

  ring(x, y, colour) {
    this.context.beginPath();
    this.context.arc(this.x(x), this.y(y), 7, 0, 2 * Math.PI);
    this.context.strokeStyle = colour;
    this.context.lineWidth = 2;
    this.context.stroke();
  }

  /** A line from bottom to top at an x. */
  vertical(x, colour) {
    const px = this.x(x);
    this.context.fillStyle = colour;
    this.context.fillRect(px - 0.5, 0, 1, this.height);
  }

  /** A note in the picture's upper corner, the `place`th from above. */
  note(text, colour, place) {
    const { context } = this;
    context.font = `600 13px ${this.font}`;
    context.textAlign = "right";
    context.fillStyle = colour;
    context.fillText(text, this.width - 6, 18 + 17 * place);
  }

  /** A cross at a point, moved to the picture's edge if it lies outside. */
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

/** The part of a segment inside a box [left, top, right, bottom] (Liang and Barsky), or null. */
function clipped([x0, y0], [x1, y1], [left, top, right, bottom]) {
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
  const at = (share) => [x0 + share * dx, y0 + share * dy];
  return { start: at(start), end: at(end), enters: start > 0 };
}
