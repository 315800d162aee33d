// The texts of a lesson as elements. They are words and formulas, and nothing in them is markup.

/** @typedef {[string, string][]} Told words and formulas in turn: what each is, and as it stands */

/**
 * An element with text in it, or with others.
 * @param {string} tag @param {string} name a class @param {(Node | string)[]} content
 */
export function part(tag, name, ...content) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...content);
  return element;
}

/** @param {Told} told */
export const written = (told) =>
  told.map(([kind, text]) => (kind === "formula" ? formula(text) : text));

const RAISED = /([_^])(\{[^{}]*\}|\S)/g;

/** A formula: letters lean, and what follows ^ or _ stands higher or lower. @param {string} text */
export function formula(text) {
  const place = part("span", "formula");
  let end = 0;
  for (const { 0: all, 1: mark, 2: what, index } of text.matchAll(RAISED)) {
    place.append(...leaning(text.slice(end, index)));
    const inner = what.replace(/^\{|\}$/g, "");
    place.append(part(mark === "^" ? "sup" : "sub", "", ...leaning(inner)));
    end = index + all.length;
  }
  place.append(...leaning(text.slice(end)));
  return place;
}

/** @param {string} text */
const leaning = (text) =>
  text
    .split(/(\p{L}+)/u)
    .map((piece, i) => (i % 2 ? part("i", "", piece) : piece))
    .filter((piece) => piece !== "");
