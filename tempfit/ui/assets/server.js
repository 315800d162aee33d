// The one way from this page to the server, on the browser's clock.

import { Outbox } from "./channel.js";

/** @type {import("./channel.js").Time} */
const time = {
  now: () => Date.now(),
  after: (act, ms) => setTimeout(act, ms),
  cancel: (timer) => clearTimeout(timer),
};

export const outbox = new Outbox(time);

for (const type of ["pointerup", "click", "keydown", "input", "change", "focusout"]) {
  window.addEventListener(type, () => outbox.touched(), true);
}
