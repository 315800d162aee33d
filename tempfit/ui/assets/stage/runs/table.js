// What the table of the runs is made of. Its rows are laid out as grids, so that a sentence may
// stand below its numbers: the roles say what the elements no longer do.

/** @import {Stroke} from "../../colours.js" */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag @param {string} role @param {(Node | string)[]} content
 */
export function part(tag, role, ...content) {
  const element = document.createElement(tag);
  element.setAttribute("role", role);
  element.append(...content);
  return element;
}

/** The stroke that a run's lines are drawn with. @param {Stroke} run */
export function colourKey(run) {
  const key = document.createElement("span");
  key.className = run.dashed ? "key dashed" : "key";
  key.style.setProperty("--light", run.light);
  key.style.setProperty("--dark", run.dark);
  return key;
}
