// Tells a screen reader what becomes of each run, once: as soon as that is certain, or at the end.

/** What a run is not expected to leave again. */
const FINAL = ["converged", "diverging", "overflowed"];

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
    if (FINAL.includes(status) && !this.told.has(label)) this.say(label, `${status}.`);
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
    const line = document.createElement("p");
    line.textContent = `${label}: ${what}`;
    this.place.append(line);
  }
}
