// Plays a trajectory: which snapshot is shown, when the next one is due, when to ask for more.
// Knows neither the page nor the clock: time is passed in, so it can be tested.

/** @import {Answer} from "../types.js" */
/** @import {Trajectory} from "./trajectory.js" */

/** @typedef {{ until: number, exact?: number | null, restart?: boolean }} Request */
/** @typedef {"ready" | "playing" | "paused" | "finished"} State */

/** Snapshots a second. At "Normal" every frame of a 60 Hz screen moves by at least one. */
export const SPEEDS = [
  { name: "1 a second", value: 1 },
  { name: "5 a second", value: 5 },
  { name: "20 a second", value: 20 },
  { name: "Normal", value: 75 },
  { name: "Fast", value: 240 },
  { name: "Maximum", value: Infinity },
];
export const NORMAL = 75;

const AHEAD_SECONDS = 3; // how much to have in store when asking
const LOW_SECONDS = 1; // when to ask
const LONGEST_FRAME_MS = 100; // a tab that was hidden does not leap on return

export class Player {
  /**
   * @param {{
   *   trajectory: Trajectory,
   *   recorded: Int32Array,
   *   channel: {
   *     busy: boolean,
   *     ask: (request: Request) => void,
   *     answered: (number: number) => boolean,
   *     forget: () => void,
   *   },
   *   stops: (index: number) => boolean,
   *   speed?: number,
   * }} parts `recorded` are the epochs that will be recorded, the last one last; `stops` tells
   *   whether playing is to stop at a snapshot
   */
  constructor({ trajectory, recorded, channel, stops, speed = NORMAL }) {
    this.trajectory = trajectory;
    this.recorded = recorded;
    this.channel = channel;
    this.stops = stops;
    this.speed = speed;
    /** @type {State} */
    this.state = "ready";
    this.index = 0;
    this.due = 0; // the part of a snapshot that is due
    /** @type {number | null} */
    this.lastTick = null;
    /** @type {number | null} */
    this.wanted = null; // an epoch to show as soon as it is here
    this.restarting = false;
  }

  get epochs() {
    return this.recorded[this.recorded.length - 1];
  }

  get epoch() {
    return this.trajectory.epoch[this.index] ?? 0;
  }

  get atEnd() {
    return this.epoch === this.epochs;
  }

  /** Whether it plays, or is on its way to the end. */
  get moving() {
    return this.state === "playing" || this.wanted === this.epochs;
  }

  /** Play on from here; after the end, train again from the start. */
  play() {
    if (this.state === "playing") return;
    if (this.state === "finished") this.restart();
    this.state = "playing";
    this.wanted = null;
    this.due = 0;
    this.lastTick = null;
  }

  restart() {
    this.index = 0;
    this.trajectory.truncate();
    this.channel.forget();
    this.channel.ask({ until: this.horizon(), restart: true });
    this.restarting = true;
  }

  pause() {
    if (!this.moving) return;
    this.wanted = null;
    this.state = "paused";
  }

  toggle() {
    if (this.moving) this.pause();
    else this.play();
  }

  /** Show the last snapshot at or before an epoch, of those that are here. @param {number} epoch */
  seek(epoch) {
    this.leave();
    this.wanted = null;
    this.index = Math.max(0, this.trajectory.indexAt(epoch));
    this.settle();
  }

  /**
   * Go one epoch forward or back, asking for its snapshot if it is not here.
   * @param {number} direction
   */
  step(direction) {
    const epoch = (this.wanted ?? this.epoch) + direction;
    if (epoch < 0 || epoch > this.epochs) return;
    this.leave();
    this.wanted = epoch;
    if (!this.arrive()) this.approach();
  }

  /** Go to the last epoch, training the rest if need be, without playing it. */
  toEnd() {
    this.leave();
    this.index = this.trajectory.length - 1;
    this.settle();
    this.wanted = this.epochs;
    if (!this.arrive()) this.approach();
  }

  leave() {
    if (this.state !== "ready") this.state = "paused";
  }

  /** After a move by hand: the state that belongs to the snapshot shown. */
  settle() {
    if (this.atEnd) this.state = "finished";
    else if (this.index > 0 || this.state !== "ready") this.state = "paused";
  }

  /** Show the epoch that is wanted, if it is here. */
  arrive() {
    const { wanted } = this;
    if (wanted === null) return true;
    const index = this.trajectory.indexAt(wanted);
    if (this.trajectory.epoch[index] !== wanted) return false;
    this.wanted = null;
    this.index = index;
    this.settle();
    return true;
  }

  /** Ask for the epoch that is wanted. */
  approach() {
    const { wanted, epochs } = this;
    if (wanted === null) return;
    // A recorded epoch is sent as training comes to it.
    this.channel.ask({ until: wanted, exact: wanted === epochs ? null : wanted });
  }

  /** Take in the snapshots of an answer, be it to an earlier request. @param {Answer} answer */
  take({ number, snapshots }) {
    const awaited = this.channel.answered(number);
    // What was trained before a restart would leave a gap behind it.
    if (this.restarting && !awaited) return;
    this.restarting = false;
    this.trajectory.merge(snapshots);
    if (this.arrive()) return;
    this.index = Math.max(this.index, this.trajectory.indexAt(this.wanted ?? 0));
    if (!this.channel.busy) this.approach();
  }

  /**
   * Advance to the moment `now` (ms); return whether another snapshot is shown.
   * @param {number} now
   */
  tick(now) {
    if (this.state !== "playing") return false;
    const elapsed = this.lastTick === null ? 0 : Math.min(now - this.lastTick, LONGEST_FRAME_MS);
    this.lastTick = now;
    const before = this.index;
    const last = this.trajectory.length - 1;
    if (this.speed === Infinity || this.trajectory.allEnded(this.index)) {
      this.index = last;
    } else {
      // Rounding to the nearest, with what is left over carried on, keeps one snapshot a
      // frame where the speed and the screen's rate nearly agree.
      this.due = Math.min(this.due + (this.speed * elapsed) / 1000, last - this.index + 0.49);
      const steps = Math.round(this.due);
      this.due -= steps;
      this.index += steps;
    }
    this.stop(before);
    if (this.atEnd) this.state = "finished";
    else if (this.state === "playing") this.refill();
    return this.index !== before;
  }

  /** Stop at the first snapshot after `before` that is a place to stop. @param {number} before */
  stop(before) {
    if (this.stops(before)) return;
    for (let index = before + 1; index <= this.index; index++) {
      if (!this.stops(index)) continue;
      this.index = index;
      this.state = "paused";
      return;
    }
  }

  /** Ask for more snapshots when few are left to play. */
  refill() {
    if (this.channel.busy) return;
    const left = this.trajectory.length - 1 - this.index;
    if (this.trajectory.lastEpoch < this.epochs && left < this.speed * LOW_SECONDS) {
      this.channel.ask({ until: this.horizon() });
    }
  }

  /** The epoch up to which playing for a while at this speed will need snapshots. */
  horizon() {
    if (this.speed === Infinity) return this.epochs;
    const ahead = Math.max(2, Math.ceil(this.speed * AHEAD_SECONDS));
    const place = this.recorded.findIndex((epoch) => epoch >= this.epoch);
    return this.recorded[Math.min(place + ahead, this.recorded.length - 1)];
  }
}
