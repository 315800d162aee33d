// For each run what the law forecast, and what came of it.

import { whole } from "../format.js";
import { colourKey, headerCell, table } from "./table.js";

/** @import {Experiment, Run} from "./experiment.js" */
/** @import {Trajectory} from "./trajectory.js" */

export class Outcomes {
  /** @param {Experiment} experiment */
  constructor({ runs }) {
    this.lines = runs.map(line);
    this.table = table(
      "tempfit-said",
      [
        headerCell("rate", "Learning rate"),
        headerCell("", "Forecast, before training"),
        headerCell("", "Outcome"),
      ],
      this.lines.map(({ row }) => row),
    );
  }

  /**
   * Say what happened: of a run that was stopped where that is, of the others what is known at the
   * snapshot shown.
   * @param {Trajectory} trajectory @param {number} shown
   * @param {string[] | null} sentences one a run, or null where nothing is known
   */
  say({ epoch, stops }, shown, sentences) {
    this.lines.forEach(({ outcome }, r) => {
      outcome.textContent =
        stops[r] <= shown
          ? `Stopped at epoch ${whole(epoch[stops[r]])}, where it had converged.`
          : (sentences?.[r] ?? "");
    });
  }
}

/** @param {Run} run */
function line(run) {
  const row = document.createElement("tr");
  const rate = row.insertCell();
  rate.className = "rate";
  rate.append(colourKey(run), run.label);
  const forecast = row.insertCell();
  forecast.dataset.label = "Forecast";
  forecast.textContent = run.outlook;
  const outcome = row.insertCell();
  outcome.dataset.label = "Outcome";
  outcome.dataset.testid = "outcome";
  return { row, outcome };
}
