// What a viewer has chosen to see, and how.

/** @import {Theme} from "../theme.js" */
/** @import {Preview} from "./map/preview.js" */

/**
 * @typedef {{
 *   theme: Theme,
 *   x: "log" | "linear",
 *   y: "log" | "linear" | "above",
 *   layout: "together" | "side by side",
 *   surface: boolean,
 *   map: boolean,
 *   surfaceScale: "equal" | "stretched",
 *   stop: boolean,
 *   withheld: boolean,
 *   hidden: Set<number>,
 *   more: boolean,
 *   preview: Preview | null,
 * }} Display `layout` says how the charts lie, `surface` and `map` which further ones there are,
 *   `surfaceScale` whether the loss surface has the same scale across and up, `stop` whether runs
 *   stop when they have converged, `withheld` whether what the law expects is not shown, `hidden`
 *   the slots of the runs that are not, `more` whether the rows have all numbers, and `preview` the
 *   place on the map that is about to be chosen
 */

/** @param {Theme} theme @returns {Display} */
export const standard = (theme) => ({
  theme,
  x: "log",
  y: "log",
  layout: "together",
  surface: false,
  map: false,
  surfaceScale: "equal",
  stop: false,
  withheld: false,
  hidden: new Set(),
  more: false,
  preview: null,
});

/**
 * Have the controls of a place show what is chosen.
 * @param {HTMLElement} place @param {Record<string, unknown>} chosen
 */
export function showChosen(place, chosen) {
  for (const element of place.querySelectorAll("[data-choice]")) {
    const control = /** @type {HTMLInputElement | HTMLSelectElement} */ (element);
    const value = chosen[control.dataset.choice ?? ""];
    if (typeof value === "boolean") Object.assign(control, { checked: value });
    else control.value = String(value);
  }
}

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
