// What was trained before, by name, with what can be done about it: to be kept as a run, or to go.

import { gone } from "./ghost.js";

/** @import {Experiment, Run} from "./experiment.js" */
/** @import {Ghost} from "./view.js" */

export class GhostBar {
  /**
   * @param {HTMLElement} place @param {{ forget: () => void, keep: (run: Run) => void }} on
   */
  constructor(place, on) {
    this.place = place;
    place.innerHTML = `
      <span></span>
      <button type="button" data-do="keep" title="Train it again beside the runs that follow"></button>
      <button type="button" title="Take it off the charts">✕ before</button>`; // a constant
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
    const more = ghost.names.length - 1;
    this.name.textContent = `${ghost.names[0]}${more ? ` and ${more} more` : ""}`;
    this.keep.hidden = !this.run;
    this.keep.textContent = `Keep ${this.run?.short}`;
  }
}
