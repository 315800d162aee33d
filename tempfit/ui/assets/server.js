// The one way from this page to the server, on the browser's clock.

import { Line } from "./channel.js";

/** @type {import("./channel.js").Time} */
const time = {
  now: () => Date.now(),
  after: (act, ms) => setTimeout(act, ms),
  cancel: (timer) => clearTimeout(timer),
};

export const line = new Line(time);

for (const type of ["pointerup", "click", "keydown", "input", "change", "focusout"]) {
  window.addEventListener(type, () => line.touched(), true);
}
