// The history and the runs as CSV: what is on the screen, each number exactly as trained.

import { exact, inUnit } from "../../format.js";

/** @import {Experiment, Numbers, Run} from "../experiment/experiment.js" */
/** @import {Trajectory} from "../experiment/trajectory.js" */

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
  const run = ["learning rate", "feature scale", "feature shift"];
  return csv([["epoch", ...run, inUnit("loss", unit), "w", "b", "status"], ...lines]);
}

/**
 * One line a run, at the snapshot shown; `at(r)` gives the numbers of the row.
 * @param {Experiment} experiment @param {(r: number) => Numbers} at
 */
export function runsCsv({ runs, statuses, unit }, at) {
  /** @type {[string, (run: Run, at: Numbers) => string | number][]} */
  const columns = [
    ["learning rate", ({ rate }) => rate],
    ["feature scale", ({ scale }) => scale],
    ["feature shift", ({ shift }) => shift],
    ["epoch", (_, { epoch }) => epoch],
    ["status", (_, { code }) => statuses[code]],
    [inUnit("loss", unit), (_, { loss }) => loss],
    [inUnit("least loss", unit), (_, { least }) => least],
    ["first epoch within 1 %", (_, { reached }) => (Number.isFinite(reached) ? reached : "")],
    ["w", (_, { w }) => w],
    ["b", (_, { b }) => b],
    ["slope", (_, { slope }) => slope],
    ["intercept", (_, { intercept }) => intercept],
    ["distance to optimum", (_, { distance }) => distance],
  ];
  const lines = runs.map((run, r) => columns.map(([, value]) => value(run, at(r))));
  return csv([columns.map(([title]) => title), ...lines]);
}

/** Text in quotes where it needs them, by RFC 4180. @param {string} text */
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** @param {string | number} cell */
const written = (cell) => (typeof cell === "number" ? exact(cell) : quoted(cell));

/** @param {(string | number)[][]} lines */
const csv = (lines) => lines.map((line) => `${line.map(written).join(",")}\r\n`).join("");
