// One row a run: its colour, learning rate, status, loss, when it converged, and one sentence that
// begins as the outlook and becomes the outcome. Further numbers are shown on demand. The rows are
// laid out as grids, so that a sentence may stand below its numbers: the roles say what the elements
// no longer do.

import { button, element, write } from "../../elements.js";
import { exact, inUnit, number, steady } from "../../format.js";
import { say } from "../../words.js";
import { numbersAt } from "../experiment/experiment.js";
import { convergence, known, sentenceOf, spelled, statusOf } from "../experiment/outcome.js";
import { COLUMNS, classOf, placesBy } from "./columns.js";

/** @import {Column, Order} from "./columns.js" */
/** @import {Stroke} from "../../colours.js" */
/** @import {Display} from "../display.js" */
/** @import {Experiment, Numbers, Run} from "../experiment/experiment.js" */
/** @import {Trajectory} from "../experiment/trajectory.js" */

// Digits that change faster than this cannot be read, and every change lays the table out anew.
const TEXTS_MS = 90;
// Of more runs than this, one sentence is in sight at a time, beside the lines with the numbers.
const MOST_SENTENCES = 2;

export class Rows {
  /**
   * @param {Experiment} experiment @param {Trajectory} trajectory @param {Display} display
   * @param {{
   *   hide: (slot: number) => void,
   *   solo: (slot: number) => void,
   *   keep: (run: Run, kept: boolean) => void,
   *   became: (label: string, status: string) => void,
   * }} on `became` is called when a run shows another status than before
   */
  constructor(experiment, trajectory, display, on) {
    this.experiment = experiment;
    this.trajectory = trajectory;
    this.display = display;
    this.on = on;
    this.index = 0;
    this.behind = false;
    this.written = 0;
    /** @type {string[] | null} */
    this.sentences = null; // what became of the runs at the last snapshot trained
    this.atLast = false; // whether that one is shown
    /** @type {Order | null} */
    this.order = null; // or as given
    this.rows = experiment.runs.map((run) => this.row(run));
    this.headings = COLUMNS.map((column) => this.heading(column));
    const said = { role: "columnheader", className: "sentence" };
    const heading = element("th", said, say("What happens"));
    const head = element("tr", { role: "row" }, ...this.headings, heading);
    this.body = element("tbody", { role: "rowgroup" }, ...this.rows.map(({ row }) => row));
    const className = this.rows.length > MOST_SENTENCES ? "tempfit-runs many" : "tempfit-runs";
    this.table = element(
      "table",
      { role: "table", className, ariaLabel: say("Runs") },
      element("thead", { role: "rowgroup" }, head),
      this.body,
    );
    const more = { className: "tempfit-more" };
    this.more = button(say("More numbers"), () => this.showMore(!this.display.more), more);
    this.mark();
    this.choose(0);
    this.showMore(display.more);
  }

  /** What there is to show. */
  get elements() {
    return [this.table, this.more];
  }

  /** @param {boolean} more */
  showMore(more) {
    this.display.more = more;
    this.table.classList.toggle("all", more);
    this.more.ariaExpanded = String(more);
  }

  /** @param {Column} column */
  heading([name, heading, meaning]) {
    const text = name === "loss" ? inUnit(say(heading), this.experiment.unit) : say(heading);
    const title = meaning ? say("{meaning}; sort", { meaning: say(meaning) }) : say("sort");
    const sort = button(text, () => this.sort(name), { title });
    const cell = element("th", { role: "columnheader", className: classOf(name) }, sort);
    cell.dataset.column = name;
    return cell;
  }

  /** @param {Run} run */
  row(run) {
    /** @type {Record<string, HTMLElement>} */
    const cells = {};
    for (const [name, label] of [...COLUMNS, ["sentence", run.label]]) {
      const [tag, role] = name === "rate" ? ["th", "rowheader"] : ["td", "cell"];
      cells[name] = element(/** @type {"td"} */ (tag), { role, className: classOf(name) });
      cells[name].dataset.label = say(label);
    }
    cells.sentence.dataset.testid = "sentence";
    const row = element("tr", { role: "row" }, ...Object.values(cells));
    row.dataset.testid = "run";
    row.dataset.learningRate = exact(run.rate);
    const named = { run: run.label };
    const shown = element("input", {
      type: "checkbox",
      ariaLabel: say("Show {run}", named),
      onchange: () => this.on.hide(run.slot),
    });
    const only = button(say("only"), () => this.on.solo(run.slot), {
      ariaLabel: say("Show only {run}", named),
    });
    const keep = button(say("keep"), () => this.on.keep(run, keep.ariaPressed !== "true"), {
      ariaLabel: say("Keep {run}", named),
      title: say("Keep this run while the settings change"),
    });
    only.dataset.do = "only";
    keep.dataset.do = "keep";
    const acts = element("span", { className: "acts" }, only, keep);
    const settings = element("span", { className: "settings" }, run.settings);
    cells.rate.append(shown, colourKey(run), number(run.rate), acts, settings);
    for (const event of ["pointerenter", "focusin"]) {
      row.addEventListener(event, () => this.choose(this.experiment.runs.indexOf(run)));
    }
    return { row, cells, shown, keep };
  }

  /** Show the sentence of a run, where there is no room for all. @param {number} chosen */
  choose(chosen) {
    this.rows.forEach(({ row }, r) => {
      row.classList.toggle("chosen", r === chosen);
    });
  }

  /** A run's numbers at the snapshot shown. @param {number} r */
  at(r) {
    return numbersAt(this.experiment, this.trajectory, r, this.index);
  }

  /**
   * Show every run at a snapshot. In an animation frame `now` is its time (ms): then only the data
   * attributes are renewed at once, and the texts may wait for the next `catchUp`.
   * @param {number} shown @param {number | null} now
   */
  frame(shown, now = null) {
    this.index = shown;
    const { experiment, trajectory } = this;
    this.rows.forEach(({ row }, r) => {
      const index = trajectory.reached(r, shown);
      const status = experiment.statuses[trajectory.status[r][index]];
      if (shown > 0 && row.dataset.status !== status) {
        this.on.became(experiment.runs[r].label, status);
      }
      Object.assign(row.dataset, {
        status,
        loss: exact(trajectory.loss[r][index]),
        w: exact(trajectory.w[r][index]),
        b: exact(trajectory.b[r][index]),
      });
    });
    this.behind = true;
    this.catchUp(now);
  }

  /**
   * Say what became of the runs at the last snapshot trained, where that is known.
   * @param {string[] | null} sentences @param {boolean} atLast whether that snapshot is shown
   */
  say(sentences, atLast) {
    this.sentences = sentences;
    this.atLast = atLast;
    this.behind = true;
    this.catchUp();
  }

  /**
   * Write the texts that are behind, unless some were written a moment before `now`.
   * @param {number | null} now
   */
  catchUp(now = null) {
    if (!this.behind || (now !== null && now - this.written < TEXTS_MS)) return;
    this.behind = false;
    this.written = now ?? 0;
    this.rows.forEach(({ cells, row }, r) => {
      const at = this.at(r);
      row.classList.toggle("outlook", this.index === 0);
      const run = known(this.experiment.runs[r], this.display);
      const status = this.experiment.statuses[at.code];
      write(cells.status, statusOf(run, status, at));
      write(cells.reached, convergence(run, status, at));
      write(cells.sentence, sentenceOf(run, status, at, this.sentences?.[r], this.atLast));
      const spell = status === "overflowed" ? spelled : steady;
      for (const [name, , , digits] of COLUMNS) {
        if (digits) write(cells[name], spell(/** @type {any} */ (at)[name], digits));
      }
    });
  }

  /** Sort by a column: ascending, then descending, then as given. @param {string} column */
  sort(column) {
    const same = this.order?.column === column;
    this.order = same && this.order?.descending ? null : { column, descending: same };
    const numbers = this.rows.map((_, r) => this.at(r));
    const places = placesBy(this.order, this.experiment.runs, numbers);
    this.body.append(...places.map((r) => this.rows[r].row));
    for (const cell of this.headings) {
      const sorted = cell.dataset.column === this.order?.column;
      cell.ariaSort = sorted ? (this.order?.descending ? "descending" : "ascending") : null;
    }
  }

  /** Show which runs are kept while the settings change. @param {boolean[]} kept */
  hold(kept) {
    this.rows.forEach(({ keep }, r) => {
      write(keep, kept[r] ? say("kept") : say("keep"));
      keep.ariaPressed = String(kept[r]);
    });
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

/** The stroke that a run's lines are drawn with. @param {Stroke} run */
function colourKey(run) {
  const key = element("span", { className: run.dashed ? "key dashed" : "key" });
  key.style.setProperty("--light", run.light);
  key.style.setProperty("--dark", run.dark);
  return key;
}
