// How numbers are written on the page.

const MINUS = "\u2212";

/** A number in `digits` significant digits, in powers of ten where it is very large or small. */
export function number(value, digits = 6) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) {
    const [mantissa, exponent] = value.toExponential(Math.min(digits, 4) - 1).split("e");
    return `${mantissa}e${Number(exponent)}`.replaceAll("-", MINUS);
  }
  return Number(value.toPrecision(digits)).toString().replace("-", MINUS);
}

/** The same with a fixed number of digits, so that a changing number does not jump. */
export function steady(value, digits = 6) {
  const text = number(value, digits);
  if (!Number.isFinite(value) || text.includes("e")) return text;
  const whole = Math.trunc(Math.abs(value)).toString().length;
  return value.toFixed(Math.max(0, Math.min(digits - whole, 6))).replace("-", MINUS);
}

/** A number as Python reads it back. */
export function plain(value) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return String(value);
}

/** A whole number with thousands separated. */
export const whole = (value) => Math.round(value).toLocaleString("en");

/** Text of the user's as Plotly is to show it: as it stands, neither markup nor a template. */
export const literal = (text) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("%{", "% {");
