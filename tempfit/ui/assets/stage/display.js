// What a viewer has chosen to see, and how.

/**
 * @typedef {{
 *   x: "log" | "linear",
 *   y: "log" | "linear" | "above",
 *   layout: "together" | "side by side",
 *   surface: boolean,
 *   surfaceScale: "equal" | "stretched",
 *   stop: boolean,
 *   withheld: boolean,
 *   hidden: Set<number>,
 *   more: boolean,
 * }} Display the scales of the axes, how the charts lie, whether the loss surface has the same
 *   scale across and up, whether runs stop when they have converged, whether what the law expects is withheld, the slots of the runs that
 *   are not shown, and whether the rows have all numbers
 */

/** @returns {Display} */
export const standard = () => ({
  x: "log",
  y: "log",
  layout: "together",
  surface: false,
  surfaceScale: "equal",
  stop: false,
  withheld: false,
  hidden: new Set(),
  more: false,
});

/**
 * The slots to hide when one of them is shown that was hidden, or hidden that was shown.
 * @param {Set<number>} hidden @param {number} slot
 */
export function flipped(hidden, slot) {
  const copy = new Set(hidden);
  if (!copy.delete(slot)) copy.add(slot);
  return copy;
}

/**
 * The slots to hide so that one run is left; none if it is the only one already.
 * @param {Set<number>} hidden @param {{ slot: number }[]} runs @param {number} slot
 */
export function allBut(hidden, runs, slot) {
  const others = runs.map((run) => run.slot).filter((other) => other !== slot);
  return new Set(others.every((other) => hidden.has(other)) ? [] : others);
}
