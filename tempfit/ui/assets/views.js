// What each chart shows: the fitted line over the readings, and the loss by epoch.

import { literal, number } from "./format.js";

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

/** The layout all charts share: the page's own colours and font. */
function frame(theme, title, xaxis, yaxis) {
  const axis = {
    gridcolor: theme.grid,
    zeroline: false,
    linecolor: theme.line,
    showline: true,
    ticks: "outside",
    tickcolor: theme.line,
    automargin: true,
    fixedrange: false,
  };
  return {
    title: { text: title, x: 0, xref: "paper", xanchor: "left", font: { size: 15 }, y: 0.98, yanchor: "top" },
    font: { family: theme.font, size: 13, color: theme.text },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 58, r: 12, t: 30, b: 46 },
    showlegend: false,
    hovermode: "closest",
    dragmode: "zoom",
    hoverlabel: { font: { family: theme.font } },
    xaxis: { ...axis, ...xaxis },
    yaxis: { ...axis, ...yaxis },
  };
}

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

  layout(theme) {
    const { fit } = this.setup;
    return frame(
      theme,
      "Fitted line",
      { title: titled(fit.xTitle), range: fit.xRange },
      { title: titled(fit.yTitle), range: fit.yRange },
    );
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
    return frame(
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
