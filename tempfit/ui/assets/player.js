// Plays a trajectory: which snapshot is shown, when the next one is due, when to ask for more.
// Knows neither the page nor the clock: time is passed in, so it can be tested.

/** Snapshots a second. At "Normal" every frame of a 60 Hz screen moves by at least one. */
export const SPEEDS = [
  { name: "1 a second", value: 1 },
  { name: "5 a second", value: 5 },
  { name: "20 a second", value: 20 },
  { name: "Normal", value: 75 },
  { name: "Fast", value: 240 },
  { name: "Maximum", value: Infinity },
];

const AHEAD_SECONDS = 3; // how much to have in store when asking
const LOW_SECONDS = 1; // when to ask
const PATIENCE_MS = 3000; // how long to wait for an answer before asking again
const LONGEST_FRAME_MS = 100; // a tab that was hidden does not leap on return

export class Player {
  /**
   * @param {object} parts
   * @param {Trajectory} parts.trajectory
   * @param {Int32Array} parts.schedule the epochs that will be recorded, the last one last
   * @param {(request: object) => void} parts.ask sends a request for snapshots
   * @param {(index: number) => boolean} parts.stops whether playing is to stop at a snapshot
   */
  constructor({ trajectory, schedule, ask, stops }) {
    Object.assign(this, { trajectory, schedule, ask, stops });
    this.state = "ready"; // ready, playing, paused, finished
    this.index = 0;
    this.speed = 75;
    this.due = 0; // the part of a snapshot that is due
    this.lastTick = null;
    this.asked = null; // {at, request} while an answer is awaited
    this.wanted = null; // an epoch to show as soon as it is here
  }

  get epochs() {
    return this.schedule[this.schedule.length - 1];
  }

  get epoch() {
    return this.trajectory.epoch[this.index] ?? 0;
  }

  get atEnd() {
    return this.epoch === this.epochs;
  }

  /** Play on from here; after the end, train again from the start. */
  play(now) {
    if (this.state === "playing") return;
    if (this.state === "finished") {
      this.index = 0;
      this.trajectory.truncate();
      this.request({ until: this.horizon(), restart: true }, now, true);
    }
    this.state = "playing";
    this.wanted = null;
    this.due = 0;
    this.lastTick = null;
  }

  pause() {
    if (this.state === "playing") this.state = "paused";
  }

  /** Show the last snapshot at or before an epoch, of those that are here. */
  seek(epoch) {
    this.leave();
    this.wanted = null;
    this.index = Math.max(0, this.trajectory.indexAt(epoch));
    this.settle();
  }

  /** Go one epoch forward or back, asking for its snapshot if it is not here. */
  step(direction, now) {
    const epoch = (this.wanted ?? this.epoch) + direction;
    if (epoch < 0 || epoch > this.epochs) return;
    this.leave();
    const index = this.trajectory.indexAt(epoch);
    if (this.trajectory.epoch[index] === epoch) {
      this.wanted = null;
      this.index = index;
      this.settle();
    } else {
      this.wanted = epoch;
      this.request({ until: epoch, exact: epoch }, now);
    }
  }

  /** Go to the last epoch, training the rest if need be, without playing it. */
  toEnd(now) {
    this.leave();
    this.index = this.trajectory.length - 1;
    this.settle();
    if (!this.atEnd) {
      this.wanted = this.epochs;
      this.request({ until: this.epochs }, now);
    }
  }

  leave() {
    if (this.state !== "ready") this.state = "paused";
  }

  /** After a move by hand: the state that belongs to the snapshot shown. */
  settle() {
    if (this.atEnd) this.state = "finished";
    else if (this.index > 0 || this.state !== "ready") this.state = "paused";
  }

  /** Take note of an answer that has been merged into the trajectory, be it to an earlier request. */
  answered(number, now) {
    if (this.asked && number <= this.asked.request.number) this.asked = null;
    if (this.wanted === null) return;
    const index = this.trajectory.indexAt(this.wanted);
    if (this.trajectory.epoch[index] === this.wanted) {
      this.wanted = null;
      this.index = index;
      this.settle();
    } else {
      this.index = Math.max(this.index, index);
      this.request(
        { until: this.wanted, exact: this.wanted === this.epochs ? null : this.wanted },
        now,
      );
    }
  }

  /** Advance to the moment `now` (ms); return whether another snapshot is shown. */
  tick(now) {
    if (this.asked && now - this.asked.at > PATIENCE_MS)
      this.request(this.asked.request, now, true);
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
    else if (this.state === "playing") this.refill(now);
    return this.index !== before;
  }

  /** Stop at the first snapshot after `before` that is a place to stop. */
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
  refill(now) {
    if (this.asked) return;
    const left = this.trajectory.length - 1 - this.index;
    if (this.trajectory.lastEpoch < this.epochs && left < this.speed * LOW_SECONDS) {
      this.request({ until: this.horizon() }, now);
    }
  }

  /** The epoch up to which playing for a while at this speed will need snapshots. */
  horizon() {
    if (this.speed === Infinity) return this.epochs;
    const ahead = Math.max(2, Math.ceil(this.speed * AHEAD_SECONDS));
    let place = this.schedule.findIndex((epoch) => epoch >= this.epoch);
    place = Math.min(place + ahead, this.schedule.length - 1);
    return this.schedule[place];
  }

  request(request, now, repeated = false) {
    if (this.asked && !repeated) return;
    this.asked = { at: now, request: this.ask(request) };
  }
}
