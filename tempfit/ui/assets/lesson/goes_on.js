// Space goes on in the lesson where there is nothing left to train.

import { isFree } from "../stage/keys.js";

/**
 * Listen for Space, before the stage does, which trains and pauses by it; return how to stop.
 * @param {HTMLElement} root the element that shows the open step
 * @param {() => boolean} goOn goes on; returns whether there was anything to go on to
 */
export function listen(root, goOn) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== " " || !root.isConnected) return;
    const stage = /** @type {HTMLElement | null} */ (document.querySelector(".tempfit-stage"));
    const playing = stage?.querySelector("[data-state=playing]");
    if (!stage || playing || !isFree(event, stage) || !goOn()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  window.addEventListener("keydown", onKey, true);
  return () => window.removeEventListener("keydown", onKey, true);
}
