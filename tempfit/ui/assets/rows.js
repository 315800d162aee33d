// One row a run: its colour, learning rate, status and numbers at the epoch shown; and below
// them, for each run, what the law forecast and what came of it.

import { plain, steady } from "./format.js";

const COLUMNS = [
  ["rate", "Learning rate"],
  ["status", "Status"],
  ["loss", "Loss"],
  ["w", "w"],
  ["b", "b"],
  ["slope", "Slope", "w in the units of the data"],
  ["intercept", "Intercept", "b in the units of the data"],
  ["distance", "To optimum", "distance of (w, b) from the best (w, b)"],
];

export class Rows {
  constructor(place) {
    this.table = document.createElement("table");
    this.table.className = "tempfit-runs";
    this.said = document.createElement("table");
    this.said.className = "tempfit-said";
    place.append(this.table, this.said);
  }

  reset(setup, trajectory) {
    this.setup = setup;
    this.trajectory = trajectory;
    const loss = setup.unit ? `Loss (${setup.unit})` : "Loss";
    const headings = COLUMNS.map(([name, text, title]) => [name, name === "loss" ? loss : text, title]);
    this.rows = setup.runs.map((run) => this.row(run));
    fill(this.table, headings, this.rows.map(({ row }) => row));
    this.sayings = setup.runs.map((run) => this.saying(run));
    const columns = [["rate", "Learning rate"], ["", "Forecast, before training"], ["", "Outcome"]];
    fill(this.said, columns, this.sayings.map(({ row }) => row));
  }

  row(run) {
    const row = document.createElement("tr");
    row.dataset.testid = "run";
    row.dataset.learningRate = plain(run.rate);
    const cells = {};
    for (const [name, label] of COLUMNS) {
      const cell = row.insertCell();
      cell.className = name;
      cell.dataset.label = label;
      cells[name] = cell;
    }
    cells.rate.append(colourKey(run), run.label);
    return { row, cells };
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

  /** Show every run at a snapshot: called with every frame. */
  frame(index) {
    const { trajectory, setup } = this;
    this.rows.forEach(({ row, cells }, r) => {
      const { scale, shift } = setup.runs[r];
      const [loss, w, b] = ["loss", "w", "b"].map((name) => trajectory[name][r][index]);
      const status = setup.statuses[trajectory.status[r][index]];
      Object.assign(row.dataset, { status, loss: plain(loss), w: plain(w), b: plain(b) });
      cells.status.textContent = status;
      cells.loss.textContent = steady(loss);
      cells.w.textContent = steady(w);
      cells.b.textContent = steady(b);
      cells.slope.textContent = steady(w * scale, 5);
      cells.intercept.textContent = steady(b - w * scale * shift, 5);
      cells.distance.textContent = steady(Math.hypot(w - setup.best.w, b - setup.best.b), 4);
    });
  }

  /** Say what happened, where the last snapshot trained is shown; nothing elsewhere. */
  say(sentences) {
    this.sayings.forEach(({ outcome }, r) => {
      outcome.textContent = sentences?.[r] ?? "";
    });
  }
}

/** Give a table its headings, [class, text, title] each, and its rows. */
function fill(table, headings, rows) {
  const head = table.createTHead();
  head.replaceChildren();
  const row = head.insertRow();
  for (const [name, text, title] of headings) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.className = name;
    cell.textContent = text;
    if (title) cell.title = title;
    row.append(cell);
  }
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
