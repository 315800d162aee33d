// How a question is answered: by one of a few buttons, or by a number on a slider.

import { number } from "../format.js";
import { say } from "../words.js";
import { part, written } from "./told.js";

/** @import {Range} from "../types.js" */
/** @import {Step} from "./panel.js" */
/** @typedef {(prediction: number) => void} Reply */

/**
 * The answers, each of them a button until one is given.
 * @param {Step} data @param {Reply} reply
 */
export function answers({ answers, prediction, passed }, reply) {
  const group = part("div", "tempfit-answers");
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", "tempfit-question");
  answers.forEach((told, place) => {
    const button = /** @type {HTMLButtonElement} */ (part("button", "", ...written(told)));
    button.type = "button";
    button.setAttribute("aria-pressed", String(place === prediction));
    button.disabled = prediction !== null || passed;
    button.onclick = () => reply(place);
    group.append(button);
  });
  return group;
}

/**
 * A slider for the number, and a button that gives it.
 * @param {Step} data @param {Range} range @param {Reply} reply
 */
export function range({ prediction, passed }, { low, high, step }, reply) {
  const input = document.createElement("input");
  Object.assign(input, { type: "range", min: low, max: high, step });
  input.value = String(prediction ?? (low + high) / 2);
  input.setAttribute("aria-labelledby", "tempfit-question");
  const shown = part("output", "", number(Number(input.value)));
  input.oninput = () => {
    shown.textContent = number(Number(input.value));
  };
  const button = /** @type {HTMLButtonElement} */ (part("button", "primary", say("Predict")));
  button.type = "button";
  button.onclick = () => reply(Number(input.value));
  input.disabled = button.disabled = prediction !== null || passed;
  return part("div", "tempfit-range", input, shown, button);
}
