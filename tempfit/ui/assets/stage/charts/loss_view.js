// The loss of every run by epoch, with the forecast as a faint line.

import { colourOf, lineOf, strokeOf } from "../../colours.js";
import { number } from "../../format.js";
import { hover, literal } from "../../layout.js";
import { lossTicks } from "../../ticks.js";
import { later, say } from "../../words.js";
import { spelled } from "../experiment/outcome.js";
import { LossAxes } from "./loss_axes.js";
import { annotations, write } from "./notes.js";

/** @import {Theme} from "../../theme.js" */
/** @import {Point} from "./clip.js" */
/** @import {Pen} from "./pen.js" */
/** @import {DrawnRun} from "./view.js" */

const PALE = 0.25; // what was before

export class LossView extends LossAxes {
  title = later("Loss by epoch");

  /** @param {Theme} theme @param {number} index @param {[number, number]} [size] */
  layout(theme, index, size) {
    const { yLog } = this;
    const yRange = yLog ? this.range().map(Math.log10) : this.range();
    const epochs = this.epochAxis(size && size[0] / theme.size);
    const layout = this.frame(theme, say(this.title), epochs, {
      title: this.along(theme, size),
      type: yLog ? "log" : "linear",
      range: yRange,
      ...(yLog ? lossTicks(yRange[0], yRange[1]) : { exponentformat: "power" }),
    });
    layout.annotations = annotations(this.notes(index, [], []), theme);
    return layout;
  }

  /** The forecasts, and what was before. @param {Theme} theme @returns {Plotly.Trace[]} */
  fixed(theme) {
    if (this.display.withheld) return this.ghost(theme);
    const forecasts = this.runs().map(([run, r]) => {
      const { epochs, loss } = this.predicted(r);
      return {
        type: "scatter",
        mode: "lines",
        x: epochs.map((epoch) => this.at(epoch)),
        y: loss,
        line: { color: colourOf(run, theme), width: 1.5, dash: "2px,3px" },
        opacity: 0.55,
        hoverinfo: "skip",
        showlegend: false,
      };
    });
    return [...forecasts, ...this.ghost(theme)];
  }

  /** The curves that were before. @param {Theme} theme @returns {Plotly.Trace[]} */
  ghost(theme) {
    const { before } = this;
    const { ghost } = this.scene;
    if (!before || !ghost) return [];
    return before.runs().map(([run, r]) => {
      const { x, y, line } = before.curve(run, r, ghost.index, theme);
      return {
        type: "scatter",
        mode: "lines",
        name: ghost.names[r],
        x,
        y,
        line: { ...line, width: 5 },
        opacity: PALE,
        hoverinfo: "name",
      };
    });
  }

  /** The forecast of a run up to where it overflows. @param {number} r */
  predicted(r) {
    const { recorded, forecast, forecastAbove } = this.scene;
    const all = this.display.y === "above" ? forecastAbove : forecast;
    const losses = all.subarray(r * recorded.length, (r + 1) * recorded.length);
    const gap = losses.findIndex((value) => !Number.isFinite(value));
    const count = gap < 0 ? losses.length : gap;
    return {
      epochs: Array.from(recorded.subarray(0, count)),
      loss: Array.from(losses.subarray(0, count)),
    };
  }

  /** @param {Theme} theme @param {number} index @returns {Plotly.Trace[]} */
  resting(theme, index) {
    return this.runs().flatMap(([run, r]) => [
      this.curve(run, r, index, theme),
      this.end(run, r, index, theme),
      ...this.changeMarks(run, r, index, theme),
    ]);
  }

  /** @param {DrawnRun} run @param {number} r @param {number} index @param {Theme} theme */
  curve(run, r, index, theme) {
    const { epoch, loss } = this.trajectory;
    const last = this.trajectory.lastFinite(r, index);
    const places = Array.from({ length: last + 1 }, (_, k) => this.place(r, k));
    const unit = this.scene.unit ? ` ${literal(this.scene.unit)}` : "";
    return {
      type: "scatter",
      mode: "lines",
      name: run.label,
      x: places.map(([x]) => x),
      y: places.map(([, y]) => y),
      customdata: places.map((_, k) => [epoch[k], loss[r][k]]),
      line: lineOf(run, theme),
      hovertemplate: hover(
        this.name(run),
        say("epoch {epoch}", { epoch: "%{customdata[0]}" }),
        say("loss {loss}", { loss: `%{customdata[1]:.6~g}${unit}` }),
      ),
    };
  }

  /**
   * The mark at a curve's end: a dot, a cross where it overflowed, and where the curve has left the
   * picture an arrow at the edge, as neither would stand at its value.
   * @param {DrawnRun} run @param {number} r @param {number} index @param {Theme} theme
   */
  end(run, r, index, theme) {
    const { epoch, loss, stops } = this.trajectory;
    const last = this.trajectory.lastFinite(r, index);
    const overflowed = this.trajectory.overflowed(r, index);
    const exit = last < 0 ? null : this.exit(r, last, this.range()[1]);
    const at = { epoch: epoch[last], loss: number(loss[r][last] ?? NaN) };
    let said = say("epoch {epoch}<br>loss {loss}", at);
    if (stops[r] <= index) said = say("stopped at epoch {epoch}<br>loss {loss}", at);
    if (overflowed) said = say("overflowed after epoch {epoch}, last finite loss {loss}", at);
    const [x, y] = exit ?? (last < 0 ? [] : this.place(r, last));
    return {
      type: "scatter",
      mode: "markers",
      x: last < 0 ? [] : [x],
      y: last < 0 ? [] : [y],
      customdata: [[epoch[last], loss[r][last]]],
      cliponaxis: false,
      showlegend: false,
      marker: {
        color: colourOf(run, theme),
        size: exit || overflowed ? 11 : this.only === null ? 9 : 6,
        symbol: exit ? "triangle-up" : overflowed ? "x" : "circle",
      },
      hovertemplate: hover(this.name(run), said),
    };
  }

  /**
   * Where a run's learning rate changes.
   * @param {DrawnRun} run @param {number} r @param {number} index @param {Theme} theme
   */
  changeMarks(run, r, index, theme) {
    if (!run.changes.length) return [];
    const indices = this.changes(run, r, index);
    const places = indices.map((k) => this.place(r, k));
    const [color, at] = [colourOf(run, theme), { epoch: "%{customdata[0]}" }];
    return [
      {
        type: "scatter",
        mode: "markers",
        x: places.map(([x]) => x),
        y: places.map(([, y]) => y),
        customdata: indices.map((k) => [this.trajectory.epoch[k]]),
        marker: { symbol: "circle-open", size: 14, color, line: { width: 2 } },
        showlegend: false,
        hovertemplate: hover(say("the learning rate changes at epoch {epoch}", at)),
      },
    ];
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

  /** @param {Pen} pen @param {number} position @param {Theme} theme */
  trail(pen, position, theme) {
    for (const [run, r] of this.runs()) {
      const last = this.trajectory.lastFinite(r, Math.floor(position));
      pen.grow(r, last, (k) => this.place(r, k), strokeOf(run, theme));
    }
  }

  /** @param {Pen} pen @param {number} position @param {Theme} theme */
  draw(pen, position, theme) {
    for (const [run, r] of this.runs()) this.drawEnd(pen, run, r, position, theme);
    this.foresee(pen, theme);
    this.names(pen, position, theme);
    write(pen, this.notes(Math.floor(position), pen.xRange, pen.yRange), theme);
  }

  /**
   * @param {Pen} pen @param {DrawnRun} run @param {number} r @param {number} position
   * @param {Theme} theme
   */
  drawEnd(pen, run, r, position, theme) {
    const colour = colourOf(run, theme);
    const index = Math.floor(position);
    const last = this.trajectory.tip(r, position);
    if (last < 0) return;
    const spot = this.spot(r, last);
    if (last > index) pen.tip(r, this.place(r, index), spot, strokeOf(run, theme));
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
   * @param {Pen} pen @param {number} index @param {Theme} theme
   */
  point(pen, index, theme) {
    pen.vertical(this.at(this.trajectory.epoch[index]), theme.line);
    for (const [run, r] of this.runs()) {
      pen.dot(...this.place(r, this.trajectory.reached(r, index)), colourOf(run, theme), 5.5);
    }
  }

  /** @param {number} index */
  describe(index) {
    const { epoch, loss } = this.trajectory;
    const losses = this.told(index, (r, at) => spelled(loss[r][at], 6));
    return say("Loss by epoch, up to epoch {epoch}. {losses}", { epoch: epoch[index], losses });
  }
}
