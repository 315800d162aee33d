// What the stage says to the server: pulls of snapshots, edits of readings, going on.

import { Channel } from "../channel.js";
import { outbox } from "../server.js";
import { training } from "./training.js";

/** @import {Send} from "../channel.js" */
/** @import {Change} from "./editing/editing.js" */
/** @import {Run} from "./experiment/experiment.js" */
/** @import {Request} from "./playing/player.js" */
/** @import {Playing} from "./playing/playing.js" */
/** @import {Choose, GoOn, Keep, Show} from "../types.js" */

/** @typedef {{ go_on: GoOn, show: Show, choose: Choose, keep: Keep }} Told */

export class Talk {
  /** @param {() => Playing | null} playing what is on the stage */
  constructor(playing) {
    this.playing = playing;
    this.name = ""; // of the experiment that is on the page
    /** @type {Send} */
    this.send = () => {};
    /** @type {Channel<Request>} */
    this.pulls = new Channel("pull", outbox, (request) => this.addressed(request));
    this.pulls.send = (name, message) => training.send(name, message);
    /** @type {Channel<Change>} */
    this.edits = new Channel("edit", outbox, (change) => ({ ...change, experiment: this.name }));
  }

  /** Talk by the way that Streamlit has given last. @param {Send} send */
  by(send) {
    this.send = this.edits.send = send;
  }

  /** Talk of another experiment from now on. @param {string} name */
  begin(name) {
    this.name = name;
    this.pulls.forget();
  }

  /** Add to a request what the page has when it is sent. @param {Request} request */
  addressed(request) {
    const after = this.playing()?.trajectory.lastEpoch ?? -1;
    return { ...request, experiment: this.name, after };
  }

  /**
   * Say what has no answer of its own.
   * @template {keyof Told} N @param {N} name @param {Omit<Told[N], "number">} message
   */
  tell(name, message) {
    outbox.tell(this.send, name, message);
  }

  /** Keep a run while the settings change, or let go of it. @param {Run} run @param {boolean} kept */
  keep({ rate, scale, shift, start: [w, b] }, kept) {
    this.tell("keep", { rate, scale, shift, w, b, kept });
  }

  end() {
    this.pulls.forget();
    this.edits.forget();
  }
}
