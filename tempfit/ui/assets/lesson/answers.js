// How a question is answered: by one of a few buttons, or by a number on a slider.

import { button, element } from "../elements.js";
import { number } from "../format.js";
import { say } from "../words.js";
import { written } from "./told.js";

export const PRIMARY = { className: "primary" };

/** @import {Range} from "../types.js" */
/** @import {Step} from "./open_step.js" */
/** @typedef {(prediction: number) => void} Reply */

/**
 * The answers, each of them a button until one is given.
 * @param {Step} data @param {Reply} reply
 */
export function answers({ answers, prediction, passed }, reply) {
  const group = element("div", { className: "tempfit-answers", role: "group" });
  group.setAttribute("aria-labelledby", "tempfit-question");
  answers.forEach((told, place) => {
    const properties = {
      ariaPressed: String(place === prediction),
      disabled: prediction !== null || passed,
    };
    const answer = button("", () => reply(place), properties);
    answer.append(...written(told));
    group.append(answer);
  });
  return group;
}

/**
 * A slider for the number, and a button that gives it.
 * @param {Step} data @param {Range} range @param {Reply} reply
 */
export function range({ prediction, passed }, { low, high, step }, reply) {
  const limits = { min: String(low), max: String(high), step: String(step) };
  const input = element("input", { type: "range", ...limits });
  input.value = String(prediction ?? (low + high) / 2);
  input.setAttribute("aria-labelledby", "tempfit-question");
  const shown = element("output", {}, number(Number(input.value)));
  input.oninput = () => {
    shown.textContent = number(Number(input.value));
  };
  const predict = button(say("Predict"), () => reply(Number(input.value)), PRIMARY);
  input.disabled = predict.disabled = prediction !== null || passed;
  return element("div", { className: "tempfit-range" }, input, shown, predict);
}
