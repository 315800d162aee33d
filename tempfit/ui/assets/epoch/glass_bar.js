// Chooses the epoch under the glass: by hand, or by following the stage. Asks on until a far
// epoch is reached.

import { Channel } from "../channel.js";
import { element } from "../elements.js";
import { whole } from "../format.js";
import { finder, mounting } from "../loader.js";
import { integers } from "../packing.js";
import { placeOf } from "../search.js";
import { outbox } from "../server.js";
import { follow, shown } from "../shown.js";
import { say } from "../words.js";

/** @import {Component} from "../loader.js" */
/** @import {GlassData} from "../types.js" */

/** @typedef {{ epoch: number, following: boolean }} Choice */

export const mount = mounting(() => new GlassBar(), ["shared.css"]);

class GlassBar {
  constructor() {
    this.root = element("div", { className: "tempfit-glass-bar tempfit-controls" });
    this.root.innerHTML = `
      <span>${say("Epoch under the glass")}</span>
      <input type="range" min="0" step="1" value="0" aria-label="${say("Epoch under the glass")}">
      <input type="number" min="1" step="1" value="1" aria-label="${say("Exact epoch")}">
      <label><input type="checkbox"> ${say("Follow the stage")}</label>
      <p role="status"></p>`;
    const find = finder(this.root);
    this.scrubber = /** @type {HTMLInputElement} */ (find("[type=range]"));
    this.exact = /** @type {HTMLInputElement} */ (find("[type=number]"));
    this.box = /** @type {HTMLInputElement} */ (find("[type=checkbox]"));
    this.status = find("[role=status]");
    this.recorded = new Int32Array([1]);
    this.scrubber.oninput = () => this.choose(this.recorded[Number(this.scrubber.value)]);
    this.exact.onchange = () => this.choose(Number(this.exact.value));
    this.exact.onblur = () => {
      this.exact.value = String(this.showing);
    };
    this.box.onchange = () => this.choose(this.showing, this.box.checked);
    this.showing = 1;
    /** @type {Choice | null} */
    this.choice = null; // what was chosen here and is not under the glass yet
    /** @type {Channel<Choice>} */
    this.looks = new Channel("look", outbox, (choice) => ({
      ...choice,
      experiment: this.data?.experiment,
    }));
    this.stop = follow(() => this.goOn());
  }

  /** @param {Component<GlassData>} component */
  receive({ data, setTriggerValue }) {
    this.data = data;
    this.looks.send = setTriggerValue;
    this.looks.answered(data.answered);
    if (!this.looks.busy) this.choice = null;
    this.recorded = integers(data.recorded);
    this.scrubber.max = String(this.recorded.length - 1);
    this.exact.max = String(data.epochs);
    const { wanted, reached, following } = data;
    this.show(this.choice ?? { epoch: wanted, following });
    this.status.textContent =
      reached < wanted
        ? say("On the way to epoch {wanted}: epoch {reached}", {
            wanted: whole(wanted),
            reached: whole(reached),
          })
        : "";
    if (!this.looks.busy) this.goOn();
  }

  /** Show a choice; what is being typed stays. @param {Choice} choice */
  show({ epoch, following }, typing = document.activeElement === this.exact) {
    if (!typing) this.exact.value = String(epoch);
    this.showing = epoch;
    this.box.checked = following;
    this.scrubber.value = String(placeOf(this.recorded, epoch));
    this.scrubber.setAttribute("aria-valuetext", say("epoch {epoch}", { epoch }));
  }

  /**
   * Take a choice made by hand: an epoch, which ends following, or to follow the stage.
   * @param {number} epoch
   */
  choose(epoch, following = false) {
    if (!this.data) return;
    const whole = Number.isFinite(epoch) ? Math.round(epoch) : this.data.wanted;
    this.choice = { epoch: Math.min(Math.max(whole, 1), this.data.epochs), following };
    this.show(this.choice, false);
    this.looks.ask(this.choice);
  }

  /** Ask for the epoch that the stage shows, if it is followed, or for more of the way to a far one. */
  goOn() {
    if (!this.data || this.choice) return;
    const { following, experiment, wanted, reached } = this.data;
    const present = shown();
    // To a snapshot belongs the epoch that led to it; to the start, the first.
    const epoch = Math.max(1, present?.epoch ?? 1);
    if (following && present?.experiment === experiment && epoch !== wanted) {
      this.looks.ask({ epoch, following });
    } else if (reached < wanted) {
      this.looks.ask({ epoch: wanted, following });
    }
  }

  destroy() {
    this.looks.forget();
    this.stop();
    this.root.remove();
  }
}
