// One row a run: its colour, learning rate, status and numbers at the epoch shown.

import { exact, inUnit, number, steady, whole } from "../format.js";
import { numbersAt } from "./experiment.js";
import { colourKey, headerCell, table } from "./table.js";

/** @import {Display} from "./display.js" */
/** @import {Experiment, Numbers, Run} from "./experiment.js" */
/** @import {Trajectory} from "./trajectory.js" */

/** @typedef {(run: Run, at: Numbers) => number} Value */

/** @type {[string, string, string, Value][]} name, heading, explanation, what a row is sorted by */
const COLUMNS = [
  ["rate", "Learning rate", "", (run) => run.rate],
  ["settings", "Settings", "where they differ between the runs", (run) => run.scale],
  ["status", "Status", "", (_, at) => at.code],
  [
    "reached",
    "Within 1 %",
    "first epoch within 1 % of the best possible loss",
    (_, at) => at.reached,
  ],
  ["loss", "Loss", "", (_, at) => at.loss],
  ["least", "Least loss", "the least so far", (_, at) => at.least],
  ["w", "w", "of the scaled feature", (_, at) => at.w],
  ["b", "b", "of the scaled feature", (_, at) => at.b],
  ["slope", "Slope", "w in the units of the data", (_, at) => at.slope],
  ["intercept", "Intercept", "b in the units of the data", (_, at) => at.intercept],
  ["distance", "To optimum", "distance of (w, b) from the best (w, b)", (_, at) => at.distance],
];

// Digits that change faster than this cannot be read, and every change lays the table out anew.
const TEXTS_MS = 90;

export class Rows {
  /**
   * @param {Experiment} experiment @param {Trajectory} trajectory @param {Display} display
   * @param {{ hide: (slot: number) => void, solo: (slot: number) => void }} on
   */
  constructor(experiment, trajectory, display, on) {
    this.experiment = experiment;
    this.trajectory = trajectory;
    this.display = display;
    this.on = on;
    this.index = 0;
    this.behind = false;
    this.written = 0;
    /** @type {{ column: string, descending: boolean } | null} */
    this.order = null; // or as given
    this.columns = COLUMNS.filter(
      ([name]) => name !== "settings" || experiment.runs.some((run) => run.settings),
    );
    this.rows = experiment.runs.map((run) => this.row(run));
    this.headings = this.columns.map((column) => this.heading(column));
    this.table = table(
      "tempfit-runs",
      this.headings,
      this.rows.map(({ row }) => row),
    );
    this.mark();
  }

  /** @param {(typeof COLUMNS)[0]} column */
  heading([name, text, title]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name === "loss" ? inUnit(text, this.experiment.unit) : text;
    button.title = `${title ? `${title}; ` : ""}sort`;
    button.onclick = () => this.sort(name);
    return headerCell(name, button);
  }

  /** @param {Run} run */
  row(run) {
    const row = document.createElement("tr");
    row.dataset.testid = "run";
    row.dataset.learningRate = exact(run.rate);
    /** @type {Record<string, HTMLTableCellElement>} */
    const cells = {};
    for (const [name, label] of this.columns) {
      const cell = row.insertCell();
      cell.className = name;
      cell.dataset.label = label;
      cells[name] = cell;
    }
    const shown = document.createElement("input");
    shown.type = "checkbox";
    shown.setAttribute("aria-label", `Show ${run.label}`);
    shown.onchange = () => this.on.hide(run.slot);
    const only = document.createElement("button");
    only.type = "button";
    only.textContent = "only";
    only.setAttribute("aria-label", `Show only ${run.label}`);
    only.onclick = () => this.on.solo(run.slot);
    cells.rate.append(shown, colourKey(run), number(run.rate), only);
    if (cells.settings) cells.settings.textContent = run.settings;
    row.onclick = ({ target }) => {
      if (!(/** @type {Element} */ (target).closest("input, button"))) this.on.hide(run.slot);
    };
    return { row, cells, shown };
  }

  /** A run's numbers at the snapshot shown. @param {number} r */
  at(r) {
    return numbersAt(this.experiment, this.trajectory, r, this.index);
  }

  /**
   * Show every run at a snapshot. In an animation frame, of which `now` is the time (ms), only the
   * data attributes are sure to: the texts may wait for the next `catchUp`.
   * @param {number} shown @param {number | null} now
   */
  frame(shown, now = null) {
    this.index = shown;
    const { experiment, trajectory } = this;
    this.rows.forEach(({ row }, r) => {
      const index = trajectory.reached(r, shown);
      Object.assign(row.dataset, {
        status: experiment.statuses[trajectory.status[r][index]],
        loss: exact(trajectory.loss[r][index]),
        w: exact(trajectory.w[r][index]),
        b: exact(trajectory.b[r][index]),
      });
    });
    this.behind = true;
    this.catchUp(now);
  }

  /**
   * Write the texts that are behind, unless some were written a moment before `now`.
   * @param {number | null} now
   */
  catchUp(now = null) {
    if (!this.behind || (now !== null && now - this.written < TEXTS_MS)) return;
    this.behind = false;
    this.written = now ?? 0;
    this.rows.forEach(({ cells }, r) => {
      const at = this.at(r);
      const reached = `${at.exact ? "" : "by "}${whole(at.reached)}`;
      write(cells.status, this.experiment.statuses[at.code] + (at.stopped ? " ■" : ""));
      cells.status.title = at.stopped ? "stopped here" : "";
      write(cells.reached, Number.isFinite(at.reached) ? reached : "not yet");
      write(cells.loss, steady(at.loss));
      write(cells.least, steady(at.least));
      write(cells.w, steady(at.w));
      write(cells.b, steady(at.b));
      write(cells.slope, steady(at.slope, 5));
      write(cells.intercept, steady(at.intercept, 5));
      write(cells.distance, steady(at.distance, 4));
    });
  }

  /** Sort by a column: ascending, then descending, then as given. @param {string} column */
  sort(column) {
    const same = this.order?.column === column;
    this.order = same && this.order?.descending ? null : { column, descending: same };
    const places = this.rows.map((_, r) => r);
    if (this.order) {
      const [, , , value] = this.columns.find(([name]) => name === column) ?? COLUMNS[0];
      const sign = this.order.descending ? -1 : 1;
      // What is not a number comes last, whichever way.
      const ranks = places.map((r) => {
        const rank = sign * value(this.experiment.runs[r], this.at(r));
        return Number.isNaN(rank) ? Infinity : rank;
      });
      places.sort((one, other) => compared(ranks[one], ranks[other]) || one - other);
    }
    this.table.tBodies[0].append(...places.map((r) => this.rows[r].row));
    for (const cell of this.headings) {
      const sorted = cell.className === this.order?.column;
      cell.ariaSort = sorted ? (this.order?.descending ? "descending" : "ascending") : null;
    }
  }

  /** Show which runs are hidden. */
  mark() {
    this.rows.forEach(({ row, shown }, r) => {
      const hidden = this.display.hidden.has(this.experiment.runs[r].slot);
      shown.checked = !hidden;
      row.classList.toggle("hidden", hidden);
    });
  }
}

/** @param {number} one @param {number} other */
const compared = (one, other) => (one < other ? -1 : Number(one > other));

/**
 * Set the text of an element, if it is another.
 * @param {HTMLElement} element @param {string} text
 */
function write(element, text) {
  const { firstChild } = element;
  if (!(firstChild instanceof Text)) element.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}
