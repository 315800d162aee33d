// Tells a screen reader what becomes of each run, once: as soon as that is certain, or at the end.

import { element } from "../elements.js";
import { later, say } from "../words.js";

/** What a run is not expected to leave again. */
/** @type {Record<string, string>} */
const FINAL = {
  converged: later("converged."),
  diverging: later("diverging."),
  overflowed: later("overflowed."),
};

export class Announcer {
  /** @param {HTMLElement} place a live region */
  constructor(place) {
    this.place = place;
    this.told = new Set();
  }

  /** Another experiment, or the same one from its start. */
  reset() {
    this.told.clear();
    this.place.textContent = "";
  }

  /**
   * A run has another status than before. @param {string} label @param {string} status
   */
  became(label, status) {
    if (status in FINAL && !this.told.has(label)) this.say(label, say(FINAL[status]));
  }

  /**
   * Training has ended: say what became of the runs of which nothing was said.
   * @param {string[]} labels @param {string[]} sentences
   */
  ended(labels, sentences) {
    labels.forEach((label, r) => {
      if (!this.told.has(label)) this.say(label, sentences[r]);
    });
  }

  /** @param {string} label @param {string} what */
  say(label, what) {
    this.told.add(label);
    this.place.append(element("p", {}, say("{name}: {said}", { name: label, said: what })));
  }
}
