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
