// The history and the runs as CSV: what is on the screen, each number exactly as trained.

import { plain } from "./format.js";

/** One line a run and snapshot. */
export function historyCsv(setup, trajectory) {
  const loss = setup.unit ? `loss (${setup.unit})` : "loss";
  const header = ["epoch", "learning rate", "feature scale", "feature shift", loss, "w", "b"];
  const lines = setup.runs.flatMap((run, r) =>
    trajectory.epoch
      .slice(0, trajectory.stops[r] + 1)
      .map((epoch, k) =>
        [
          epoch,
          run.rate,
          run.scale,
          run.shift,
          trajectory.loss[r][k],
          trajectory.w[r][k],
          trajectory.b[r][k],
          setup.statuses[trajectory.status[r][k]],
        ].map(written),
      ),
  );
  return csv([[...header, "status"], ...lines]);
}

/** One line a run, at the snapshot shown; `at(r)` gives the numbers of the row. */
export function runsCsv(setup, at) {
  const unit = setup.unit ? ` (${setup.unit})` : "";
  const header = ["learning rate", "feature scale", "feature shift", "epoch", "status"];
  const numbers = ["loss", "least", "reached", "w", "b", "slope", "intercept", "distance"];
  const named = {
    loss: `loss${unit}`,
    least: `least loss${unit}`,
    reached: "first epoch within 1 %",
    distance: "distance to optimum",
  };
  const lines = setup.runs.map((run, r) => {
    const numbersAt = at(r);
    const reached = Number.isFinite(numbersAt.reached) ? numbersAt.reached : "";
    const values = numbers.map((name) => (name === "reached" ? reached : numbersAt[name]));
    const known = [run.rate, run.scale, run.shift, numbersAt.epoch, setup.statuses[numbersAt.code]];
    return [...known, ...values].map(written);
  });
  return csv([[...header, ...numbers.map((name) => named[name] ?? name)], ...lines]);
}

const written = (value) => (typeof value === "number" ? plain(value) : value);

/** Text in quotes where it needs them, by RFC 4180. */
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const csv = (lines) =>
  lines.map((line) => `${line.map((cell) => quoted(String(cell))).join(",")}\r\n`).join("");
