// What of a segment lies in a box.

/** @typedef {[number, number]} Point */

/**
 * The part of a segment inside a box [left, top, right, bottom] (Liang and Barsky), or null.
 * @param {Point} from @param {Point} to @param {number[]} box
 */
export function clipped([x0, y0], [x1, y1], [left, top, right, bottom]) {
  let [start, end] = [0, 1];
  const [dx, dy] = [x1 - x0, y1 - y0];
  for (const [run, room] of [
    [-dx, x0 - left],
    [dx, right - x0],
    [-dy, y0 - top],
    [dy, bottom - y0],
  ]) {
    if (run === 0 && room < 0) return null;
    if (run < 0) start = Math.max(start, room / run);
    if (run > 0) end = Math.min(end, room / run);
  }
  if (!(start <= end)) return null;
  const at = (/** @type {number} */ share) =>
    /** @type {Point} */ ([x0 + share * dx, y0 + share * dy]);
  return { start: at(start), end: at(end), enters: start > 0 };
}
