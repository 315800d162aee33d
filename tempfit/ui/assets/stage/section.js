// The elements of the stage, and the keys that it listens to, for whoever asks.

import { element } from "../elements.js";
import { say } from "../words.js";

const help = () => `
  <dialog class="tempfit-help tempfit-controls" aria-label="${say("Keys")}">
    <dl>
      <dt>${say("Space")}</dt><dd>${say("train, pause")}</dd>
      <dt>← →</dt><dd>${say("one epoch back, forward")}</dd>
      <dt>Home End</dt><dd>${say("to the start, to the end")}</dd>
      <dt class="paged">L</dt><dd class="paged">${say("the lesson, and back")}</dd>
      <dt class="paged">P</dt><dd class="paged">${say("present, and back")}</dd>
      <dt>F</dt><dd>${say("full screen")}</dd>
      <dt>Esc</dt><dd>${say("leave full screen, or Present")}</dd>
      <dt>?</dt><dd>${say("these keys")}</dd>
    </dl>
    <form method="dialog"><button>${say("Close")}</button></form>
  </dialog>`;

/** The element of the stage, hidden until there is something to train: its buttons must work. */
export function section() {
  const root = element("section", {
    className: "tempfit-stage",
    ariaLabel: say("Stage"),
    hidden: true,
  });
  root.innerHTML = `
    <div class="tempfit-frame">
      <div class="tempfit-charts"></div>
      <div class="tempfit-player tempfit-controls"></div>
      <div class="tempfit-options tempfit-controls"></div>
      <div class="tempfit-rows"></div>
      <details class="tempfit-snapshots"></details>
      <div class="tempfit-announcer" role="status"></div>
      ${help()}
    </div>`;
  return root;
}
