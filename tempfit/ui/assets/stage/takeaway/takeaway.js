// "Take it along": each entry one click, each a faithful copy of what is on the screen.

import { button, element } from "../../elements.js";
import { number, whole } from "../../format.js";
import { closing } from "../../menu.js";
import { say } from "../../words.js";
import { png, svgOf } from "./pictures.js";
import { replayHtml } from "./replay.js";
import { historyCsv, runsCsv } from "./tables.js";

/** @import {Display} from "../display.js" */
/** @import {Panels} from "../charts/panels.js" */
/** @import {Playing} from "../playing/playing.js" */

/**
 * What is there.
 * @typedef {Playing & {
 *   panels: Pick<Panels, "charts" | "headings">, root: HTMLElement, display: Display,
 * }} Shown
 */

/** @typedef {() => Promise<unknown> | unknown} Act what an entry does, and has to say if it is text */

/** @type {Record<string, string>} */
const FILES = {
  FitFigure: "fitted-line",
  LossFigure: "loss",
  SurfaceFigure: "surface",
  MapFigure: "map",
};

export class Takeaway {
  /**
   * @param {HTMLElement} place @param {() => Shown | null} shown
   * @param {() => Promise<void>} rest brings what is shown to rest
   */
  constructor(place, shown, rest) {
    this.shown = shown;
    this.rest = rest;
    this.menu = element("div", {});
    this.note = element("span", { role: "status" });
    this.details = element(
      "details",
      { className: "tempfit-menu tempfit-takeaway" },
      element("summary", {}, say("Take it along")),
      this.menu,
    );
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
    this.note.textContent = "";
    // A replay has no address to send, and nothing to make another one of.
    const live = window.tempfitReplay
      ? []
      : [
          this.entry(say("Copy the link"), copyLink),
          this.entry(say("Animation as HTML"), async () =>
            save(`${shown.setup.name}-replay.html`, await replay(shown), "text/html"),
          ),
        ];
    this.menu.replaceChildren(
      ...live,
      ...this.pictures(shown),
      ...this.tables(shown),
      ...this.scripts(shown),
      this.note,
    );
  }

  /** @param {Shown} shown */
  pictures({ panels, ...shown }) {
    const { charts, headings } = panels;
    const title = titleOf(shown);
    const all = this.picture(say("All charts"), `${shown.setup.name}-charts`, () =>
      svgOf(charts, title, shown.display.theme, headings),
    );
    if (headings.length) return all; // one a run: too many to list
    const single = charts.flatMap((chart) => {
      const file = `${shown.setup.name}-${FILES[chart.figure.constructor.name] ?? "chart"}`;
      return this.picture(say(chart.figure.title), file, () =>
        svgOf([chart], title, shown.display.theme),
      );
    });
    return [...all, ...single];
  }

  /** @param {Shown} shown */
  tables({ experiment, trajectory, rows, setup }) {
    const table = (/** @type {string} */ name, /** @type {() => string} */ csv) => () =>
      save(`${setup.name}-${name}.csv`, csv(), "text/csv");
    return [
      this.entry(
        say("History as CSV"),
        table("history", () => historyCsv(experiment, trajectory)),
      ),
      this.entry(
        say("Runs as CSV"),
        table("runs", () => runsCsv(experiment, (r) => rows.at(r))),
      ),
    ];
  }

  /** @param {Shown} shown */
  scripts({ experiment }) {
    return experiment.runs.map(({ script, scriptName, label }) =>
      this.entry(say("PyTorch script, {run}", { run: label }), () =>
        save(scriptName, experiment.scriptHead + script, "text/x-python"),
      ),
    );
  }

  /** @param {string} label @param {Act} act */
  entry(label, act) {
    const entry = button(label, async () => {
      const said = await act();
      entry.after(this.note); // what is said is seen where the press was
      this.note.textContent = typeof said === "string" ? said : "";
    });
    return entry;
  }

  /**
   * A picture of what Plotly shows at rest, in two formats.
   * @param {string} name @param {string} file @param {() => Promise<string>} svg
   */
  picture(name, file, svg) {
    const rested = async () => {
      await this.rest();
      return svg();
    };
    return [
      this.entry(say("{picture} as PNG", { picture: name }), async () =>
        save(`${file}.png`, await png(await rested())),
      ),
      this.entry(say("{picture} as SVG", { picture: name }), async () =>
        save(`${file}.svg`, await rested(), "image/svg+xml"),
      ),
    ];
  }

  destroy() {
    this.stopClosing();
  }
}

/**
 * What is shown: which data, at which scale if the runs share one, and at which epoch.
 * @param {Pick<Shown, "setup" | "experiment" | "player">} shown
 */
function titleOf({ setup, experiment, player }) {
  const [{ scale, shift }, ...others] = experiment.runs;
  const values = { data: setup.title, scale: number(scale), epoch: whole(player.epoch) };
  if (others.some((run) => run.scale !== scale || run.shift !== shift)) {
    return say("{data}, epoch {epoch}", values);
  }
  if (shift) return say("{data}, standardized, epoch {epoch}", values);
  return say("{data}, feature scale {scale}, epoch {epoch}", values);
}

/** @param {Shown} shown */
const replay = ({ standing, setup, trajectory, root, display }) =>
  replayHtml({
    data: { ...standing, setup: { ...setup, editable: false } },
    title: say("Gradient descent, replayed: {data}", { data: setup.title }),
    plotly: setup.plotly,
    snapshots: trajectory.pack(),
    display,
    root,
  });

async function copyLink() {
  const { href, searchParams } = new URL(window.location.href);
  try {
    await navigator.clipboard.writeText(href);
  } catch {
    return href; // no clipboard here (no https): to be copied by hand
  }
  return searchParams.get("data") === "private"
    ? say("Link copied. Your readings are not in it: it opens with the thermometer.")
    : say("Link copied.");
}

/** @param {string} name @param {string | Blob} content */
function save(name, content, type = "") {
  const href = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}
