// The elements of the stage, and the keys that it listens to, for whoever asks.

const HELP = `
  <dialog class="tempfit-help tempfit-controls" aria-label="Keys">
    <dl>
      <dt>Space</dt><dd>train, pause</dd>
      <dt>← →</dt><dd>one epoch back, forward</dd>
      <dt>Home End</dt><dd>to the start, to the end</dd>
      <dt>L</dt><dd>the lesson, and back</dd>
      <dt>P</dt><dd>present, and back</dd>
      <dt>F</dt><dd>full screen</dd>
      <dt>Esc</dt><dd>leave either</dd>
      <dt>?</dt><dd>these keys</dd>
    </dl>
    <form method="dialog"><button>Close</button></form>
  </dialog>`;

/** The element of the stage, hidden until there is something to train: its buttons must work. */
export function section() {
  const root = document.createElement("section");
  root.className = "tempfit-stage";
  root.setAttribute("aria-label", "Stage");
  root.hidden = true;
  root.innerHTML = `
    <div class="tempfit-frame">
      <div class="tempfit-charts"></div>
      <div class="tempfit-player tempfit-controls"></div>
      <div class="tempfit-options tempfit-controls"></div>
      <div class="tempfit-rows"></div>
      <div class="tempfit-announcer" role="status"></div>
      ${HELP}
    </div>`;
  return root;
}
