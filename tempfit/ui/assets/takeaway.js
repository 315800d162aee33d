// "Take it along": each entry one click, each a faithful copy of what is on the screen.

import { closing } from "./menu.js";
import { chartSvg, png, stageSvg } from "./pictures.js";
import { replayHtml } from "./replay.js";
import { historyCsv, runsCsv } from "./tables.js";

export class Takeaway {
  /** @param {Stage} stage what is taken along */
  constructor(place, stage) {
    this.stage = stage;
    this.details = document.createElement("details");
    this.details.className = "tempfit-menu tempfit-takeaway";
    const summary = document.createElement("summary");
    summary.textContent = "Take it along";
    this.menu = document.createElement("div");
    this.details.append(summary, this.menu);
    this.details.ontoggle = () => this.details.open && this.fill();
    this.stopClosing = closing(this.details);
    place.append(this.details);
  }

  /** The entries that the present experiment and charts give. */
  fill() {
    const { setup, trajectory, rows, player } = this.stage;
    const { charts } = this.stage.panels;
    const note = document.createElement("span");
    note.setAttribute("role", "status");
    const entry = (label, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.onclick = async () => {
        note.textContent = (await act()) ?? "";
      };
      return button;
    };
    const picture = (name, svg) => [
      entry(`${name} as PNG`, async () =>
        save(`${slug(name)}.png`, await png(await this.rested(svg))),
      ),
      entry(`${name} as SVG`, async () =>
        save(`${slug(name)}.svg`, new Blob([await this.rested(svg)], { type: "image/svg+xml" })),
      ),
    ];
    const together = charts.length <= 3 ? charts : [];
    this.menu.replaceChildren(
      entry("History as CSV", () => save("history.csv", table(historyCsv(setup, trajectory)))),
      entry("Runs as CSV", () =>
        save("runs.csv", table(runsCsv(setup, (r) => rows.at(r, player.index)))),
      ),
      ...together.flatMap((chart) =>
        picture(chart.view.title, () => chartSvg(this.stage.Plotly, chart, this.stage.theme)),
      ),
      ...picture("All charts", () => stageSvg(this.stage.Plotly, charts, this.stage.theme)),
      entry("Animation as HTML", () => this.replay()),
      ...setup.runs.flatMap((run) =>
        run.script
          ? [
              entry(`PyTorch script, ${run.label}`, () =>
                save("experiment.py", new Blob([run.script])),
              ),
            ]
          : [],
      ),
      entry("Copy the link", () => this.copyLink()),
      note,
    );
  }

  /** Make a picture of what Plotly shows at rest at the present snapshot. */
  async rested(svg) {
    this.stage.player.pause();
    await this.stage.rest();
    return svg();
  }

  async replay() {
    const { assets, setup, trajectory, standing, experiment, packedSetup, root } = this.stage;
    const html = await replayHtml({
      assets,
      plotly: setup.plotly,
      message: { ...standing, assets: "", experiment, setup: packedSetup },
      packed: trajectory.pack(),
      style: themeVariables(root),
    });
    save("gradient-descent.html", new Blob([html], { type: "text/html" }));
  }

  async copyLink() {
    try {
      await navigator.clipboard.writeText(window.location.href);
      return "Link copied.";
    } catch {
      return window.location.href; // no clipboard here (no https): to be copied by hand
    }
  }

  destroy() {
    this.stopClosing();
  }
}

const table = (text) => new Blob([text], { type: "text/csv" });
const slug = (name) => name.toLowerCase().replaceAll(" ", "-");

function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The theme's variables, as the page has them, for a page without Streamlit. */
function themeVariables(element) {
  const names = [
    "text-color",
    "background-color",
    "secondary-background-color",
    "primary-color",
    "border-color",
    "border-color-light",
    "button-radius",
    "font",
  ];
  const styles = getComputedStyle(element);
  return names.map((name) => `--st-${name}: ${styles.getPropertyValue(`--st-${name}`)};`).join(" ");
}
