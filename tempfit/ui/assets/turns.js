// One message to the server at a time. What is said to Streamlit within one moment, by parts of
// the page or by its own widgets, it sends as if one of them had said it all, and that one alone
// is answered.

const APART_MS = 5; // longer than Streamlit takes to send what it was told

const waiting = [];
let touched = 0; // how often the viewer did something that a widget may be telling the server

for (const type of ["pointerup", "click", "keydown", "input", "change", "focusout"]) {
  window.addEventListener(type, () => touched++, true);
}

/** Say something to the server, as soon as what was said before is on its way. */
export function inTurn(say) {
  waiting.push(say);
  if (waiting.length === 1) next();
}

function next() {
  const before = touched;
  // Streamlit sends by a timer: one set after its own runs after it.
  setTimeout(() => {
    if (touched !== before) {
      next();
      return;
    }
    waiting[0]();
    setTimeout(() => {
      waiting.shift();
      if (waiting.length) next();
    }, APART_MS);
  }, 0);
}
