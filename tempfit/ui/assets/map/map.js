// The map: the outcome of every learning rate at every feature scale, trained while one waits.

import { Channel } from "../channel.js";
import { whole } from "../format.js";
import { CONFIG } from "../layout.js";
import { finder, loadPlotly, mounting } from "../loader.js";
import { line } from "../server.js";
import { themeOf } from "../theme.js";
import { say } from "../words.js";
import { mapLayout, mapLegend, mapTraces } from "./figure.js";

/** @import {Send} from "../channel.js" */
/** @import {Component} from "../loader.js" */
/** @import {Theme} from "../theme.js" */
/** @import {MapData, MapPull} from "../types.js" */

export const mount = mounting(() => new OutcomeMap(), ["shared.css", "map/map.css"]);

class OutcomeMap {
  constructor() {
    this.root = document.createElement("section");
    this.root.className = "tempfit-map";
    this.root.setAttribute("aria-label", say("Map"));
    this.root.innerHTML = `
      <div class="tempfit-controls tempfit-transport tempfit-map-controls">
        <button type="button" class="primary" data-do="go"></button>
        <progress max="1" value="0" aria-label="${say("Map progress")}"></progress>
        <span role="status"></span>
      </div>
      <div class="tempfit-map-plot" role="img" aria-label="${say("Map of outcomes")}"></div>
      <p class="tempfit-map-legend"></p>`;
    const find = finder(this.root);
    this.button = find("button");
    this.progress = /** @type {HTMLProgressElement} */ (find("progress"));
    this.status = find("[role=status]");
    this.plot = /** @type {Plotly.Plot} */ (find(".tempfit-map-plot"));
    this.legend = find(".tempfit-map-legend");
    this.button.onclick = () => (this.running ? this.cancel() : this.go());
    this.running = false;
    /** @type {Channel<Omit<MapPull, "number">>} */
    this.pulls = new Channel("pull", line);
    this.resizing = new ResizeObserver(() => this.draw());
  }

  /** @param {Component<MapData>} component */
  async receive({ data, setTriggerValue }) {
    this.send = this.pulls.send = setTriggerValue;
    this.theme = themeOf(this.root);
    this.plotly = await loadPlotly(data.setup.plotly);
    if (this.data?.setup.name !== data.setup.name) this.stop();
    this.data = data;
    this.pulls.answered(data.answered);
    if (data.epoch === data.setup.epochs) this.stop();
    if (this.running && !this.pulls.busy) this.pulls.ask({ name: data.setup.name });
    this.state(data);
    if (!this.running) await this.draw();
    this.resizing.observe(this.plot);
  }

  go() {
    if (!this.data) return;
    this.running = true;
    this.pulls.ask({ name: this.data.setup.name });
    this.state(this.data);
  }

  cancel() {
    if (!this.data) return;
    this.running = false;
    this.pulls.ask({ name: this.data.setup.name, cancel: true });
    this.state(this.data);
  }

  stop() {
    this.running = false;
    this.pulls.forget();
  }

  /** Show how far it has come, and what can be done. @param {MapData} data */
  state({ setup, epoch }) {
    const runs = setup.rates.length * setup.scales.length;
    const done = epoch === setup.epochs;
    this.button.textContent = this.running ? say("Cancel") : say("Fill the map");
    this.button.toggleAttribute("disabled", done);
    this.progress.value = epoch / setup.epochs;
    const counts = { runs: whole(runs), epoch: whole(epoch), epochs: whole(setup.epochs) };
    this.status.textContent = done
      ? say("{runs} runs of {epochs} epochs", counts)
      : this.running
        ? say("epoch {epoch} of {epochs}", counts)
        : say("{runs} runs, each of {epochs} epochs by autograd", counts);
  }

  async draw() {
    const { data, theme, plotly, plot } = this;
    const { clientWidth: width, clientHeight: height } = plot;
    if (!data || !theme || !plotly || !width || !height) return;
    this.legend.replaceChildren(...mapLegend(data));
    const layout = { ...mapLayout(data.setup, theme), width, height };
    const first = !plot._fullLayout;
    await plotly.react(plot, mapTraces(data, theme), layout, CONFIG);
    if (first) plot.on("plotly_click", ({ points }) => this.choose(points[0]));
  }

  /** Set the sliders to a place on the map. @param {Plotly.Point} point */
  choose({ x: rate, y: scale }) {
    if (this.send) line.tell(this.send, "chosen", { rate, scale });
  }

  destroy() {
    this.stop();
    this.resizing.disconnect();
    this.plotly?.purge(this.plot);
    this.root.remove();
  }
}
