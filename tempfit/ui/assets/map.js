// The map: the outcome of every learning rate at every feature scale, trained while one waits.

import { literal, number, whole } from "./format.js";
import { chartLayout, loadPlotly, loadStyle, mounting, theme } from "./page.js";
import { floats } from "./trajectory.js";
import { inTurn } from "./turns.js";

export const mount = mounting((parent, assets) => new OutcomeMap(parent, assets));

const GROWING = { diverging: "#e0777d", overflowed: "#8c2f39" };

class OutcomeMap {
  constructor(parent, assets) {
    this.pulls = 0;
    this.root = document.createElement("section");
    this.root.className = "tempfit-map";
    this.root.setAttribute("aria-label", "Map");
    this.root.innerHTML = `
      <div class="tempfit-transport tempfit-map-controls">
        <button type="button" class="primary" data-do="go"></button>
        <progress max="1" value="0" aria-label="Map progress"></progress>
        <span role="status"></span>
      </div>
      <div class="tempfit-map-plot" role="img" aria-label="Map of outcomes"></div>
      <p class="tempfit-map-legend"></p>`;
    const part = (selector) => this.root.querySelector(selector);
    this.button = part("button");
    this.progress = part("progress");
    this.status = part("[role=status]");
    this.plot = part(".tempfit-map-plot");
    this.legend = part(".tempfit-map-legend");
    this.button.onclick = () => (this.running ? this.cancel() : this.go());
    this.ready = loadStyle(assets).then(() => parent.append(this.root));
    this.resizing = new ResizeObserver(() => this.draw());
  }

  async receive({ data, setTriggerValue }) {
    this.send = (...said) => inTurn(() => setTriggerValue(...said));
    await this.ready;
    this.theme = theme(this.root);
    this.root.dataset.theme = this.theme.dark ? "dark" : "light";
    this.Plotly = await loadPlotly(data.setup.plotly);
    if (this.data?.setup.name !== data.setup.name) this.running = false;
    const fresh = !this.data;
    this.data = data;
    const done = data.epoch === data.setup.epochs;
    if (done) this.running = false;
    this.state();
    if (this.running) {
      // Asked from the page's own time, never from within the message it follows.
      requestAnimationFrame(() => this.running && this.pull());
      return;
    }
    await this.draw();
    if (fresh) this.resizing.observe(this.plot);
  }

  go() {
    this.running = true;
    this.pull();
    this.state();
  }

  cancel() {
    this.running = false;
    this.send("pull", { name: this.data.setup.name, cancel: true });
    this.state();
  }

  pull() {
    this.send("pull", {
      name: this.data.setup.name,
      number: ++this.pulls, // no two alike, or the second would be no news
    });
  }

  state() {
    const { setup, epoch } = this.data;
    const runs = setup.rates.length * setup.scales.length;
    const done = epoch === setup.epochs;
    this.button.textContent = this.running ? "Cancel" : "Fill the map";
    this.button.disabled = done;
    this.progress.value = epoch / setup.epochs;
    this.status.textContent = done
      ? `${whole(runs)} runs of ${whole(setup.epochs)} epochs`
      : this.running
        ? `epoch ${whole(epoch)} of ${whole(setup.epochs)}`
        : `${whole(runs)} runs, each of ${whole(setup.epochs)} epochs by autograd`;
  }

  async draw() {
    const { setup } = this.data;
    const { clientWidth: width, clientHeight: height } = this.plot;
    if (!width || !height) return;
    const traces = [...this.cells(), this.limit(), this.present()];
    const axis = { type: "log", exponentformat: "power", dtick: 1 };
    const layout = {
      ...chartLayout(
        this.theme,
        `Outcome after ${whole(setup.epochs)} epochs`,
        { ...axis, title: { text: "Learning rate" }, range: logarithms(setup.rates) },
        { ...axis, title: { text: "Feature scale" }, range: logarithms(setup.scales) },
      ),
      width,
      height,
    };
    await this.Plotly.react(this.plot, traces, layout, { displayModeBar: false });
    if (!this.listening) {
      this.listening = true;
      this.plot.on("plotly_click", ({ points }) => this.choose(points[0]));
    }
  }

  choose({ x, y }) {
    this.send("chosen", { rate: x, scale: y });
  }

  /** The cells: how far above the best where the loss falls, and how it grows where it does. */
  cells() {
    const { setup, loss, status } = this.data;
    if (!loss) {
      this.legend.textContent =
        "Dashed: the largest stable learning rate. Click anywhere to set the sliders.";
      return [this.blank()];
    }
    const losses = floats(loss);
    const codes = Uint8Array.from(atob(status), (sign) => sign.charCodeAt(0));
    const words = (index) => setup.statuses[codes[index]];
    const columns = setup.rates.length;
    const rows = (value) =>
      setup.scales.map((_, row) => setup.rates.map((_, column) => value(row * columns + column)));
    const growing = Object.keys(GROWING);
    const floor = Math.max(setup.best * 0.001, 1e-12);
    const excess = (index) => Math.log10(Math.max(losses[index] - setup.best, floor));
    const text = rows(
      (index) => `${words(index)}<br>loss ${number(losses[index])} ${literal(setup.unit)}`,
    );
    const shared = {
      type: "heatmap",
      x: setup.rates,
      y: setup.scales,
      text,
      hovertemplate: "rate %{x:.3~g}, scale %{y:.3~g}<br>%{text}<extra></extra>",
    };
    const steady = rows((index) => (growing.includes(words(index)) ? null : excess(index)));
    this.legend.innerHTML = "";
    growing.forEach((word) => this.legend.append(swatch(GROWING[word]), `${word}  `));
    this.legend.append(
      "Dashed: the largest stable learning rate. Click a cell to set the sliders.",
    );
    const [low, high] = extent(steady.flat().filter((value) => value !== null));
    return [
      {
        ...shared,
        z: steady,
        colorscale: "Cividis",
        reversescale: true,
        zmin: low,
        zmax: high,
        colorbar: {
          title: {
            text: `Loss above best${setup.unit ? ` (${literal(setup.unit)})` : ""}`,
            side: "right",
          },
          thickness: 14,
          ...powers(low, high),
        },
      },
      {
        ...shared,
        z: rows((index) => (growing.includes(words(index)) ? growing.indexOf(words(index)) : null)),
        zmin: 0,
        zmax: 1,
        colorscale: [
          [0, GROWING.diverging],
          [1, GROWING.overflowed],
        ],
        showscale: false,
      },
    ];
  }

  /** Cells without an outcome yet, there to be clicked. */
  blank() {
    const { setup } = this.data;
    return {
      type: "heatmap",
      x: setup.rates,
      y: setup.scales,
      z: setup.scales.map(() => setup.rates.map(() => 0)),
      colorscale: [
        [0, this.theme.shade],
        [1, this.theme.shade],
      ],
      showscale: false,
      hovertemplate: "rate %{x:.3~g}, scale %{y:.3~g}<extra></extra>",
    };
  }

  limit() {
    const { rates, scales } = this.data.setup.limit;
    return {
      type: "scatter",
      mode: "lines",
      x: rates,
      y: scales,
      line: { color: this.theme.dark ? "#ffffff" : "#000000", width: 2, dash: "dash" },
      hovertemplate: "largest stable rate %{x:.3~g} at scale %{y:.3~g}<extra></extra>",
    };
  }

  present() {
    const { runs } = this.data.setup;
    return {
      type: "scatter",
      mode: "markers",
      x: runs.map((run) => run.rate),
      y: runs.map((run) => run.scale),
      marker: {
        size: 13,
        color: runs.map((run) => (this.theme.dark ? run.dark : run.light)),
        line: { color: this.theme.background, width: 2 },
      },
      hovertemplate: "present run: rate %{x:.6~g}, scale %{y:.6~g}<extra></extra>",
    };
  }

  destroy() {
    this.running = false;
    this.resizing.disconnect();
    this.Plotly?.purge(this.plot);
    this.root.remove();
  }
}

const logarithms = (values) => [Math.log10(values[0]), Math.log10(values[values.length - 1])];

function extent(values) {
  if (!values.length) return [0, 1];
  return [Math.min(...values), Math.max(...values)];
}

/** Ticks of a colour bar that carries logarithms. */
function powers(low, high) {
  const values = [];
  for (let power = Math.ceil(low); power <= high; power++) values.push(power);
  return { tickvals: values, ticktext: values.map((power) => number(10 ** power, 3)) };
}

function swatch(colour) {
  const patch = document.createElement("span");
  patch.className = "swatch";
  patch.style.background = colour;
  return patch;
}
