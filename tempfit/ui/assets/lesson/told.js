// The texts of a lesson as elements. They are words and formulas, and nothing in them is markup.

import { element } from "../elements.js";

/** @typedef {[string, string][]} Told words and formulas in turn: what each is, and as it stands */

/** @param {Told} told */
export const written = (told) =>
  told.map(([kind, text]) => (kind === "formula" ? formula(text) : text));

const RAISED = /([_^])(\{[^{}]*\}|\S)/g;

/** A formula: letters lean, and what follows ^ or _ stands higher or lower. @param {string} text */
export function formula(text) {
  const place = element("span", { className: "formula" });
  let end = 0;
  for (const { 0: all, 1: mark, 2: what, index } of text.matchAll(RAISED)) {
    place.append(...leaning(text.slice(end, index)));
    const inner = what.replace(/^\{|\}$/g, "");
    place.append(element(mark === "^" ? "sup" : "sub", {}, ...leaning(inner)));
    end = index + all.length;
  }
  place.append(...leaning(text.slice(end)));
  return place;
}

/** @param {string} text */
const leaning = (text) =>
  text
    .split(/(\p{L}+)/u)
    .map((piece, i) => (i % 2 ? element("i", {}, piece) : piece))
    .filter((piece) => piece !== "");
