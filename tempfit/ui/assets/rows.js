// One row a run: its colour, learning rate, status and numbers at the epoch shown; and below
// them, for each run, what the law forecast and what came of it.

import { number, plain, steady, whole } from "./format.js";

/** [name, heading, explanation, the number a row is sorted by]. */
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
  /** @param {object} on handlers: `hide(slot)` and `solo(slot)` */
  constructor(place, on) {
    this.on = on;
    this.table = document.createElement("table");
    this.table.className = "tempfit-runs";
    this.said = document.createElement("table");
    this.said.className = "tempfit-said";
    place.append(this.table, this.said);
    this.order = null; // {column, descending}, or as given
  }

  reset(setup, trajectory, display) {
    this.behind = false;
    this.setup = setup;
    this.trajectory = trajectory;
    this.display = display;
    this.order = null;
    this.columns = COLUMNS.filter(
      ([name]) => name !== "settings" || setup.runs.some((run) => run.settings),
    );
    this.rows = setup.runs.map((run) => this.row(run));
    fill(
      this.table,
      this.columns.map((column) => this.heading(column)),
      this.rows.map(({ row }) => row),
    );
    this.sayings = setup.runs.map((run) => this.saying(run));
    const headings = [
      ["rate", "Learning rate"],
      ["", "Forecast, before training"],
      ["", "Outcome"],
    ];
    fill(
      this.said,
      headings.map(([name, text]) => Object.assign(headerCell(name), { textContent: text })),
      this.sayings.map(({ row }) => row),
    );
  }

  heading([name, text, title]) {
    const cell = headerCell(name);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name === "loss" && this.setup.unit ? `${text} (${this.setup.unit})` : text;
    button.title = `${title ? `${title}; ` : ""}sort`;
    button.onclick = () => this.sort(name);
    cell.append(button);
    return cell;
  }

  row(run) {
    const row = document.createElement("tr");
    row.dataset.testid = "run";
    row.dataset.learningRate = plain(run.rate);
    const cells = {};
    for (const [name, label] of this.columns) {
      const cell = row.insertCell();
      cell.className = name;
      cell.dataset.label = label;
      cells[name] = cell;
    }
    const shown = document.createElement("input");
    shown.type = "checkbox";
    shown.checked = !this.display.hidden.has(run.slot);
    shown.setAttribute("aria-label", `Show ${run.label}`);
    shown.onchange = () => this.on.hide(run.slot);
    const only = document.createElement("button");
    only.type = "button";
    only.textContent = "only";
    only.setAttribute("aria-label", `Show only ${run.label}`);
    only.onclick = () => this.on.solo(run.slot);
    cells.rate.append(shown, colourKey(run), number(run.rate), only);
    if (cells.settings) cells.settings.textContent = run.settings;
    row.onclick = (event) => {
      if (!event.target.closest("input, button")) this.on.hide(run.slot);
    };
    return { row, cells, shown };
  }

  saying(run) {
    const row = document.createElement("tr");
    const rate = row.insertCell();
    rate.className = "rate";
    rate.append(colourKey(run), run.label);
    const forecast = row.insertCell();
    forecast.dataset.label = "Forecast";
    forecast.textContent = run.forecast;
    const outcome = row.insertCell();
    outcome.dataset.label = "Outcome";
    outcome.dataset.testid = "outcome";
    return { row, outcome };
  }

  /** A run's numbers when the stage shows a snapshot. */
  at(r, shown) {
    const { trajectory, setup } = this;
    const index = trajectory.reached(r, shown);
    const { scale, shift, best, convergedLoss } = setup.runs[r];
    const [loss, w, b] = ["loss", "w", "b"].map((name) => trajectory[name][r][index]);
    let least = loss;
    let reached = null;
    for (let k = index; k >= 0; k--) {
      const past = trajectory.loss[r][k];
      if (!(least <= past)) least = past;
      if (past <= convergedLoss) reached = k;
    }
    return {
      epoch: trajectory.epoch[index],
      code: trajectory.status[r][index],
      stopped: trajectory.stops[r] <= shown,
      loss,
      w,
      b,
      least,
      reached: reached === null ? Infinity : trajectory.epoch[reached],
      exact: reached > 0 && trajectory.epoch[reached - 1] === trajectory.epoch[reached] - 1,
      slope: w * scale,
      intercept: b - w * scale * shift,
      distance: Math.hypot(w - best.w, b - best.b),
    };
  }

  /**
   * Show every run at a snapshot. In an animation frame, of which `now` is the time (ms), only
   * the data attributes are sure to: the texts may wait for the next `catchUp`.
   */
  frame(shown, now = null) {
    this.index = shown;
    const { setup, trajectory } = this;
    this.rows.forEach(({ row }, r) => {
      const index = trajectory.reached(r, shown);
      const [loss, w, b] = ["loss", "w", "b"].map((name) => plain(trajectory[name][r][index]));
      const status = setup.statuses[trajectory.status[r][index]];
      Object.assign(row.dataset, { status, loss, w, b });
    });
    this.behind = true;
    this.catchUp(now);
  }

  /** Write the texts that are behind, unless some were written a moment before `now`. */
  catchUp(now = null) {
    if (!this.behind || (now !== null && now - this.written < TEXTS_MS)) return;
    this.behind = false;
    this.written = now;
    this.rows.forEach(({ cells }, r) => {
      const at = this.at(r, this.index);
      const reached = `${at.exact ? "" : "by "}${whole(at.reached)}`;
      write(cells.status, this.setup.statuses[at.code] + (at.stopped ? " ■" : ""));
      cells.status.title = at.stopped ? "stopped here" : "";
      write(cells.reached, Number.isFinite(at.reached) ? reached : "not yet");
      for (const name of ["loss", "least", "w", "b"]) write(cells[name], steady(at[name]));
      for (const name of ["slope", "intercept"]) write(cells[name], steady(at[name], 5));
      write(cells.distance, steady(at.distance, 4));
    });
  }

  /** Sort by a column: ascending, then descending, then as given. */
  sort(column) {
    const same = this.order?.column === column;
    this.order = same && this.order.descending ? null : { column, descending: same };
    const places = this.rows.map((_, r) => r);
    if (this.order) {
      const key = COLUMNS.find(([name]) => name === column)[3];
      const value = (r) => key(this.setup.runs[r], this.at(r, this.index ?? 0));
      const sign = this.order.descending ? -1 : 1;
      // What is not a number comes last, whichever way.
      const rank = (r) => (Number.isNaN(value(r)) ? Infinity : sign * value(r));
      places.sort((one, other) =>
        rank(one) < rank(other) ? -1 : rank(one) > rank(other) ? 1 : one - other,
      );
    }
    this.table.tBodies[0].append(...places.map((r) => this.rows[r].row));
    for (const cell of this.table.tHead.rows[0].cells) {
      const sorted = cell.className === this.order?.column;
      cell.ariaSort = sorted ? (this.order.descending ? "descending" : "ascending") : null;
    }
  }

  /** Show which runs are hidden. */
  mark() {
    this.rows.forEach(({ row, shown }, r) => {
      const hidden = this.display.hidden.has(this.setup.runs[r].slot);
      shown.checked = !hidden;
      row.classList.toggle("hidden", hidden);
    });
  }

  /**
   * Say what happened: of a run that was stopped where that is, of the others where the last
   * snapshot trained is shown, and nothing elsewhere.
   */
  say(sentences) {
    const { epoch, stops } = this.trajectory;
    this.sayings.forEach(({ outcome }, r) => {
      const stopped = stops[r] <= (this.index ?? 0);
      outcome.textContent = stopped
        ? `Stopped at epoch ${whole(epoch[stops[r]])}, where it had converged.`
        : (sentences?.[r] ?? "");
    });
  }
}

function headerCell(name) {
  const cell = document.createElement("th");
  cell.scope = "col";
  cell.className = name;
  return cell;
}

/** Set the text of an element, if it is another. */
function write(element, text) {
  if (!element.firstChild) element.textContent = text;
  else if (element.firstChild.data !== text) element.firstChild.data = text;
}

/** Give a table its header cells and its rows. */
function fill(table, headings, rows) {
  const head = table.createTHead();
  head.replaceChildren();
  head.insertRow().append(...headings);
  (table.tBodies[0] ?? table.createTBody()).replaceChildren(...rows);
}

/** The stroke that a run's lines are drawn with. */
function colourKey(run) {
  const key = document.createElement("span");
  key.className = run.dashed ? "key dashed" : "key";
  key.style.setProperty("--light", run.light);
  key.style.setProperty("--dark", run.dark);
  return key;
}
