// What becomes of any run, from the closed form of gradient descent: nothing trains. The same
// formulas as theory/closed_form.py, for the places of the map, of which there are too many to send.

/** @import {Bowl, MapSetup} from "../../types.js" */

const VANISHED = -1000; // the logarithm of a factor that is 0 from the first epoch on
const LONGEST = 2 ** 50;

/**
 * The bowl of the loss over (w, b) at a feature scale, and the largest stable learning rate there.
 * The Hessian's determinant is that of the raw feature times the scale squared, so the lesser
 * eigenvalue loses no digits.
 * @param {MapSetup} raw the bowl of the readings as they are
 * @param {number} scale
 */
export function bowlAt({ hessian, eigenvalues: [flat, steep], best }, scale) {
  const [[a, cross], [, d]] = hessian;
  const [along, across] = [scale * scale * a, scale * cross];
  const largest = (along + d) / 2 + Math.hypot((along - d) / 2, across);
  const least = Math.min((scale * scale * flat * steep) / largest, largest);
  const angle = Math.atan2(2 * across, along - d) / 2;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const optimum = { w: best.w / scale, b: best.b, loss: best.loss };
  if (least === 0) {
    // Of many the one nearest to (0, 0).
    const part = cos * optimum.w + sin * optimum.b;
    Object.assign(optimum, { w: part * cos, b: part * sin });
  }
  return {
    best: optimum,
    eigenvalues: [least, largest],
    directions: [
      [-sin, cos],
      [cos, sin],
    ],
    limit: 2 / largest,
  };
}

/** The descent of one run in a bowl, at a learning rate from a start (w, b). */
export class Descent {
  /** @param {Bowl} bowl @param {number} rate @param {number[]} start */
  constructor(bowl, rate, [w, b]) {
    this.bowl = bowl;
    const { best, eigenvalues, directions } = bowl;
    const away = [w - best.w, b - best.b];
    this.offset = eigenvalues.map(
      (_, i) => directions[0][i] * away[0] + directions[1][i] * away[1],
    );
    const shares = eigenvalues.map((value) => rate * value);
    this.overshoots = shares.map((share) => share > 1);
    // Logarithms, so that 0 times an overflow is 0.
    this.growth = shares.map((share) =>
      Math.max(Math.log1p(share < 1 ? -share : share - 2), VANISHED),
    );
    this.energy = eigenvalues.map((value, i) => Math.log(0.5 * value * this.offset[i] ** 2));
  }

  /** The loss above the best after so many updates, a fraction of one included. @param {number} epoch */
  above(epoch) {
    const { energy, growth } = this;
    return (
      Math.exp(energy[0] + 2 * growth[0] * epoch) + Math.exp(energy[1] + 2 * growth[1] * epoch)
    );
  }

  /** @param {number} epoch */
  loss(epoch) {
    return this.bowl.best.loss + this.above(epoch);
  }

  /** The params after so many updates. @param {number} epoch @returns {[number, number]} */
  params(epoch) {
    const { best, directions } = this.bowl;
    const along = this.offset.map((offset, i) => {
      const size = offset * Math.exp(this.growth[i] * epoch);
      return this.overshoots[i] && epoch % 2 === 1 ? -size : size;
    });
    return [
      best.w + directions[0][0] * along[0] + directions[0][1] * along[1],
      best.b + directions[1][0] * along[0] + directions[1][1] * along[1],
    ];
  }

  /**
   * The first epoch at which something holds that goes on to hold, or Infinity.
   * @param {(epoch: number) => boolean} reached
   */
  first(reached) {
    if (reached(0)) return 0;
    let before = 0;
    for (let step = LONGEST; step >= 1; step /= 2) if (!reached(before + step)) before += step;
    return before >= LONGEST ? Infinity : before + 1;
  }

  /**
   * The first epoch with a loss at or below a bound, or Infinity. The loss is convex in the epoch:
   * "at or below, or rising" goes on to hold.
   * @param {number} bound
   */
  fallsTo(bound) {
    const { energy, growth } = this;
    const rising = (/** @type {number} */ epoch) =>
      growth.reduce(
        (sum, g, i) => sum + Math.exp(energy[i] + 2 * g * epoch) * Math.expm1(2 * g),
        0,
      ) > 0;
    const epoch = this.first((at) => this.loss(at) <= bound || rising(at));
    return this.loss(epoch) <= bound ? epoch : Infinity;
  }

  /** The first epoch with a loss above a bound, or Infinity. @param {number} bound */
  risesAbove(bound) {
    return this.first((epoch) => this.loss(epoch) > bound);
  }
}
