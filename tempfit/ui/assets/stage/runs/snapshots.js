// The snapshots as a table: the numbers behind the charts, to be walked by keyboard or read aloud.

import { button, element } from "../../elements.js";
import { inUnit, whole } from "../../format.js";
import { say } from "../../words.js";
import { inWords, spelled } from "../experiment/outcome.js";

/** @import {Playing} from "../playing/playing.js" */

const MANTISSAS = [1, 2, 5];
/** @type {Record<string, (place: number, count: number) => number>} */
const STEPS = {
  ArrowUp: (place) => place - 1,
  ArrowDown: (place) => place + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

export class SnapshotTable {
  /**
   * @param {HTMLDetailsElement} details @param {() => Playing | null} playing
   * @param {(epoch: number) => void} seek shows an epoch on the stage
   */
  constructor(details, playing, seek) {
    this.details = details;
    this.playing = playing;
    this.seek = seek;
    this.region = element("div", {});
    details.replaceChildren(element("summary", {}, say("Snapshots as a table")), this.region);
    details.ontoggle = () => this.fill();
    this.region.onkeydown = (event) => this.walk(event);
    this.filled = ""; // with what
  }

  /** Show what is trained by now, if the table is open. */
  fill() {
    const playing = this.playing();
    if (!this.details.open || !playing) return;
    const { name, experiment, trajectory, standing } = playing;
    const what = `${name} ${trajectory.epoch.length} ${standing.language}`;
    if (what === this.filled) return;
    this.filled = what;
    const { runs, statuses, unit } = experiment;
    const alone = runs.length === 1;
    const loss = inUnit(say("Loss"), unit);
    const titles = alone
      ? [loss, "w", "b", say("Status")]
      : runs.map(({ label }) => say("{name}: {said}", { name: label, said: loss }));
    const table = element("table", { ariaLabel: say("Snapshots as a table") });
    table.createTHead().append(row("col", [say("Epoch"), ...titles]));
    const body = table.createTBody();
    listed(trajectory.epoch).forEach((k, place) => {
      const cells = runs.flatMap((_, r) => {
        const [at, w, b] = [trajectory.loss, trajectory.w, trajectory.b].map((of) => of[r][k]);
        const status = k ? inWords(statuses[trajectory.status[r][k]]) : "";
        if (alone) return [at, w, b].map((value) => spelled(value, 6)).concat(status);
        return [...new Set([spelled(at, 4), status])].filter(Boolean).join(say(", "));
      });
      const line = row("row", ["", ...cells]);
      line.cells[0].append(this.button(trajectory.epoch[k], place));
      body.append(line);
    });
    this.region.replaceChildren(table);
  }

  /**
   * A button that shows its epoch; only the first is reached by Tab.
   * @param {number} epoch @param {number} place
   */
  button(epoch, place) {
    return button(whole(epoch), () => this.seek(epoch), {
      tabIndex: place ? -1 : 0,
      ariaLabel: say("Go to epoch {epoch}", { epoch: whole(epoch) }),
    });
  }

  /** Go from epoch to epoch by the arrows. @param {KeyboardEvent} event */
  walk(event) {
    const buttons = [...this.region.querySelectorAll("button")];
    const place = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const to = buttons[STEPS[event.key]?.(place, buttons.length) ?? -1];
    if (place < 0 || !to) return;
    event.preventDefault();
    buttons[place].tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  }
}

/** @param {string} scope @param {string[]} texts of which the first is a heading at least */
function row(scope, texts) {
  const cells = texts.map((text, place) =>
    scope === "col" || place === 0 ? element("th", { scope }, text) : element("td", {}, text),
  );
  return element("tr", {}, ...cells);
}

/**
 * The places of the snapshots to list: the first, those at 1, 2, 5, 10 … epochs or just before, and
 * the last.
 * @param {ArrayLike<number>} epochs
 */
export function listed(epochs) {
  const last = epochs.length - 1;
  const places = new Set([0]);
  for (let place = 0, power = 1, step = 0; place < last; step++) {
    const wanted = power * MANTISSAS[step % 3];
    if (step % 3 === 2) power *= 10;
    while (place < last && epochs[place + 1] <= wanted) place++;
    places.add(place);
  }
  return [...places.add(last)];
}
