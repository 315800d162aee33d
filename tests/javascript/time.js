// A clock that stands still until a test lets time pass, with timers on it.

/** @import {Time} from "../../tempfit/ui/assets/channel.js" */

/** @implements {Time} */
export class Clock {
  constructor(start = 0) {
    this.time = start;
    this.made = 0;
    /** @type {{ at: number, act: () => void, place: number }[]} */
    this.timers = [];
    this.now = () => this.time;
    this.after = (/** @type {() => void} */ act, /** @type {number} */ ms) => {
      const timer = { at: this.time + ms, act, place: this.made++ };
      this.timers.push(timer);
      return timer;
    };
    this.cancel = (/** @type {any} */ timer) => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Let time pass; what is due happens in order. @param {number} ms */
  pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const [due] = this.timers
        .filter(({ at }) => at <= end)
        .sort((one, other) => one.at - other.at || one.place - other.place);
      if (!due) break;
      this.cancel(due);
      this.time = Math.max(this.time, due.at);
      due.act();
    }
    this.time = end;
  }
}
