// How fast playing goes: at a constant speed along the epoch axis, as the axis is drawn.

import { ZERO } from "../../ticks.js";
import { later } from "../../words.js";

/** @typedef {"log" | "linear"} Axis */
/** @typedef {"steps" | "slow" | "normal" | "fast" | "maximum"} Speed */

/** @type {{ name: string, value: Speed }[]} */
export const SPEEDS = [
  { name: later("1 epoch a second"), value: "steps" },
  { name: later("Slow"), value: "slow" },
  { name: later("Normal"), value: "normal" },
  { name: later("Fast"), value: "fast" },
  { name: later("Maximum"), value: "maximum" },
];
const FACTORS = { steps: 1, slow: 1 / 4, normal: 1, fast: 4, maximum: Infinity };

const WHOLE_SECONDS = 9; // from the first epoch to the last, at normal speed
// A short training is over sooner: no decade and no epoch takes longer than this.
const DECADE_SECONDS = 4.5;
const EPOCH_SECONDS = 1;

const FIRST = -Math.log10(ZERO); // the decades between epoch 0 and epoch 1 on a logarithmic axis

/** Where an epoch stands on the axis, in decades from epoch 0. @param {number} epoch */
const decades = (epoch) => (epoch < 1 ? epoch * FIRST : FIRST + Math.log10(epoch));

/** The epoch that stands so many decades from epoch 0. @param {number} along */
const epochAt = (along) => (along < FIRST ? along / FIRST : 10 ** (along - FIRST));

const same = (/** @type {number} */ epoch) => epoch;

export class Pace {
  /** @param {Axis} axis @param {number} epochs @param {Speed} speed */
  constructor(axis, epochs, speed) {
    const stepping = speed === "steps";
    const log = axis === "log" && !stepping;
    this.along = log ? decades : same;
    this.back = log ? epochAt : same;
    const whole = this.along(Math.max(epochs, 1));
    const longest = log ? DECADE_SECONDS : EPOCH_SECONDS;
    const seconds = stepping ? whole : Math.min(WHOLE_SECONDS, longest * whole);
    this.perSecond = (FACTORS[speed] * whole) / seconds;
  }

  /** Whether everything is shown as soon as it is here. */
  get unlimited() {
    return this.perSecond === Infinity;
  }

  /**
   * The epoch, with its fraction, that playing reaches after a time.
   * @param {number} from the epoch, with its fraction, that it starts at
   * @param {number} seconds
   */
  after(from, seconds) {
    if (this.unlimited) return Infinity;
    return this.back(this.along(from) + this.perSecond * seconds);
  }

  /** The seconds from one epoch to another. @param {number} from @param {number} to */
  between(from, to) {
    return (this.along(to) - this.along(from)) / this.perSecond;
  }

  /**
   * How much of the way between two epochs is behind, from 0 to 1, on the axis.
   * @param {number} from @param {number} to @param {number} epoch
   */
  share(from, to, epoch) {
    const [start, end, here] = [from, to, epoch].map(this.along);
    return end > start ? Math.min(Math.max((here - start) / (end - start), 0), 1) : 0;
  }
}
