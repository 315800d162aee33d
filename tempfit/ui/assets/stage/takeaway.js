// "Take it along": each entry one click, each a faithful copy of what is on the screen.

import { closing } from "../menu.js";
import { chartSvg, png, stageSvg } from "./pictures.js";
import { replayHtml } from "./replay.js";
import { STYLES } from "./styles.js";
import { historyCsv, runsCsv } from "./tables.js";

/** @import {Theme} from "../theme.js" */
/** @import {Chart} from "./chart.js" */
/** @import {Playing} from "./playing.js" */

/** @typedef {Playing & { theme: Theme, charts: Chart[], root: HTMLElement }} Shown what is there */

/** @typedef {() => Promise<unknown> | unknown} Act what an entry does, and has to say if it is text */

export class Takeaway {
  /**
   * @param {HTMLElement} place @param {() => Shown | null} shown
   * @param {() => Promise<void>} rest brings what is shown to rest
   */
  constructor(place, shown, rest) {
    this.shown = shown;
    this.rest = rest;
    this.details = document.createElement("details");
    this.details.className = "tempfit-menu tempfit-takeaway";
    const summary = document.createElement("summary");
    summary.textContent = "Take it along";
    this.menu = document.createElement("div");
    this.note = document.createElement("span");
    this.note.setAttribute("role", "status");
    this.details.append(summary, this.menu);
    this.details.ontoggle = () => {
      if (this.details.open) this.fill();
    };
    this.stopClosing = closing(this.details);
    place.append(this.details);
  }

  /** Offer what the present experiment and charts give. */
  fill() {
    const shown = this.shown();
    if (!shown) return;
    const { experiment, trajectory, rows, charts, theme } = shown;
    const together = charts.length <= 3 ? charts : [];
    const scripts = experiment.runs.flatMap(({ script, label }) =>
      script ? [this.entry(`PyTorch script, ${label}`, () => save("experiment.py", script))] : [],
    );
    this.note.textContent = "";
    this.menu.replaceChildren(
      this.entry("History as CSV", () =>
        save("history.csv", historyCsv(experiment, trajectory), "text/csv"),
      ),
      this.entry("Runs as CSV", () =>
        save(
          "runs.csv",
          runsCsv(experiment, (r) => rows.at(r)),
          "text/csv",
        ),
      ),
      ...together.flatMap((chart) => this.picture(chart.view.title, () => chartSvg(chart, theme))),
      ...this.picture("All charts", () => stageSvg(charts, theme)),
      this.entry("Animation as HTML", async () =>
        save("gradient-descent.html", await replay(shown), "text/html"),
      ),
      ...scripts,
      this.entry("Copy the link", copyLink),
      this.note,
    );
  }

  /** @param {string} label @param {Act} act */
  entry(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.onclick = async () => {
      const said = await act();
      this.note.textContent = typeof said === "string" ? said : "";
    };
    return button;
  }

  /**
   * A picture of what Plotly shows at rest, in two formats.
   * @param {string} name @param {() => Promise<string>} svg
   */
  picture(name, svg) {
    const file = name.toLowerCase().replaceAll(" ", "-");
    const rested = async () => {
      await this.rest();
      return svg();
    };
    return [
      this.entry(`${name} as PNG`, async () => save(`${file}.png`, await png(await rested()))),
      this.entry(`${name} as SVG`, async () =>
        save(`${file}.svg`, await rested(), "image/svg+xml"),
      ),
    ];
  }

  destroy() {
    this.stopClosing();
  }
}

/** @param {Shown} shown */
const replay = ({ standing, setup, trajectory, root }) =>
  replayHtml({
    data: { ...standing, setup },
    plotly: setup.plotly,
    snapshots: trajectory.pack(),
    styles: STYLES,
    root,
  });

async function copyLink() {
  try {
    await navigator.clipboard.writeText(window.location.href);
    return "Link copied.";
  } catch {
    return window.location.href; // no clipboard here (no https): to be copied by hand
  }
}

/** @param {string} name @param {string | Blob} content */
function save(name, content, type = "") {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
