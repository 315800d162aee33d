// What stands in the cells of the runs' table.

import { element } from "../../elements.js";

/** @import {Stroke} from "../../colours.js" */

/** The stroke that a run's lines are drawn with. @param {Stroke} run */
export function colourKey(run) {
  const key = element("span", { className: run.dashed ? "key dashed" : "key" });
  key.style.setProperty("--light", run.light);
  key.style.setProperty("--dark", run.dark);
  return key;
}
