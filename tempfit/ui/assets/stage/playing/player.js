// Plays a trajectory: which snapshot is shown, when the next one is due, when to ask for more.
// Knows neither the page nor the clock: time is passed in, so it can be tested.

import { placeOf } from "../../search.js";

/** @import {PullAnswer} from "../../types.js" */
/** @import {Pace} from "./pace.js" */
/** @import {Trajectory} from "../experiment/trajectory.js" */

/** @typedef {{ until: number, exact?: number | null, restart?: boolean }} Request */
/** @typedef {"ready" | "playing" | "paused" | "finished"} State */

// Of playing, at the speed that is chosen.
const AHEAD_SECONDS = 3; // how much to have in store when asking
const FAR_AHEAD_SECONDS = 5; // the same where answers are quick, so that fewer are needed
const LOW_SECONDS = 1.5; // when to ask

const QUICK_MS = 300; // an answer within this time is quick
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
   *   pace: Pace,
   *   smooth?: boolean,
   * }} parts `recorded` are the epochs that will be recorded, the last one last; `stops` tells
   *   whether playing is to stop at a snapshot; `smooth` whether anything moves between two
   */
  constructor({ trajectory, recorded, channel, stops, pace, smooth = true }) {
    this.trajectory = trajectory;
    this.recorded = recorded;
    this.channel = channel;
    this.stops = stops;
    this.pace = pace;
    this.smooth = smooth;
    /** @type {State} */
    this.state = "ready";
    this.index = 0;
    this.reached = 0; // the epoch, with its fraction, that playing has reached
    this.asked = 0; // when it last asked, ms
    this.quick = false; // whether the last answer was
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

  /**
   * The place to draw, an index with a fraction: while playing it lies between two snapshots.
   * Every number that is shown belongs to the snapshot `index`.
   */
  get position() {
    const { epoch } = this.trajectory;
    const next = epoch[this.index + 1];
    if (!this.smooth || this.state !== "playing" || next === undefined) return this.index;
    return this.index + Math.min(this.pace.share(this.epoch, next, this.reached), 0.999999);
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
    this.reached = this.epoch;
    this.lastTick = null;
  }

  restart() {
    this.index = 0;
    this.trajectory.truncate();
    this.channel.forget();
    this.reached = 0;
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
    if (epoch >= 0 && epoch <= this.epochs) this.reach(epoch);
  }

  /** Show an epoch, asking for its snapshot if it is not here. @param {number} epoch */
  reach(epoch) {
    this.leave();
    this.wanted = epoch;
    if (!this.arrive()) this.approach();
  }

  /** Go to the last epoch, training the rest if need be, without playing it. */
  toEnd() {
    this.leave();
    this.index = this.trajectory.length - 1;
    this.settle();
    this.reach(this.epochs);
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

  /** Take in the snapshots of an answer, be it to an earlier request. @param {PullAnswer} answer */
  take({ number, snapshots }) {
    const awaited = this.channel.answered(number);
    // What was trained before a restart would leave a gap behind it.
    if (this.restarting && !awaited) return;
    this.restarting = false;
    this.quick = awaited && (this.lastTick ?? Infinity) - this.asked < QUICK_MS;
    this.trajectory.merge(snapshots);
    if (this.arrive()) return;
    this.index = Math.max(this.index, this.trajectory.indexAt(this.wanted ?? 0));
    if (!this.channel.busy) this.approach();
  }

  /**
   * Advance to the moment `now` (ms); return whether there is anything new to draw.
   * @param {number} now
   */
  tick(now) {
    if (this.state !== "playing") return false;
    const elapsed = this.lastTick === null ? 0 : Math.min(now - this.lastTick, LONGEST_FRAME_MS);
    this.lastTick = now;
    const [before, drawn] = [this.index, this.position];
    const { trajectory } = this;
    // What has ended does not change any more: there is nothing to wait for.
    const leap = trajectory.allEnded(this.index);
    const due = leap ? Infinity : this.pace.after(this.reached, elapsed / 1000);
    this.reached = Math.min(due, trajectory.lastEpoch);
    this.index = Math.max(this.index, trajectory.indexAt(this.reached));
    this.stop(before);
    if (this.atEnd) this.state = "finished";
    else if (this.state === "playing") this.refill();
    return this.position !== drawn;
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
    const { lastEpoch } = this.trajectory;
    if (this.channel.busy || lastEpoch >= this.epochs) return;
    if (!this.pace.unlimited && this.pace.between(this.reached, lastEpoch) > LOW_SECONDS) return;
    this.asked = this.lastTick ?? 0;
    this.channel.ask({ until: this.horizon() });
  }

  /** The epoch up to which playing for a while at this speed will need snapshots. */
  horizon() {
    const ahead = this.quick ? FAR_AHEAD_SECONDS : AHEAD_SECONDS;
    const until = this.pace.after(this.reached, ahead);
    const place = placeOf(this.recorded, until) + 1;
    return this.recorded[Math.min(place, this.recorded.length - 1)];
  }
}
