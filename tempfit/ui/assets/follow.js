// Puts the epoch that the stage shows under the glass, and asks on until a far one is reached.

import { whole } from "./format.js";
import { mounting } from "./page.js";
import { follow, shown } from "./shown.js";
import { inTurn } from "./turns.js";

const PATIENCE_MS = 3000; // how long to wait for an answer before asking again

export const mount = mounting((parent) => new Follower(parent));

class Follower {
  constructor(parent) {
    this.root = document.createElement("p");
    this.root.className = "tempfit-follow";
    this.root.setAttribute("role", "status");
    parent.append(this.root);
    this.asked = 0;
    this.stop = follow(() => this.ask());
  }

  receive({ data, setTriggerValue }) {
    this.data = data;
    this.send = (...said) => inTurn(() => setTriggerValue(...said));
    const { wanted, reached } = data;
    this.root.textContent =
      reached < wanted ? `On the way to epoch ${whole(wanted)}: epoch ${whole(reached)}` : "";
    clearTimeout(this.waiting);
    // Asked from the page's own time, never from within the message it follows.
    requestAnimationFrame(() => this.ask());
  }

  /** Ask for the stage's epoch, if it is another one, or for more of the way to a far one. */
  ask() {
    const { following, experiment, wanted, reached } = this.data ?? {};
    const present = shown();
    clearTimeout(this.waiting);
    if (following && present?.experiment === experiment && Math.max(1, present.epoch) !== wanted) {
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
    this.stop();
    this.root.remove();
  }
}
