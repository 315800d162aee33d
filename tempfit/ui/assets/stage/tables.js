// The history and the runs as CSV: what is on the screen, each number exactly as trained.

import { exact, inUnit } from "../format.js";

/** @import {Experiment, Numbers} from "./experiment.js" */
/** @import {Trajectory} from "./trajectory.js" */

const RUN = ["learning rate", "feature scale", "feature shift"];

/** One line a run and snapshot. @param {Experiment} experiment @param {Trajectory} trajectory */
export function historyCsv({ runs, statuses, unit }, { epoch, loss, w, b, status, stops }) {
  const lines = runs.flatMap((run, r) =>
    epoch
      .slice(0, stops[r] + 1)
      .map((moment, k) => [
        moment,
        run.rate,
        run.scale,
        run.shift,
        loss[r][k],
        w[r][k],
        b[r][k],
        statuses[status[r][k]],
      ]),
  );
  return csv([["epoch", ...RUN, inUnit("loss", unit), "w", "b", "status"], ...lines]);
}

/**
 * One line a run, at the snapshot shown; `at(r)` gives the numbers of the row.
 * @param {Experiment} experiment
 * @param {(r: number) => Numbers} at
 */
export function runsCsv({ runs, statuses, unit }, at) {
  const header = [
    ...RUN,
    "epoch",
    "status",
    inUnit("loss", unit),
    inUnit("least loss", unit),
    "first epoch within 1 %",
    "w",
    "b",
    "slope",
    "intercept",
    "distance to optimum",
  ];
  const lines = runs.map((run, r) => {
    const { epoch, code, loss, least, reached, w, b, slope, intercept, distance } = at(r);
    return [
      run.rate,
      run.scale,
      run.shift,
      epoch,
      statuses[code],
      loss,
      least,
      Number.isFinite(reached) ? reached : "",
      w,
      b,
      slope,
      intercept,
      distance,
    ];
  });
  return csv([header, ...lines]);
}

/** Text in quotes where it needs them, by RFC 4180. @param {string} text */
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @param {string | number} cell */
const written = (cell) => (typeof cell === "number" ? exact(cell) : quoted(cell));

/** @param {(string | number)[][]} lines */
const csv = (lines) => lines.map((line) => `${line.map(written).join(",")}\r\n`).join("");
