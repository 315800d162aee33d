// A small button in the corner of a chart, for what concerns that chart alone.

/**
 * @param {string} text @param {string} title @param {() => void} act
 * @returns {HTMLButtonElement}
 */
export function cornerButton(text, title, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tempfit-edit";
  button.textContent = text;
  button.title = title;
  button.onclick = act;
  return button;
}
