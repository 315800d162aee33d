// What the stage says to the server: pulls of snapshots, edits of readings, going on.

import { Channel } from "../channel.js";
import { line } from "../server.js";

/** @import {Send} from "../channel.js" */
/** @import {Change} from "./editing/editing.js" */
/** @import {Run} from "./experiment/experiment.js" */
/** @import {Request} from "./playing/player.js" */
/** @import {Playing} from "./playing/playing.js" */
/** @import {Place} from "./map/steering.js" */

export class Talk {
  /** @param {() => Playing | null} playing what is on the stage */
  constructor(playing) {
    this.playing = playing;
    this.name = ""; // of the experiment that is on the page
    /** @type {Send} */
    this.send = () => {};
    /** @type {Channel<Request>} */
    this.pulls = new Channel("pull", line, (request) => this.addressed(request));
    /** @type {Channel<Change>} */
    this.edits = new Channel("edit", line, (change) => ({ ...change, experiment: this.name }));
  }

  /** Talk by the way that Streamlit has given last. @param {Send} send */
  by(send) {
    this.send = this.pulls.send = this.edits.send = send;
  }

  /** Talk of another experiment from now on. @param {string} name */
  begin(name) {
    this.name = name;
    this.pulls.forget();
  }

  /** Ask for the setup of an experiment whose first message has not come. @param {string} name */
  equip(name) {
    if (this.name === name) return;
    this.begin(name);
    this.pulls.ask({ until: 0 });
  }

  /** Add to a request what the page has when it is sent. @param {Request} request */
  addressed(request) {
    const playing = this.playing();
    const known = playing?.name === this.name ? playing : null;
    const after = known?.trajectory.lastEpoch ?? -1;
    return { ...request, experiment: this.name, after, equipped: known !== null };
  }

  /**
   * Go on from an epoch: at another learning rate, or for twice as many epochs.
   * @param {number} epoch @param {number | null} rate
   */
  goOn(epoch, rate) {
    line.tell(this.send, "go_on", { experiment: this.name, epoch, rate });
  }

  /**
   * Show the page in another view, or with other charts.
   * @param {string} view @param {{ surface: boolean, map: boolean }} charts
   */
  show(view, { surface, map }) {
    line.tell(this.send, "show", { view, surface, map });
  }

  /** Choose a place on the map. @param {Place} place */
  choose({ rate, scale }) {
    line.tell(this.send, "choose", { rate, scale });
  }

  /** Keep a run while the settings change, or let go of it. @param {Run} run @param {boolean} kept */
  keep({ rate, scale, shift, start: [w, b] }, kept) {
    line.tell(this.send, "keep", { rate, scale, shift, w, b, kept });
  }

  end() {
    this.pulls.forget();
    this.edits.forget();
  }
}
