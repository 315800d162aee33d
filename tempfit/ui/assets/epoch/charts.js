// Charts of the autograd section, side by side, from figures that the server describes.

import { ACCENT, colourOf } from "../colours.js";
import { element } from "../elements.js";
import { chartLayout, config, grown, titled } from "../layout.js";
import { loadPlotly, mounting } from "../loader.js";
import { themeOf } from "../theme.js";

/** @import {Component} from "../loader.js" */
/** @import {Theme} from "../theme.js" */
/** @import {ChartsData, Colour, ChartData} from "../types.js" */

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
   * Have as many places as there are charts; those that stay keep their element.
   * @param {ChartsData} data @param {Plotly.Library} plotly
   */
  arrange({ charts, height }, plotly) {
    const { root } = this;
    for (const place of [...root.children].slice(charts.length)) {
      plotly.purge(place);
      place.remove();
    }
    while (root.children.length < charts.length) root.append(element("div", { role: "img" }));
    root.style.setProperty("--height", `${height / 16}rem`);
  }

  async draw() {
    const { data, theme, plotly, root } = this;
    if (!data || !theme || !plotly) return;
    const drawn = data.charts.map((chart, index) => {
      const place = root.children[index];
      const { clientWidth: width, clientHeight: height } = place;
      if (width < 120 || height < 60) return null; // while the page is being laid out
      place.setAttribute("aria-label", chart.label);
      const { traces, layout } = figure(chart, data.colour, theme);
      return plotly.react(place, traces, { ...layout, width, height }, config());
    });
    await Promise.all(drawn);
  }

  destroy() {
    this.resizing.disconnect();
    for (const place of this.root.children) this.plotly?.purge(place);
    this.root.remove();
  }
}

/** @param {ChartData} chart @param {Colour} colour @param {Theme} theme */
function figure(chart, colour, theme) {
  const { traces, notes, x, y } = coloured(chart, colour, theme);
  const axis = (/** @type {Plotly.Layout} */ given) => ({
    ...given,
    fixedrange: true,
    title: titled(given.title, 6),
  });
  const layout = chartLayout(theme, chart.title, axis(x), axis(y));
  layout.margin = { l: 3.4 * theme.size, r: 10, t: 2 * theme.size, b: 3.2 * theme.size };
  layout.dragmode = false;
  layout.barmode = "overlay";
  layout.annotations = notes.map((note) => ({ showarrow: false, ...note }));
  return { traces: grown(traces, theme.size), layout };
}

/**
 * The same figure with the names of colours replaced by this theme's.
 * @param {ChartData} chart @param {Colour} colour @param {Theme} theme
 */
function coloured(chart, colour, theme) {
  /** @type {Record<string, string>} */
  const colours = {
    "@run": colourOf(colour, theme),
    "@accent": colourOf(ACCENT, theme),
    "@text": theme.text,
    "@faint": theme.line,
    "@background": theme.background,
  };
  const text = JSON.stringify(chart, (_, value) => colours[value] ?? value);
  return /** @type {ChartData} */ (JSON.parse(text));
}
