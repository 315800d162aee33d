// What each chart shows: the fitted line over the readings, the loss by epoch, the loss surface.

import { literal, number } from "./format.js";
import { chartLayout } from "./page.js";

const DASH = [7, 4];

const colourOf = (run, theme) => (theme.dark ? run.dark : run.light);
const strokeOf = (run, theme, width = 2.5) => ({
  colour: colourOf(run, theme),
  width,
  dash: run.dashed ? DASH : [],
});
const lineOf = (run, theme, width = 2.5) => ({
  color: colourOf(run, theme),
  width,
  dash: run.dashed ? "7px,4px" : "solid",
});

const titled = (text) => ({ text: literal(text), standoff: 8 });

/** The readings and the line of every run, in the units of the data. */
export class FitView {
  constructor(setup, trajectory) {
    this.setup = setup;
    this.trajectory = trajectory;
  }

  /** The predicted y of a run at an x, from (w, b) of its scaled feature. */
  predict(run, index, x) {
    const { scale, shift } = this.setup.runs[run];
    return this.trajectory.w[run][index] * scale * (x - shift) + this.trajectory.b[run][index];
  }

  layout(theme, index) {
    const { fit } = this.setup;
    const layout = chartLayout(
      theme,
      "Fitted line",
      { title: titled(fit.xTitle), range: fit.xRange },
      { title: titled(fit.yTitle), range: fit.yRange },
    );
    layout.annotations = this.notes(index, fit.xRange, fit.yRange).map(({ run, text }, place) => ({
      text,
      xref: "paper",
      yref: "paper",
      x: 1,
      y: 1,
      xanchor: "right",
      yanchor: "top",
      yshift: -17 * place,
      showarrow: false,
      font: { color: colourOf(run, theme), size: 13, weight: 600 },
    }));
    return layout;
  }

  /** What to say of the lines that are not in the picture. */
  notes(index, xRange, yRange) {
    return this.setup.runs.flatMap((run, r) => {
      const last = this.trajectory.lastFinite(r, index);
      if (last < index) return [{ run, text: `${run.label}: overflowed` }];
      const ends = xRange.map((x) => this.predict(r, last, x));
      const seen = Math.min(...ends) <= yRange[1] && Math.max(...ends) >= yRange[0];
      return seen ? [] : [{ run, text: `${run.label}: outside the picture` }];
    });
  }

  fixed(theme) {
    const { x, y, fit } = this.setup;
    return [
      {
        type: "scatter",
        mode: "markers",
        x,
        y,
        marker: { color: theme.text, size: 9, opacity: 0.75 },
        hovertemplate: `${literal(fit.xTitle)}: %{x}<br>${literal(fit.yTitle)}: %{y}<extra>Reading</extra>`,
      },
    ];
  }

  resting(theme, index) {
    return this.setup.runs.flatMap((run, r) => {
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) return [];
      // Far beyond the readings too, so that the line goes on when zoomed out.
      const [low, high] = this.setup.fit.xRange;
      const ends = [2 * low - high, 2 * high - low];
      const { epoch, w, b } = this.trajectory;
      return [
        {
          type: "scatter",
          mode: "lines",
          x: ends,
          y: ends.map((x) => this.predict(r, last, x)),
          line: lineOf(run, theme, 3),
          opacity: last < index ? 0.35 : 1,
          hovertemplate:
            `Learning rate ${run.label}<br>epoch ${epoch[last]}<br>` +
            `w ${number(w[r][last])}, b ${number(b[r][last])}<extra></extra>`,
        },
      ];
    });
  }

  draw(pen, index, theme) {
    const [low, high] = pen.xRange;
    const ends = [low, high];
    // The main run last, on top.
    for (let r = this.setup.runs.length - 1; r >= 0; r--) {
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) continue;
      const style = strokeOf(this.setup.runs[r], theme, 3);
      if (last < index) style.opacity = 0.35;
      pen.line(1, (end) => [ends[end], this.predict(r, last, ends[end])], style);
    }
    this.notes(index, pen.xRange, pen.yRange).forEach(({ run, text }, place) => {
      pen.note(text, colourOf(run, theme), place);
    });
  }
}

/** The loss of every run by epoch, with the forecast as a faint line. */
export class LossView {
  constructor(setup, trajectory, scales) {
    this.setup = setup;
    this.trajectory = trajectory;
    this.scales = scales; // {x: "log" or "linear", y: the same}, shared with the transport
  }

  /** Epoch 0 has no place on a logarithmic axis; it stands at its edge, labelled 0. */
  at(epoch) {
    return this.scales.x === "log" ? Math.max(epoch, 0.7) : epoch;
  }

  layout(theme) {
    const { loss, epochs } = this.setup;
    const xLog = this.scales.x === "log";
    const yLog = this.scales.y === "log";
    const xRange = [this.at(0), Math.max(epochs, 1) * (xLog ? 1.08 : 1.02)];
    const yRange = yLog ? loss.yRange : [0, loss.yRange[1]];
    return chartLayout(
      theme,
      "Loss by epoch",
      {
        title: titled(loss.xTitle),
        type: this.scales.x,
        range: xLog ? xRange.map(Math.log10) : [-epochs * 0.02, xRange[1]],
        ...(xLog ? epochTicks(epochs) : { tickformat: ",~r" }),
      },
      {
        title: titled(loss.yTitle),
        type: this.scales.y,
        range: yLog ? yRange.map(Math.log10) : yRange,
        ...(yLog ? lossTicks(...yRange.map(Math.log10)) : { exponentformat: "power" }),
      },
    );
  }

  fixed() {
    return [];
  }

  resting(theme, index) {
    const { epoch, loss } = this.trajectory;
    const forecasts = this.setup.runs.map((run, r) => {
      const predicted = this.predicted(r);
      return {
        type: "scatter",
        mode: "lines",
        x: predicted.epochs.map((e) => this.at(e)),
        y: predicted.loss,
        line: { color: colourOf(run, theme), width: 1.5, dash: "2px,3px" },
        opacity: 0.55,
        hoverinfo: "skip",
      };
    });
    const runs = this.setup.runs.flatMap((run, r) => {
      const last = this.trajectory.lastFinite(r, index);
      const upTo = (list) => list.slice(0, last + 1);
      const trace = {
        type: "scatter",
        mode: "lines",
        x: upTo(epoch).map((e) => this.at(e)),
        y: upTo(loss[r]),
        customdata: upTo(epoch),
        line: lineOf(run, theme),
        hovertemplate:
          `Learning rate ${run.label}<br>epoch %{customdata}<br>` +
          `loss %{y:.6~g}${this.setup.unit ? ` ${literal(this.setup.unit)}` : ""}<extra></extra>`,
      };
      return [trace, this.end(run, r, last, index, theme)];
    });
    return [...forecasts, ...runs];
  }

  /** The mark at a curve's end: a dot, or where it overflowed a cross at its last finite value. */
  end(run, r, last, index, theme) {
    const { epoch, loss } = this.trajectory;
    const overflowed = last < index;
    const top = this.setup.loss.yRange[1];
    return {
      type: "scatter",
      mode: "markers",
      x: last < 0 ? [] : [this.at(epoch[last])],
      // Kept in the picture: a cross above the top edge would not be seen.
      y: last < 0 ? [] : [overflowed ? Math.min(loss[r][last], top * 0.9) : loss[r][last]],
      cliponaxis: false,
      marker: {
        color: colourOf(run, theme),
        size: overflowed ? 11 : 9,
        symbol: overflowed ? "x" : "circle",
      },
      hovertemplate: overflowed
        ? `Learning rate ${run.label}<br>overflowed after epoch ${epoch[last]}, ` +
          `last finite loss ${number(loss[r][last])}<extra></extra>`
        : `Learning rate ${run.label}<br>epoch ${epoch[last]}<br>loss ${number(loss[r][last])}<extra></extra>`,
    };
  }

  /** The forecast of a run up to where it overflows. */
  predicted(r) {
    const { schedule, forecast } = this.setup;
    const losses = forecast.subarray(r * schedule.length, (r + 1) * schedule.length);
    const gap = losses.findIndex((value) => !Number.isFinite(value));
    const count = gap < 0 ? losses.length : gap;
    return { epochs: Array.from(schedule.subarray(0, count)), loss: Array.from(losses.subarray(0, count)) };
  }

  draw(pen, index, theme) {
    const { epoch, loss } = this.trajectory;
    const { runs } = this.setup;
    runs.forEach((run, r) => {
      const { epochs, loss: losses } = this.predicted(r);
      const style = { colour: colourOf(run, theme), width: 1.5, dash: [2, 3], opacity: 0.55 };
      pen.line(epochs.length - 1, (k) => [this.at(epochs[k]), losses[k]], style);
    });
    for (let r = runs.length - 1; r >= 0; r--) {
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) continue;
      pen.line(last, (k) => [this.at(epoch[k]), loss[r][k]], strokeOf(runs[r], theme));
      const colour = colourOf(runs[r], theme);
      if (last < index) pen.cross(this.at(epoch[last]), loss[r][last], colour);
      else pen.dot(this.at(epoch[last]), loss[r][last], colour);
    }
  }
}

/** The loss over (w, b): its contours, the optimum, and the way each run has come. */
export class SurfaceView {
  constructor(setup, trajectory) {
    this.setup = setup;
    this.trajectory = trajectory;
  }

  layout(theme) {
    const { surface } = this.setup;
    return chartLayout(
      theme,
      "Loss surface",
      { title: titled(surface.xTitle), range: surface.xRange },
      { title: titled(surface.yTitle), range: surface.yRange },
    );
  }

  fixed(theme) {
    const { levels, best } = this.setup.surface;
    const contours = levels.map((level) => ({
      type: "scatter",
      mode: "lines",
      ...this.contour(level),
      fill: "toself",
      fillcolor: theme.shade,
      line: { color: theme.contour, width: 1 },
      hoveron: "points",
      hovertemplate: `loss ${number(best.loss + level, 3)}<extra></extra>`,
    }));
    const optimum = {
      type: "scatter",
      mode: "markers",
      x: [best.w],
      y: [best.b],
      marker: { symbol: "star", size: 13, color: theme.text },
      hovertemplate: `Optimum<br>w ${number(best.w)}, b ${number(best.b)}<br>loss ${number(best.loss)}<extra></extra>`,
    };
    return [...contours, optimum];
  }

  /** The index of the first point that has left the picture for good, up to `last`. */
  leaves(r, last, xRange, yRange) {
    const { w, b } = this.trajectory;
    const inside = (k) =>
      w[r][k] >= xRange[0] && w[r][k] <= xRange[1] && b[r][k] >= yRange[0] && b[r][k] <= yRange[1];
    let k = last;
    while (k > 0 && !inside(k)) k--;
    return Math.min(k + 1, last);
  }

  /** The ellipse on which the loss is `level` above the best: exact, for the loss is quadratic. */
  contour(level) {
    const { best, eigenvalues, directions } = this.setup.surface;
    // Along a flat direction a contour has no end; a very long one stands in for it.
    const axes = eigenvalues.map((value) => Math.sqrt((2 * level) / Math.max(value, 1e-12 * eigenvalues[1])));
    const x = [];
    const y = [];
    for (let step = 0; step <= 240; step++) {
      const angle = (2 * Math.PI * step) / 240;
      const [along, across] = [axes[0] * Math.cos(angle), axes[1] * Math.sin(angle)];
      x.push(best.w + directions[0][0] * along + directions[0][1] * across);
      y.push(best.b + directions[1][0] * along + directions[1][1] * across);
    }
    return { x, y };
  }

  resting(theme, index) {
    const { epoch, w, b, loss } = this.trajectory;
    return this.setup.runs.flatMap((run, r) => {
      const finite = this.trajectory.lastFinite(r, index);
      if (finite < 0) return [];
      const { xRange, yRange } = this.setup.surface;
      const last = this.leaves(r, finite, xRange, yRange);
      const upTo = (list) => list.slice(0, last + 1);
      const colour = colourOf(run, theme);
      const at =
        `Learning rate ${run.label}<br>epoch %{customdata[0]}<br>w %{x:.6~g}, b %{y:.6~g}` +
        "<br>loss %{customdata[1]:.6~g}<extra></extra>";
      const customdata = upTo(epoch).map((e, k) => [e, loss[r][k]]);
      const path = {
        type: "scatter",
        mode: "lines",
        x: upTo(w[r]),
        y: upTo(b[r]),
        customdata,
        line: lineOf(run, theme, 2),
        hovertemplate: at,
      };
      if (last < finite) return [path];
      const end = {
        type: "scatter",
        mode: "markers",
        x: [w[r][last]],
        y: [b[r][last]],
        customdata: [customdata[last]],
        marker: { color: colour, size: 10, symbol: last < index ? "x" : "circle" },
        hovertemplate: at,
      };
      return [path, end];
    });
  }

  draw(pen, index, theme) {
    const { w, b } = this.trajectory;
    const { runs } = this.setup;
    for (let r = runs.length - 1; r >= 0; r--) {
      const finite = this.trajectory.lastFinite(r, index);
      if (finite < 0) continue;
      // Once it has left the picture, a path that jumps from side to side would paint it over.
      const last = this.leaves(r, finite, pen.xRange, pen.yRange);
      pen.line(last, (k) => [w[r][k], b[r][k]], strokeOf(runs[r], theme, 2));
      pen.dot(w[r][last], b[r][last], colourOf(runs[r], theme), 5);
    }
  }
}

/** Powers of ten, and the 0 that a logarithmic axis lacks. */
function epochTicks(epochs) {
  const values = [0.7];
  for (let power = 1; power <= epochs; power *= 10) values.push(power);
  const text = (value) =>
    value < 1 ? "0" : value >= 1e6 ? `${value / 1e6}M` : value >= 1000 ? `${value / 1000}k` : `${value}`;
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
