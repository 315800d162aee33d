// Charts of the autograd section, side by side, from figures that the server describes.

import { literal } from "./format.js";
import { chartLayout, loadPlotly, loadStyle, mounting, theme } from "./page.js";

const ACCENT = { light: "#b3173f", dark: "#ff8fa6" };

export const mount = mounting((parent, assets) => new Charts(parent, assets));

class Charts {
  constructor(parent, assets) {
    this.root = document.createElement("div");
    this.root.className = "tempfit-glass-charts";
    this.ready = loadStyle(assets).then(() => parent.append(this.root));
    this.resizing = new ResizeObserver(() => this.draw());
  }

  async receive({ data }) {
    await this.ready;
    this.Plotly = await loadPlotly(data.plotly);
    this.data = data;
    this.theme = theme(this.root);
    this.arrange();
    await this.draw();
    this.resizing.observe(this.root);
  }

  /** Have as many places as there are charts; those that stay keep their element. */
  arrange() {
    const { panels, height } = this.data;
    while (this.root.children.length > panels.length) {
      this.Plotly.purge(this.root.lastChild);
      this.root.lastChild.remove();
    }
    while (this.root.children.length < panels.length) {
      const place = document.createElement("div");
      place.setAttribute("role", "img");
      this.root.append(place);
    }
    this.root.style.setProperty("--panels", panels.length);
    this.root.style.setProperty("--height", `${height}px`);
  }

  async draw() {
    if (!this.data) return;
    const drawn = this.data.panels.map((panel, index) => {
      const place = this.root.children[index];
      const { clientWidth: width, clientHeight: height } = place;
      if (!width || !height) return null;
      place.setAttribute("aria-label", panel.label);
      const { traces, notes, x, y } = this.coloured(panel);
      const layout = {
        ...chartLayout(this.theme, panel.title, titled(x), titled(y)),
        width,
        height,
      };
      layout.title.font.size = 14;
      layout.font.size = 12;
      layout.margin = { l: 50, r: 10, t: 30, b: 40 };
      layout.dragmode = false;
      layout.barmode = "overlay";
      layout.annotations = notes.map((note) => ({ showarrow: false, ...note }));
      return this.Plotly.react(place, traces, layout, { displayModeBar: false });
    });
    await Promise.all(drawn);
  }

  /** The same figure with the names of colours replaced by this theme's. */
  coloured(part) {
    const { run } = this.data;
    const pick = (colours) => (this.theme.dark ? colours.dark : colours.light);
    const colours = {
      "@run": pick(run),
      "@accent": pick(ACCENT),
      "@text": this.theme.text,
      "@faint": this.theme.line,
      "@background": this.theme.background,
    };
    const replaced = (value) => {
      if (typeof value === "string") return colours[value] ?? value;
      if (Array.isArray(value)) return value.map(replaced);
      if (value === null || typeof value !== "object") return value;
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, replaced(inner)]),
      );
    };
    return replaced(part);
  }

  destroy() {
    this.resizing.disconnect();
    for (const place of this.root.children) this.Plotly?.purge(place);
    this.root.remove();
  }
}

const titled = (axis) => ({
  ...axis,
  fixedrange: true,
  title: { text: literal(axis.title ?? ""), standoff: 6 },
});
