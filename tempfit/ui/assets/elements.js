// Elements of the page, each with what is in it.

/**
 * An element with some of its properties.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {Partial<HTMLElementTagNameMap[T]>} properties
 * @param {(Node | string)[]} content @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, properties, ...content) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...content);
  return made;
}

/**
 * A button with a text on it.
 * @param {string} text @param {() => void} onclick @param {Partial<HTMLButtonElement>} properties
 */
export const button = (text, onclick, properties = {}) =>
  element("button", { type: "button", onclick, ...properties }, text);

/** Text that stands in markup. @param {string} text */
export const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/**
 * Set the text of an element, if it is another. The node stays: a new one would have the browser look
 * through all rules of the page that say what an element `:has()`.
 * @param {HTMLElement} place @param {string} text
 */
export function write(place, text) {
  const { firstChild } = place;
  if (!(firstChild instanceof Text)) place.textContent = text;
  else if (firstChild.data !== text) firstChild.data = text;
}
