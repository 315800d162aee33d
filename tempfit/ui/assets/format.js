// How numbers are written: by the same rules as in numbers.py, and tested with the same table.

const MINUS = "\u2212";
const SMALL = 1e-4; // numbers below, and from LARGE on, are written as a power of ten
const LARGE = 1e6;

/** A number in so many significant digits: 1,234.5, −0.001, 1e-5. @param {number} value */
export const number = (value, digits = 6) => rounded(value, digits, true);

/**
 * The same with the zeros at its end kept, so that a changing number does not jump.
 * @param {number} value
 */
export const steady = (value, digits = 6) => rounded(value, digits, false);

/** A whole number: 1,000,000. @param {number} value */
export const whole = (value) => signed(grouped(Math.round(value).toFixed(0)));

/**
 * The shortest text that reads back as the same number, in Python as in JavaScript.
 * @param {number} value
 */
export function exact(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  return inPowers(value) ? value.toExponential().replace("e+", "e") : String(value);
}

/**
 * A title with the unit of what it names, if it has one.
 * @param {string} title @param {string} unit
 */
export const inUnit = (title, unit) => (unit ? `${title} (${unit})` : title);

/**
 * @param {number} value @param {number} digits
 * @param {boolean} short whether zeros at the end are left out
 */
function rounded(value, digits, short) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const text = value.toExponential(digits - 1);
  const [mantissa, exponent] = text.split("e");
  const trimmed = (/** @type {string} */ plain) =>
    short && plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain;
  if (inPowers(Number(text))) return `${signed(trimmed(mantissa))}e${Number(exponent)}`;
  const decimals = Math.max(0, digits - 1 - Number(exponent));
  return signed(grouped(trimmed(Number(text).toFixed(decimals))));
}

/** @param {number} value */
function inPowers(value) {
  const size = Math.abs(value);
  return size !== 0 && !(SMALL <= size && size < LARGE);
}

/** @param {string} text */
const grouped = (text) => text.replace(/^-?\d+/, (part) => part.replace(/\B(?=(\d{3})+$)/g, ","));

/** @param {string} text */
const signed = (text) => text.replace(/^-/, MINUS);
