// The loss of every run by epoch, with the forecast as a faint line.

import { literal, number } from "./format.js";
import { colourOf, lineOf, strokeOf } from "./strokes.js";
import { View } from "./view.js";

const ZERO = 0.7; // where epoch 0 stands on a logarithmic axis, which has no place for it

export class LossView extends View {
  title = "Loss by epoch";

  at(epoch) {
    return this.display.x === "log" ? Math.max(epoch, ZERO) : epoch;
  }

  get above() {
    return this.display.y === "above";
  }

  /** What is plotted of a run: its loss, or how far it is above the best possible. */
  value(r, index) {
    return this.above
      ? this.setup.excess(r, this.trajectory, index)
      : this.trajectory.loss[r][index];
  }

  layout(theme) {
    const { loss, epochs } = this.setup;
    const xLog = this.display.x === "log";
    const yLog = this.display.y !== "linear";
    const xRange = [this.at(0), Math.max(epochs, 1) * (xLog ? 1.08 : 1.02)];
    const yRange = this.range();
    return this.frame(
      theme,
      this.title,
      {
        title: loss.xTitle,
        type: this.display.x,
        range: xLog ? xRange.map(Math.log10) : [-epochs * 0.02, xRange[1]],
        ...(xLog ? epochTicks(epochs) : { tickformat: ",~r" }),
      },
      {
        title: this.above ? loss.aboveTitle : loss.yTitle,
        type: yLog ? "log" : "linear",
        range: yLog ? yRange.map(Math.log10) : yRange,
        ...(yLog ? lossTicks(...yRange.map(Math.log10)) : { exponentformat: "power" }),
      },
    );
  }

  range() {
    const { loss } = this.setup;
    if (this.above) return loss.aboveRange;
    return this.display.y === "log" ? loss.yRange : [0, loss.yRange[1]];
  }

  /** The forecasts. */
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

  resting(theme, index) {
    const curves = this.runs().flatMap(([run, r]) => this.curve(run, r, index, theme));
    return [...curves, this.changeMarks(index, theme)];
  }

  changeMarks(index, theme) {
    const { epoch } = this.trajectory;
    const places = this.changes(index);
    return {
      type: "scatter",
      mode: "markers",
      x: places.map((k) => this.at(epoch[k])),
      y: places.map((k) => this.value(0, k)),
      customdata: places.map((k) => [epoch[k]]),
      marker: {
        symbol: "circle-open",
        size: 14,
        color: colourOf(this.setup.runs[0], theme),
        line: { width: 2 },
      },
      showlegend: false,
      hovertemplate: "the learning rate changes at epoch %{customdata[0]}<extra></extra>",
    };
  }

  curve(run, r, index, theme) {
    const { epoch, loss } = this.trajectory;
    const last = this.trajectory.lastFinite(r, index);
    const indices = Array.from({ length: last + 1 }, (_, k) => k);
    const unit = this.setup.unit ? ` ${literal(this.setup.unit)}` : "";
    const trace = {
      type: "scatter",
      mode: "lines",
      name: run.label,
      x: indices.map((k) => this.at(epoch[k])),
      y: indices.map((k) => this.value(r, k)),
      customdata: indices.map((k) => [epoch[k], loss[r][k]]),
      line: lineOf(run, theme),
      hovertemplate: `${this.name(run)}<br>epoch %{customdata[0]}<br>loss %{customdata[1]:.6~g}${unit}<extra></extra>`,
    };
    return [trace, this.end(run, r, last, index, theme)];
  }

  /** The mark at a curve's end: a dot, or where it overflowed a cross at its last finite value. */
  end(run, r, last, index, theme) {
    const { epoch, loss } = this.trajectory;
    const overflowed = this.trajectory.overflowed(r, index);
    const stopped = this.trajectory.stops[r] <= index ? "stopped at " : "";
    const finite = overflowed
      ? `overflowed after epoch ${epoch[last]}, last finite loss`
      : `${stopped}epoch ${epoch[last]}<br>loss`;
    return {
      type: "scatter",
      mode: "markers",
      x: last < 0 ? [] : [this.at(epoch[last])],
      // Kept in the picture: a cross above the top edge would not be seen.
      y:
        last < 0
          ? []
          : [
              overflowed
                ? Math.min(this.value(r, last), this.range()[1] * 0.9)
                : this.value(r, last),
            ],
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

  /** The forecast of a run up to where it overflows. */
  predicted(r) {
    const { schedule, forecast, forecastAbove } = this.setup;
    const all = this.above ? forecastAbove : forecast;
    const losses = all.subarray(r * schedule.length, (r + 1) * schedule.length);
    const gap = losses.findIndex((value) => !Number.isFinite(value));
    const count = gap < 0 ? losses.length : gap;
    return {
      epochs: Array.from(schedule.subarray(0, count)),
      loss: Array.from(losses.subarray(0, count)),
    };
  }

  trail(pen, index, theme) {
    const { epoch } = this.trajectory;
    for (const [run, r] of this.runs()) {
      const last = this.trajectory.lastFinite(r, index);
      pen.grow(r, last, (k) => [this.at(epoch[k]), this.value(r, k)], strokeOf(run, theme));
    }
  }

  draw(pen, index, theme) {
    const { epoch } = this.trajectory;
    for (const [run, r] of this.runs()) {
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) continue;
      const colour = colourOf(run, theme);
      if (this.trajectory.overflowed(r, index))
        pen.cross(this.at(epoch[last]), this.value(r, last), colour);
      else pen.dot(this.at(epoch[last]), this.value(r, last), colour);
    }
    for (const k of this.changes(index)) {
      pen.ring(this.at(epoch[k]), this.value(0, k), colourOf(this.setup.runs[0], theme));
    }
  }

  /** Where the main run's learning rate changes, up to a snapshot: the snapshots' indices. */
  changes(index) {
    const main = this.setup.runs[0];
    if (this.only === null ? this.display.hidden.has(main.slot) : this.only !== 0) return [];
    return this.setup.changes
      .map((epoch) => this.trajectory.indexAt(epoch))
      .filter((k) => k > 0 && k <= this.trajectory.lastFinite(0, index));
  }

  /** Point out an epoch on the resting curves. */
  point(pen, index, theme) {
    pen.vertical(this.at(this.trajectory.epoch[index]), theme.line);
    for (const [run, r] of this.runs()) {
      const at = this.trajectory.reached(r, index);
      pen.dot(this.at(this.trajectory.epoch[at]), this.value(r, at), colourOf(run, theme), 5.5);
    }
  }

  describe(index) {
    const { epoch, loss } = this.trajectory;
    const losses = this.runs().map(([run, r]) => {
      return `${run.label}: ${number(loss[r][this.trajectory.reached(r, index)])}`;
    });
    return `Loss by epoch, up to epoch ${epoch[index]}. ${losses.reverse().join("; ")}`;
  }
}

/** Powers of ten, and the 0 that a logarithmic axis lacks. */
function epochTicks(epochs) {
  const values = [ZERO];
  for (let power = 1; power <= epochs; power *= 10) values.push(power);
  const text = (value) =>
    value < 1
      ? "0"
      : value >= 1e6
        ? `${value / 1e6}M`
        : value >= 1000
          ? `${value / 1000}k`
          : `${value}`;
  return { tickmode: "array", tickvals: values, ticktext: values.map(text) };
}

/** Labels 1-2-5 over a few powers of ten, every power over more, every few over very many. */
function lossTicks(low, high) {
  const decades = high - low;
  if (decades > 3) return { dtick: Math.max(1, Math.round(decades / 6)), exponentformat: "power" };
  const values = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    for (const digit of decades > 1.5 ? [1, 3] : [1, 2, 5]) values.push(digit * 10 ** power);
  }
  return { tickmode: "array", tickvals: values, ticktext: values.map((value) => number(value, 3)) };
}
