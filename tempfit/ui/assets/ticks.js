// Where the labels of an axis stand, and what they say.

import { number } from "./format.js";

export const ZERO = 0.7; // where epoch 0 stands on a logarithmic axis, which has no place for it

/** @param {number[]} values @param {(value: number) => string} text */
const ticks = (values, text = (value) => number(value, 3)) => ({
  tickmode: "array",
  tickvals: values,
  ticktext: values.map(text),
});

/**
 * Powers of ten, and the 0 that a logarithmic axis lacks; no 1 where it would run into the 0.
 * @param {number} epochs @param {number} ems how long the axis is, in the size of its type
 */
export function epochTicks(epochs, ems = Infinity) {
  const values = [ZERO];
  const between = (ems * Math.log10(1 / ZERO)) / Math.log10(epochs / ZERO);
  for (let power = between < 1 ? 10 : 1; power <= epochs; power *= 10) values.push(power);
  return ticks(values, short);
}

/** @param {number} value */
function short(value) {
  if (value < 1) return "0";
  if (value >= 1e6) return `${value / 1e6}M`;
  return value >= 1000 ? `${value / 1000}k` : `${value}`;
}

/**
 * Labels on a logarithmic axis between two powers of ten: 1-2-5 over a few of them, every power
 * over more, every few over very many; and no more than there is room for.
 * @param {number} low @param {number} high @param {number} room @returns {Plotly.Layout}
 */
export function lossTicks(low, high, room = Infinity) {
  const decades = high - low;
  if (decades > 3) {
    const every = Math.max(1, Math.round(decades / 6), Math.ceil(decades / room));
    return powerTicks(low - decades, high + decades, every); // for a range that is moved as well
  }
  const usual = decades > 1.5 ? [1, 3] : [1, 2, 5];
  const digits = usual.length * decades > room ? [1] : usual;
  /** @type {number[]} */
  const values = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) {
    for (const digit of digits) values.push(digit * 10 ** power);
  }
  return ticks(values);
}

/**
 * Powers of ten, in the size of all other labels: Plotly writes its own larger.
 * @param {number} low @param {number} high @param {number} every
 */
function powerTicks(low, high, every) {
  /** @type {number[]} */
  const powers = [];
  for (let power = Math.ceil(low / every) * every; power <= high; power += every) {
    powers.push(power);
  }
  const text = (/** @type {number} */ power) => `10<sup>${String(power).replace("-", "−")}</sup>`;
  return {
    ...ticks(powers.map((power) => 10 ** power)),
    ticktext: powers.map((power) =>
      power === 0 || power === 1 ? String(10 ** power) : text(power),
    ),
  };
}

/**
 * Powers of ten on a logarithmic axis that has room for so many.
 * @param {number[]} range @param {number} room @returns {Plotly.Layout}
 */
export function decadeTicks([low, high], room) {
  const every = Math.ceil(Math.log10(high / low) / Math.max(room, 2));
  /** @type {number[]} */
  const values = [];
  for (let power = Math.ceil(Math.log10(low)); power <= Math.log10(high); power++) {
    if (power % every === 0) values.push(10 ** power);
  }
  return ticks(values);
}

/**
 * How many ticks an axis may have: as many as Plotly chooses where the type is of 14 px.
 * @param {number} length px @param {number} size of the type
 * @param {number} each what a tick takes, in that @param {number} least what one has to have
 */
export function mostTicks(length, size, each = 2.8, least = 1.27) {
  const ems = length / size;
  return Math.max(1, Math.floor(Math.min(Math.max(ems / each, 3) + 1, 10, ems / least)));
}

/**
 * Round values over a linear range; those halfway between where there would be but one.
 * @param {number[]} range @param {number} most how many steps there may be
 */
export function roundValues([low, high], most) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([2, 5, 10].find((digit) => rough <= digit * power) ?? 10);
  const from = (/** @type {number} */ start) => {
    /** @type {number[]} */
    const values = [];
    for (let k = start + Math.ceil(low / step - start); k * step <= high; k++)
      values.push(k * step);
    return values;
  };
  const whole = from(0);
  return whole.length > 1 ? whole : from(0.5);
}

/** A value beside an axis that may reach any size, in little room. @param {number} value */
export function numbered(value) {
  if (Math.abs(value) < 1e4) return number(value, 3);
  const [digits, power] = Math.abs(value).toExponential(2).split("e+");
  return `${value < 0 ? "−" : ""}${Number(digits)}e${power}`;
}

/** @param {number[]} range @param {number} most @returns {Plotly.Layout} */
export function linearTicks(range, most) {
  return ticks(roundValues(range, most), numbered);
}
