// Charts of the autograd section, side by side, from traces that the server describes.

import { ACCENT, colourOf } from "../colours.js";
import { element, write } from "../elements.js";
import { chartLayout, config, grown, titled } from "../layout.js";
import { loadPlotly, mounting } from "../loader.js";
import { themeOf } from "../theme.js";

/** @import {Component} from "../loader.js" */
/** @import {Theme} from "../theme.js" */
/** @import {ChartAxis, ChartData, ChartsData, Colour, Trace} from "../types.js" */

export const mount = mounting(() => new Charts(), ["shared.css"]);

class Charts {
  constructor() {
    this.root = element("div", { className: "tempfit-glass-charts" });
    this.resizing = new ResizeObserver(() => this.draw());
  }

  /** @param {Component<ChartsData>} component */
  async receive({ data }) {
    this.plotly = await loadPlotly(data.plotly);
    this.data = data;
    this.theme = themeOf(this.root);
    this.arrange(data, this.plotly);
    await this.draw();
    this.resizing.observe(this.root);
  }

  /**
   * Have as many places as there are charts, each a title over a plot; those that stay keep their
   * elements.
   * @param {ChartsData} data @param {Plotly.Library} plotly
   */
  arrange({ charts, height }, plotly) {
    const { root } = this;
    for (const place of [...root.children].slice(charts.length)) {
      plotly.purge(plotIn(place));
      place.remove();
    }
    while (root.children.length < charts.length)
      root.append(element("div", { role: "img" }, element("p", {}), element("div", {})));
    root.style.setProperty("--height", `${height / 16}rem`);
  }

  async draw() {
    const { data, theme, plotly, root } = this;
    if (!data || !theme || !plotly) return;
    const drawn = data.charts.map((chart, index) => {
      const place = root.children[index];
      const plot = plotIn(place);
      place.setAttribute("aria-label", chart.label);
      // Not Plotly's title, which does not wrap.
      write(/** @type {HTMLElement} */ (place.firstElementChild), chart.title);
      const { clientWidth: width, clientHeight: height } = plot;
      if (width < 120 || height < 60) return null; // while the page is being laid out
      const { traces, layout } = plotted(chart, data.colour, theme);
      return plotly.react(plot, traces, { ...layout, width, height }, config());
    });
    await Promise.all(drawn);
  }

  destroy() {
    this.resizing.disconnect();
    for (const place of this.root.children) this.plotly?.purge(plotIn(place));
    this.root.remove();
  }
}

/** @param {Element} place */
const plotIn = (place) => /** @type {Element} */ (place.lastElementChild);

const SYMBOLS = { dots: "circle", rings: "circle-open", crosses: "x" };
const DASHES = { line: "solid", dashed: "dash", dotted: "dot", arrow: "solid" };

/** @param {ChartData} chart @param {Colour} colour @param {Theme} theme */
function plotted(chart, colour, theme) {
  const tones = {
    run: colourOf(colour, theme),
    accent: colourOf(ACCENT, theme),
    text: theme.text,
    faint: theme.line,
  };
  const layout = chartLayout(theme, "", axis(chart.x, theme), axis(chart.y, theme));
  layout.margin = { l: 3.4 * theme.size, r: 10, t: 0.6 * theme.size, b: 3.2 * theme.size };
  layout.dragmode = false;
  layout.barmode = "overlay";
  const corner = { xref: "paper", yref: "paper", x: 1, y: 1, xanchor: "right", yanchor: "top" };
  layout.annotations = chart.notes.map(({ text, tone }, line) => ({
    ...corner,
    yshift: -1.15 * theme.size * line,
    showarrow: false,
    text,
    font: { color: tones[tone] },
  }));
  const traces = chart.traces.map((trace) => drawn(trace, tones, theme));
  return { traces: grown(traces, theme.size), layout };
}

/** @param {ChartAxis} given @param {Theme} theme @returns {Plotly.Layout} */
const axis = ({ title, range, every, log }, theme) => ({
  title: titled(title, 6),
  fixedrange: true,
  type: log ? "log" : "linear",
  ...(range ? { range } : { zeroline: !log, zerolinecolor: theme.line }),
  ...(every && { dtick: every }),
  ...(log && Number(every) > 1 && { exponentformat: "power" }),
});

/**
 * A trace as Plotly has it.
 * @param {Trace} trace @param {Record<Trace["tone"], string>} tones @param {Theme} theme
 * @returns {Plotly.Trace}
 */
function drawn({ kind, tone, x, y, size = 3, opacity = 1, hover, name, text }, tones, theme) {
  const color = tones[tone];
  const said = hover ? { hovertemplate: `${hover}<extra></extra>` } : { hoverinfo: "skip" };
  const trace = { type: "scatter", x, y, text, opacity, showlegend: false, ...said };
  switch (kind) {
    case "bars":
      return { ...trace, type: "bar", marker: { color } };
    case "words":
      return { ...trace, mode: "text", textposition: "top center", cliponaxis: false };
    case "dots":
    case "rings":
    case "crosses": {
      // Marks beside each other are told apart.
      const line =
        kind === "rings" ? { width: size / 6 } : { width: size / 10, color: theme.background };
      const marker = { color, size, symbol: SYMBOLS[kind], line };
      return { ...trace, mode: "markers", marker, cliponaxis: false };
    }
  }
  const line = { color, width: size, dash: DASHES[kind] };
  if (kind === "arrow") {
    const marker = { symbol: ["circle", "arrow"], angleref: "previous", size: [0, 14], color };
    return { ...trace, mode: "lines+markers", line, marker };
  }
  if (!name) return { ...trace, mode: "lines", line };
  const textfont = { color: tone === "faint" ? theme.text : color };
  const texts = x.map((_, place) => (place === x.length - 1 ? name : ""));
  return { ...trace, mode: "lines+text", line, text: texts, textposition: "top left", textfont };
}
