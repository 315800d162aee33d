// An experiment as the server describes it, unpacked for the page.

import { number } from "./format.js";
import { floats, integers } from "./trajectory.js";

export function unpack(setup) {
  return {
    ...setup,
    schedule: integers(setup.schedule),
    forecast: floats(setup.forecast),
    forecastAbove: floats(setup.forecastAbove),
    x: floats(setup.x),
    y: floats(setup.y),
    runs: setup.runs.map((run) => ({
      ...run,
      label: run.settings ? `${number(run.rate)} · ${run.settings}` : number(run.rate),
    })),

    /**
     * The loss above the best possible of a run at a snapshot, ½ Σ λ c² from its (w, b): the
     * difference of two losses would be lost in the rounding of float32.
     */
    excess(r, trajectory, index) {
      const { best, eigenvalues, directions } = this.runs[r];
      const away = [trajectory.w[r][index] - best.w, trajectory.b[r][index] - best.b];
      return eigenvalues.reduce((sum, value, i) => {
        const along = directions[0][i] * away[0] + directions[1][i] * away[1];
        return sum + 0.5 * value * along * along;
      }, 0);
    },
  };
}
