// The player with the channel that it asks by, on a clock that stands still until `run` lets time
// pass, in frames of 16 ms. The server trains as far as it is asked to, and the loss at epoch e is
// 1000 - e.

import { Channel, Outbox } from "../../tempfit/ui/assets/channel.js";
import { Pace } from "../../tempfit/ui/assets/stage/playing/pace.js";
import { Player } from "../../tempfit/ui/assets/stage/playing/player.js";
import { trajectory as made, snapshots } from "./experiments.js";
import { Clock } from "./time.js";

/** @import {Axis, Speed} from "../../tempfit/ui/assets/stage/playing/pace.js" */
/** @import {Request} from "../../tempfit/ui/assets/stage/playing/player.js" */

export const EPOCHS = 500;

/** Every early epoch, then ever fewer, as the server records them. @param {number} epochs */
function recordedTo(epochs) {
  const chosen = [0];
  for (let last = 0; last < epochs; chosen.push(last)) {
    last = Math.min(Math.max(last + 1, Math.floor(last * 1.021)), epochs);
  }
  return Int32Array.from(epochs <= EPOCHS ? Array(epochs + 1).keys() : chosen);
}

export class Scene {
  /** @param {number} epochs @param {Axis} axis @param {Speed} speed */
  constructor(epochs = EPOCHS, axis = "linear", speed = "normal") {
    this.recorded = recordedTo(epochs);
    this.clock = new Clock(1_000_000);
    this.delay = 20; // from a request to its answer, ms
    this.lost = 0; // how many of the next requests never arrive
    /** @type {(Request & { number: number, after: number })[]} */
    this.asked = [];
    /** @type {number[]} */
    this.shown = [];
    this.trajectory = made([0]);
    /** @type {Channel<Request>} */
    this.channel = new Channel("pull", new Outbox(this.clock), (request) => ({
      ...request,
      after: this.trajectory.lastEpoch,
    }));
    this.channel.send = (_, message) => this.hear(/** @type {any} */ (message));
    this.player = new Player({
      trajectory: this.trajectory,
      recorded: this.recorded,
      channel: this.channel,
      stops: () => false,
      pace: new Pace(axis, epochs, speed),
    });
  }

  /** @param {Scene["asked"][0]} request */
  hear(request) {
    this.asked.push(request);
    if (this.lost-- > 0) return;
    this.clock.after(() => this.answer(request), this.delay);
  }

  /**
   * @param {Pick<Scene["asked"][0], "number" | "until" | "exact" | "restart"> & { after?: number }} request
   */
  answer({ number, until, exact, restart, after = this.trajectory.lastEpoch }) {
    const first = restart ? 0 : after + 1;
    const epochs = new Set(exact ? [exact] : []);
    for (const epoch of this.recorded) if (epoch >= first && epoch <= until) epochs.add(epoch);
    const sorted = [...epochs].sort((one, other) => one - other);
    this.player.take({ number, snapshots: snapshots(sorted) });
  }

  /** @param {number} ms */
  run(ms) {
    for (const end = this.clock.time + ms; this.clock.time < end; this.clock.pass(16)) {
      if (this.player.tick(this.clock.time)) this.shown.push(this.player.epoch);
    }
  }

  get state() {
    return [this.player.state, this.player.epoch];
  }
}
