// The loss of every run by epoch, with the forecast as a faint line.

import { colourOf, lineOf, PALE, strokeOf } from "../../colours.js";
import { number } from "../../format.js";
import { hover, plotlyText, scatter } from "../../layout.js";
import { later, say } from "../../words.js";
import { spelled } from "../experiment/outcome.js";
import { LossPlane } from "./loss_plane.js";
import { annotations, write } from "./notes.js";

/** @import {Point} from "./clip.js" */
/** @import {Pen} from "./pen.js" */
/** @import {DrawnRun} from "./figure.js" */

export class LossFigure extends LossPlane {
  title = later("Loss by epoch");

  /** @param {number} index @param {[number, number]} [size] */
  layout(index, size) {
    const { yLog } = this;
    const yRange = yLog ? this.range().map(Math.log10) : this.range();
    const epochs = this.epochAxis(size && size[0] / this.theme.size);
    const layout = this.frame(say(this.title), epochs, {
      title: this.along(size),
      type: yLog ? "log" : "linear",
      range: yRange,
      ...this.lossLabels(yRange, size),
    });
    layout.annotations = annotations(this.notes(index, [], []), this.theme);
    return layout;
  }

  /** The forecasts, and what was before. @returns {Plotly.Trace[]} */
  fixed() {
    if (this.display.withheld) return this.ghost();
    const forecasts = this.runs().map(([run, r]) => {
      const line = { color: colourOf(run, this.theme), width: 1.5, dash: "2px,3px" };
      return scatter("lines", this.predicted(r), { line, opacity: 0.55, hoverinfo: "skip" });
    });
    return [...forecasts, ...this.ghost()];
  }

  /** The curves that were before. @returns {Plotly.Trace[]} */
  ghost() {
    const { before } = this;
    const { ghost } = this.scene;
    if (!before || !ghost) return [];
    return before.runs().map(([run, r]) => {
      const line = { ...lineOf(run, this.theme), width: 5 };
      const how = { name: ghost.names[r], line, opacity: PALE.line, hoverinfo: "name" };
      return scatter("lines", before.points(r, ghost.index), how);
    });
  }

  /** The forecast of a run up to where it overflows. @param {number} r */
  predicted(r) {
    const { recorded, forecast, forecastAbove } = this.scene;
    const all = this.display.y === "above" ? forecastAbove : forecast;
    const losses = all.subarray(r * recorded.length, (r + 1) * recorded.length);
    const gap = losses.findIndex((value) => !Number.isFinite(value));
    const seen = recorded.subarray(0, gap < 0 ? losses.length : gap);
    return Array.from(seen, (epoch, k) => [this.at(epoch), losses[k]]);
  }

  /** The points of a run's curve, up to a snapshot. @param {number} r @param {number} index */
  points(r, index) {
    const length = this.trajectory.lastFinite(r, index) + 1;
    return Array.from({ length }, (_, k) => this.place(r, k));
  }

  /** @param {number} index @returns {Plotly.Trace[]} */
  resting(index) {
    return this.runs().flatMap(([run, r]) => [
      this.curve(run, r, index),
      this.end(run, r, index),
      ...this.changeMarks(run, r, index),
    ]);
  }

  /** @param {DrawnRun} run @param {number} r @param {number} index */
  curve(run, r, index) {
    const { epoch, loss } = this.trajectory;
    const points = this.points(r, index);
    const unit = this.scene.unit ? ` ${plotlyText(this.scene.unit)}` : "";
    return scatter("lines", points, {
      name: run.label,
      customdata: points.map((_, k) => [epoch[k], loss[r][k]]),
      line: lineOf(run, this.theme),
      hovertemplate: hover(
        this.name(run),
        say("epoch {epoch}", { epoch: "%{customdata[0]}" }),
        say("loss {loss}", { loss: `%{customdata[1]:.6~g}${unit}` }),
      ),
    });
  }

  /**
   * The mark at a curve's end: a dot, a cross where it overflowed, and where the curve has left the
   * picture an arrow at the edge, as neither would stand at its value.
   * @param {DrawnRun} run @param {number} r @param {number} index
   */
  end(run, r, index) {
    const { epoch, loss, stops } = this.trajectory;
    const last = this.trajectory.lastFinite(r, index);
    const overflowed = this.trajectory.overflowed(r, index);
    const exit = last < 0 ? null : this.exit(r, last, this.range()[1]);
    const at = { epoch: epoch[last], loss: number(loss[r][last] ?? NaN) };
    let said = say("epoch {epoch}<br>loss {loss}", at);
    if (stops[r] <= index) said = say("stopped at epoch {epoch}<br>loss {loss}", at);
    if (overflowed) said = say("overflowed after epoch {epoch}, last finite loss {loss}", at);
    const points = last < 0 ? [] : [exit ?? this.place(r, last)];
    return scatter("markers", points, {
      customdata: [[epoch[last], loss[r][last]]],
      cliponaxis: false,
      marker: {
        color: colourOf(run, this.theme),
        size: exit || overflowed ? 11 : this.only === null ? 9 : 6,
        symbol: exit ? "triangle-up" : overflowed ? "x" : "circle",
      },
      hovertemplate: hover(this.name(run), said),
    });
  }

  /**
   * Where a run's learning rate changes.
   * @param {DrawnRun} run @param {number} r @param {number} index
   */
  changeMarks(run, r, index) {
    if (!run.changes.length) return [];
    const indices = this.changes(run, r, index);
    const points = indices.map((k) => this.place(r, k));
    const [color, at] = [colourOf(run, this.theme), { epoch: "%{customdata[0]}" }];
    const changes = scatter("markers", points, {
      customdata: indices.map((k) => [this.trajectory.epoch[k]]),
      marker: { symbol: "circle-open", size: 14, color, line: { width: 2 } },
      hovertemplate: hover(say("the learning rate changes at epoch {epoch}", at)),
    });
    return [changes];
  }

  /**
   * The snapshots at which a run's learning rate changes, up to one.
   * @param {DrawnRun} run @param {number} r @param {number} index
   */
  changes(run, r, index) {
    const last = this.trajectory.lastFinite(r, index);
    return run.changes
      .map((epoch) => this.trajectory.indexAt(epoch))
      .filter((k) => k > 0 && k <= last);
  }

  /** @param {Pen} pen @param {number} position */
  trail(pen, position) {
    for (const [run, r] of this.runs()) {
      const last = this.trajectory.lastFinite(r, Math.floor(position));
      pen.grow(r, last, (k) => this.place(r, k), strokeOf(run, this.theme));
    }
  }

  /** @param {Pen} pen @param {number} position */
  draw(pen, position) {
    for (const [run, r] of this.runs()) this.drawEnd(pen, run, r, position);
    this.foresee(pen);
    this.names(pen, position);
    write(pen, this.notes(Math.floor(position), pen.xRange, pen.yRange));
  }

  /** @param {Pen} pen @param {DrawnRun} run @param {number} r @param {number} position */
  drawEnd(pen, run, r, position) {
    const colour = colourOf(run, this.theme);
    const index = Math.floor(position);
    const last = this.trajectory.tip(r, position);
    if (last < 0) return;
    const spot = this.spot(r, last);
    if (last > index) pen.tip(r, this.place(r, index), spot, strokeOf(run, this.theme));
    const exit = this.exit(r, last, pen.yRange[1]);
    if (exit) pen.arrow(pen.x(exit[0]), colour);
    else if (this.trajectory.overflowed(r, index)) pen.cross(...spot, colour);
    else pen.dot(...spot, colour);
    for (const k of this.changes(run, r, index)) pen.ring(...this.place(r, k), colour);
  }

  /**
   * Where a curve ends, or leaves the picture.
   * @param {number} r @param {number} last @param {Pen} pen @returns {Point | null}
   */
  endOf(r, last, pen) {
    const exit = this.exit(r, last, pen.yRange[1]);
    const [x, y] = exit ?? this.spot(r, last);
    const [px, py] = [pen.x(x), exit ? 7 : pen.y(y)];
    return px >= 0 && px <= pen.width + 1 && py >= 0 && py <= pen.height ? [px, py] : null;
  }

  /**
   * Point out an epoch on the resting curves.
   * @param {Pen} pen @param {number} index
   */
  point(pen, index) {
    pen.vertical(this.at(this.trajectory.epoch[index]), this.theme.line);
    for (const [run, r] of this.runs()) {
      pen.dot(...this.place(r, this.trajectory.reached(r, index)), colourOf(run, this.theme), 5.5);
    }
  }

  /** @param {number} index */
  describe(index) {
    const { epoch, loss } = this.trajectory;
    const losses = this.told(index, (r, at) => spelled(loss[r][at], 6));
    return say("Loss by epoch, up to epoch {epoch}. {losses}", { epoch: epoch[index], losses });
  }
}
