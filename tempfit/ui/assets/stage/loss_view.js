// The loss of every run by epoch, with the forecast as a faint line.

import { colourOf, lineOf, strokeOf } from "../colours.js";
import { number } from "../format.js";
import { literal } from "../layout.js";
import { epochTicks, lossTicks, ZERO } from "../ticks.js";
import { excess } from "./experiment.js";
import { View } from "./view.js";

/** @import {Theme} from "../theme.js" */
/** @import {Pen} from "./pen.js" */
/** @import {DrawnRun} from "./view.js" */

export class LossView extends View {
  title = "Loss by epoch";

  /** Where an epoch stands on the axis. @param {number} epoch */
  at(epoch) {
    return this.display.x === "log" ? Math.max(epoch, ZERO) : epoch;
  }

  /**
   * What is plotted of a run: its loss, or how far it is above the best possible.
   * @param {number} r @param {number} index
   */
  value(r, index) {
    const { loss, w, b } = this.trajectory;
    if (this.display.y !== "above") return loss[r][index];
    const { best, eigenvalues, directions } = this.scene.runs[r];
    if (!best || !eigenvalues || !directions) return Number.NaN;
    return excess({ best, eigenvalues, directions }, w[r][index], b[r][index]);
  }

  /**
   * A run's point of a snapshot.
   * @param {number} r @param {number} index @returns {[number, number]}
   */
  place(r, index) {
    return [this.at(this.trajectory.epoch[index]), this.value(r, index)];
  }

  /** @param {Theme} theme @param {number} index */
  layout(theme, index) {
    const { loss } = this.scene;
    const yLog = this.display.y !== "linear";
    const yRange = yLog ? this.range().map(Math.log10) : this.range();
    const layout = this.frame(theme, this.title, this.epochAxis(), {
      title: this.display.y === "above" ? loss.aboveTitle : loss.yTitle,
      type: yLog ? "log" : "linear",
      range: yRange,
      ...(yLog ? lossTicks(yRange[0], yRange[1]) : { exponentformat: "power" }),
    });
    layout.annotations = this.annotations(this.notes(index, [], []), theme);
    return layout;
  }

  epochAxis() {
    const { epochs, loss } = this.scene;
    const last = Math.max(epochs, 1);
    const axis =
      this.display.x === "log"
        ? { range: [ZERO, last * 1.08].map(Math.log10), ...epochTicks(epochs) }
        : { range: [-epochs * 0.02, last * 1.02], tickformat: ",~r" };
    return { title: loss.xTitle, type: this.display.x, ...axis };
  }

  range() {
    const { loss } = this.scene;
    if (this.display.y === "above") return loss.aboveRange;
    return this.display.y === "log" ? loss.yRange : [0, loss.yRange[1]];
  }

  /** The forecasts. @param {Theme} theme @returns {Plotly.Trace[]} */
  fixed(theme) {
    return this.runs().map(([run, r]) => {
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
      hovertemplate: `${this.name(run)}<br>epoch %{customdata[0]}<br>loss %{customdata[1]:.6~g}${unit}<extra></extra>`,
    };
  }

  /**
   * The mark at a curve's end: a dot, or where it overflowed a cross at its last finite value.
   * @param {DrawnRun} run @param {number} r @param {number} index @param {Theme} theme
   */
  end(run, r, index, theme) {
    const { epoch, loss, stops } = this.trajectory;
    const last = this.trajectory.lastFinite(r, index);
    const overflowed = this.trajectory.overflowed(r, index);
    const stopped = stops[r] <= index ? "stopped at " : "";
    const finite = overflowed
      ? `overflowed after epoch ${epoch[last]}, last finite loss`
      : `${stopped}epoch ${epoch[last]}<br>loss`;
    // Kept in the picture: a cross above the top edge would not be seen.
    const top = overflowed ? this.range()[1] * 0.9 : Infinity;
    return {
      type: "scatter",
      mode: "markers",
      x: last < 0 ? [] : [this.at(epoch[last])],
      y: last < 0 ? [] : [Math.min(this.value(r, last), top)],
      customdata: [[epoch[last], loss[r][last]]],
      cliponaxis: false,
      showlegend: false,
      marker: {
        color: colourOf(run, theme),
        size: overflowed ? 11 : this.only === null ? 9 : 6,
        symbol: overflowed ? "x" : "circle",
      },
      hovertemplate: `${this.name(run)}<br>${finite} ${number(loss[r][last] ?? NaN)}<extra></extra>`,
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
    const marks = {
      type: "scatter",
      mode: "markers",
      x: places.map(([x]) => x),
      y: places.map(([, y]) => y),
      customdata: indices.map((k) => [this.trajectory.epoch[k]]),
      marker: {
        symbol: "circle-open",
        size: 14,
        color: colourOf(run, theme),
        line: { width: 2 },
      },
      showlegend: false,
      hovertemplate: "the learning rate changes at epoch %{customdata[0]}<extra></extra>",
    };
    return [marks];
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

  /** @param {Pen} pen @param {number} index @param {Theme} theme */
  trail(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      const last = this.trajectory.lastFinite(r, index);
      pen.grow(r, last, (k) => this.place(r, k), strokeOf(run, theme));
    }
  }

  /** @param {Pen} pen @param {number} index @param {Theme} theme */
  draw(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      const colour = colourOf(run, theme);
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) continue;
      const place = this.place(r, last);
      if (this.trajectory.overflowed(r, index)) pen.cross(...place, colour);
      else pen.dot(...place, colour);
      for (const k of this.changes(run, r, index)) pen.ring(...this.place(r, k), colour);
    }
    this.write(pen, index, theme);
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
    const losses = this.told(index, (r, at) => number(loss[r][at]));
    return `Loss by epoch, up to epoch ${epoch[index]}. ${losses}`;
  }
}
