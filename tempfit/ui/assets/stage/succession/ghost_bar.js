// What was trained before, by name, with what can be done about it: to be kept as a run, or to go.

import { say, sayMany } from "../../words.js";
import { gone } from "./ghost.js";

/** @import {Experiment, Run} from "../experiment/experiment.js" */
/** @import {Ghost} from "../charts/figure.js" */

export class GhostBar {
  /**
   * @param {HTMLElement} place @param {{ forget: () => void, keep: (run: Run) => void }} on
   */
  constructor(place, on) {
    this.place = place;
    place.innerHTML = `
      <span></span>
      <button type="button" data-do="keep" title="${say("Train it again beside the runs that follow")}"></button>
      <button type="button" title="${say("Take the picture from before off the charts")}">${say("✕ before")}</button>`; // nothing of the user's is in it
    const [name, keep, forget] = /** @type {HTMLElement[]} */ ([...place.children]);
    this.name = name;
    this.keep = keep;
    /** @type {Run | null} */
    this.run = null;
    keep.onclick = () => this.run && on.keep(this.run);
    forget.onclick = on.forget;
    this.show(null);
  }

  /** @param {Ghost | null} ghost @param {Experiment} [experiment] what is on the stage */
  show(ghost, experiment) {
    this.place.hidden = !ghost;
    if (!ghost || !experiment) return;
    this.run = gone(ghost, experiment);
    const [name, ...more] = ghost.names;
    const values = { name, count: more.length };
    this.name.textContent = more.length
      ? sayMany("{name} and {count} more", "{name} and {count} more", more.length, values)
      : name;
    this.keep.hidden = !this.run;
    this.keep.textContent = say("Keep {run} from before", { run: this.run?.short ?? "" });
  }
}
