// One message to the server at a time. What several parts of the page say within one moment
// Streamlit sends as if one of them had said it all, and that one alone is answered.

const APART_MS = 5; // longer than Streamlit takes to send what it was told

const waiting = [];

/** Say something to the server, as soon as what another part said before is on its way. */
export function inTurn(say) {
  waiting.push(say);
  if (waiting.length === 1) next();
}

function next() {
  waiting[0]();
  setTimeout(() => {
    waiting.shift();
    if (waiting.length) next();
  }, APART_MS);
}
