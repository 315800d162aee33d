// Chooses the epoch under the glass: by hand, or by following the stage. Asks on until a far
// epoch is reached.

import { whole } from "./format.js";
import { mounting } from "./page.js";
import { follow, shown } from "./shown.js";
import { integers } from "./trajectory.js";
import { placeOf } from "./transport.js";
import { inTurn } from "./turns.js";

const PATIENCE_MS = 3000; // how long to wait for an answer before asking again
const SETTLE_MS = 80; // from a move of the scrubber to asking for what it has come to

export const mount = mounting((parent) => new GlassBar(parent));

class GlassBar {
  constructor(parent) {
    this.root = document.createElement("div");
    this.root.className = "tempfit-glass-bar";
    this.root.innerHTML = `
      <span>Epoch under the glass</span>
      <input type="range" min="0" step="1" value="0" aria-label="Epoch under the glass">
      <input type="number" min="1" step="1" value="1" aria-label="Exact epoch">
      <label><input type="checkbox"> Follow the stage</label>
      <p role="status"></p>`;
    const part = (selector) => this.root.querySelector(selector);
    this.scrubber = part("[type=range]");
    this.exact = part("[type=number]");
    this.box = part("[type=checkbox]");
    this.status = part("[role=status]");
    this.scrubber.oninput = () => this.choose(this.schedule[Number(this.scrubber.value)]);
    this.exact.onchange = () => this.choose(Number(this.exact.value));
    this.box.onchange = () => this.choose(this.data.wanted, this.box.checked);
    parent.append(this.root);
    this.choice = null; // what was chosen here and is not under the glass yet
    this.asked = 0;
    this.stop = follow(() => this.ask());
  }

  receive({ data, setTriggerValue }) {
    this.data = data;
    this.send = (...said) => inTurn(() => setTriggerValue(...said));
    this.schedule = integers(data.schedule);
    this.scrubber.max = String(this.schedule.length - 1);
    this.exact.max = String(data.epochs);
    if (this.choice?.epoch === data.wanted && this.choice.following === data.following) {
      this.choice = null;
    }
    this.show(this.choice ?? { epoch: data.wanted, following: data.following });
    const { wanted, reached } = data;
    this.status.textContent =
      reached < wanted ? `On the way to epoch ${whole(wanted)}: epoch ${whole(reached)}` : "";
    clearTimeout(this.waiting);
    // Asked from the page's own time, never from within the message it follows.
    requestAnimationFrame(() => this.ask());
  }

  show({ epoch, following }) {
    const shown = this.showing;
    this.showing = epoch;
    this.box.checked = following;
    this.scrubber.value = String(placeOf(this.schedule, epoch));
    this.scrubber.setAttribute("aria-valuetext", `epoch ${epoch}`);
    // What is being typed stays, unless the epoch has become another one.
    if (document.activeElement !== this.exact || epoch !== shown) this.exact.value = String(epoch);
  }

  /** Take a choice made by hand: an epoch, which ends following, or to follow the stage. */
  choose(epoch, following = false) {
    const whole = Number.isFinite(epoch) ? Math.round(epoch) : this.data.wanted;
    const within = Math.min(Math.max(whole, 1), this.data.epochs);
    this.choice = { epoch: within, following };
    this.showing = null;
    this.show(this.choice);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.ask(), SETTLE_MS);
  }

  /** Ask for what was chosen, for the stage's epoch, or for more of the way to a far one. */
  ask() {
    if (!this.data) return;
    const { following, experiment, wanted, reached } = this.data;
    const present = shown();
    clearTimeout(this.waiting);
    if (this.choice) {
      this.send("choice", { ...this.choice });
    } else if (following && present?.experiment === experiment && epochOf(present) !== wanted) {
      this.send("shown", { ...present });
    } else if (reached < wanted) {
      this.send("more", { number: ++this.asked });
    } else {
      return;
    }
    this.waiting = setTimeout(() => this.ask(), PATIENCE_MS);
  }

  destroy() {
    clearTimeout(this.waiting);
    clearTimeout(this.settling);
    this.stop();
    this.root.remove();
  }
}

/** The epoch that belongs to a snapshot: the one that led to it; to the start, the first. */
const epochOf = ({ epoch }) => Math.max(1, epoch);
