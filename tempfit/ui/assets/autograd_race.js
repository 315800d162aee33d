// Two runs from the same start, complete when they arrive, played side by side.

import { Chart } from "./chart.js";
import { literal, number, whole } from "./format.js";
import { chartLayout, loadPlotly, loadStyle, mounting, theme } from "./page.js";

const EPOCHS_PER_SECOND = 15;
const ACCENT = { light: "#b3173f", dark: "#ff8fa6" };

export const mount = mounting((parent, assets) => new Race(parent, assets));

class Race {
  constructor(parent, assets) {
    this.root = document.createElement("section");
    this.root.className = "tempfit-race";
    this.root.setAttribute("aria-label", "Two runs side by side");
    this.root.innerHTML = `
      <div class="tempfit-transport">
        <button type="button"></button>
        <input type="range" min="0" step="1" value="0" aria-label="Epoch of the two runs">
        <output></output>
      </div>
      <div class="tempfit-race-charts"><div role="img"></div><div role="img"></div></div>`;
    const part = (selector) => this.root.querySelector(selector);
    [this.button, this.scrubber, this.output] = ["button", "input", "output"].map(part);
    this.button.onclick = () => this.toggle();
    this.scrubber.oninput = () => {
      this.stop();
      this.go(Number(this.scrubber.value));
    };
    this.scrubber.onchange = () => this.rest();
    this.ready = loadStyle(assets).then(() => parent.append(this.root));
    this.resizing = new ResizeObserver(() => this.rest());
  }

  async receive({ data }) {
    await this.ready;
    this.theme = theme(this.root);
    const same = data.name === this.data?.name;
    if (!same) await this.begin(data);
    else this.rest();
  }

  /** Take two other runs, and play them unless the viewer asked for less motion. */
  async begin(data) {
    this.stop();
    const Plotly = await loadPlotly(data.plotly);
    this.data = data;
    this.epochs = data.runs[0].loss.length - 1;
    this.runs = data.runs.map((run, place) => ({
      ...run,
      ...Object.fromEntries(["loss", "w", "b"].map((name) => [name, run[name].map(orNaN)])),
      style: { colour: place ? ACCENT : data.colour, dash: place ? [7, 4] : [] },
    }));
    this.scrubber.max = String(this.epochs);
    const views = [new Fit(data, this.runs), new Loss(data, this.runs)];
    if (!this.charts) {
      const places = this.root.querySelectorAll("[role=img]");
      const ignore = { hover: () => {}, unhover: () => {} };
      this.charts = views.map((view, index) => new Chart(places[index], view, Plotly, ignore));
      this.resizing.observe(this.root);
    }
    for (const [index, view] of views.entries()) this.charts[index].replace(view);
    this.go(0);
    await this.rest();
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) this.toggle();
  }

  toggle() {
    if (this.request) {
      this.stop();
      this.rest();
      return;
    }
    const from = this.epoch === this.epochs ? 0 : this.epoch;
    let began = null;
    const tick = (now) => {
      began ??= now;
      const epoch = from + Math.floor(((now - began) * EPOCHS_PER_SECOND) / 1000);
      this.go(Math.min(epoch, this.epochs));
      if (epoch < this.epochs) {
        this.request = requestAnimationFrame(tick);
      } else {
        this.stop();
        this.rest();
      }
    };
    this.request = requestAnimationFrame(tick);
    this.label();
  }

  stop() {
    cancelAnimationFrame(this.request);
    this.request = null;
    this.label();
  }

  label() {
    this.button.textContent = this.request ? "Stop" : "Play";
  }

  /** Show an epoch. */
  go(epoch) {
    this.epoch = epoch;
    this.scrubber.value = String(epoch);
    this.scrubber.setAttribute("aria-valuetext", `epoch ${epoch}`);
    const losses = this.runs.map(({ name, loss }) => `${name}: loss ${number(loss[epoch], 4)}`);
    this.output.textContent = `epoch ${whole(epoch)} · ${losses.join(" · ")}`;
    for (const chart of this.charts) chart.frame(epoch, this.theme);
  }

  async rest() {
    if (!this.charts) return;
    await Promise.all(this.charts.map((chart) => chart.rest(this.epoch, this.theme)));
    if (this.request) this.go(this.epoch);
  }

  destroy() {
    this.stop();
    this.resizing.disconnect();
    for (const chart of this.charts ?? []) chart.destroy();
    this.root.remove();
  }
}

const orNaN = (value) => value ?? Number.NaN;
const stroke = ({ colour, dash }, theme) => ({
  colour: theme.dark ? colour.dark : colour.light,
  width: 3,
  dash,
});
const trace = (run, theme, x, y) => {
  const { colour, width, dash } = stroke(run.style, theme);
  const line = { color: colour, width, dash: dash.length ? "7px,4px" : "solid" };
  return { type: "scatter", mode: "lines", x, y, line, hoverinfo: "skip" };
};

class View {
  constructor(data, runs) {
    Object.assign(this, { data, runs, display: { x: "linear", y: "log" } });
  }

  /** The runs' names, while things move. */
  notes(pen, theme) {
    for (const [place, run] of this.runs.entries()) {
      pen.note(run.name, stroke(run.style, theme).colour, place);
    }
  }

  /** The layout with the runs' names, in their colours, in a corner. */
  named(theme, title, xaxis, yaxis) {
    const layout = chartLayout(theme, title, xaxis, yaxis);
    layout.title.font.size = 14;
    layout.font.size = 12;
    layout.margin = { l: 50, r: 10, t: 30, b: 40 };
    layout.annotations = this.runs.map((run, place) => ({
      text: run.name,
      xref: "paper",
      yref: "paper",
      x: 1,
      y: 1,
      xanchor: "right",
      yanchor: "top",
      yshift: -16 * place,
      showarrow: false,
      font: { color: stroke(run.style, theme).colour, size: 13, weight: 600 },
    }));
    return layout;
  }
}

class Fit extends View {
  predict(run, epoch, x) {
    return run.w[epoch] * this.data.scale * (x - this.data.shift) + run.b[epoch];
  }

  layout(theme) {
    const { fit } = this.data;
    const axis = (title, range) => ({ title: titled(title), range, fixedrange: true });
    return this.named(
      theme,
      "Fitted line",
      axis(fit.xTitle, fit.xRange),
      axis(fit.yTitle, fit.yRange),
    );
  }

  fixed(theme) {
    const { x, y } = this.data;
    const marker = { color: theme.text, size: 8, opacity: 0.75 };
    return [{ type: "scatter", mode: "markers", x, y, marker, hoverinfo: "skip" }];
  }

  resting(theme, epoch) {
    const ends = this.data.fit.xRange;
    return this.runs.map((run) =>
      trace(
        run,
        theme,
        ends,
        ends.map((x) => this.predict(run, epoch, x)),
      ),
    );
  }

  draw(pen, epoch, theme) {
    for (const run of this.runs) {
      const at = (end) => [pen.xRange[end], this.predict(run, epoch, pen.xRange[end])];
      pen.line(1, at, stroke(run.style, theme));
    }
    this.notes(pen, theme);
  }

  describe(epoch) {
    const lines = this.runs.map(
      ({ name, w, b }) => `${name}: w ${number(w[epoch])}, b ${number(b[epoch])}`,
    );
    return `Fitted lines at epoch ${epoch}. ${lines.join("; ")}`;
  }
}

class Loss extends View {
  layout(theme) {
    const { loss } = this.data;
    const range = loss.yRange.map(Math.log10);
    const xaxis = { title: titled(loss.xTitle), range: [0, this.runs[0].loss.length - 1] };
    const wide = range[1] - range[0] > 2;
    const ticks = wide ? { nticks: 6 } : { dtick: "D2" };
    const yaxis = { title: titled(loss.yTitle), type: "log", range, exponentformat: "power" };
    return this.named(theme, "Loss by epoch", xaxis, { ...yaxis, ...ticks });
  }

  fixed() {
    return [];
  }

  resting(theme, epoch) {
    return this.runs.map((run) => {
      const loss = run.loss.slice(0, epoch + 1);
      return trace(
        run,
        theme,
        loss.map((_, index) => index),
        loss,
      );
    });
  }

  draw(pen, epoch, theme) {
    for (const run of this.runs) {
      const style = stroke(run.style, theme);
      pen.line(epoch, (index) => [index, run.loss[index]], style);
      pen.dot(epoch, run.loss[epoch], style.colour);
    }
    this.notes(pen, theme);
  }

  describe(epoch) {
    const losses = this.runs.map(({ name, loss }) => `${name}: ${number(loss[epoch])}`);
    return `Losses at epoch ${epoch}. ${losses.join("; ")}`;
  }
}

const titled = (text) => ({ text: literal(text), standoff: 6 });
