// The keyboard: Space plays and pauses, arrows step, Home and End leap, letters change the view.

/** @type {Record<string, string>} */
const BUTTONS = {
  " ": "train",
  ArrowRight: "forward",
  ArrowLeft: "back",
  Home: "start",
  End: "end",
  l: "lesson",
  p: "present",
  f: "screen",
  "?": "keys",
};
const FIELDS = "select, textarea, input:not([type=range], [type=checkbox]), .tempfit-lesson input";
const PRESSED = "button:not([data-do=train]), summary, input[type=checkbox]";

/**
 * Whether a key is meant for the stage: it was pressed on the stage, on a step of the lesson, or while
 * nothing has the focus, and no field, button or menu takes it.
 * @param {KeyboardEvent} event @param {HTMLElement} root the stage
 */
export function isFree(event, root) {
  const target = /** @type {Element} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || !root.isConnected) return false;
  const slider = event.key === " " && target.matches("input[type=range]"); // no use to it
  const near = slider || target.closest(".tempfit-stage, .tempfit-lesson");
  if (!near && !target.contains(root)) return false;
  if (target.matches(FIELDS) || target.closest("dialog, details[open]")) return false;
  if (event.key.startsWith("Arrow") && target.matches(".tempfit-map")) return false;
  return event.key !== " " || !target.matches(PRESSED);
}

/**
 * Listen for the keys wherever no field wants them; return a function that stops listening.
 * @param {HTMLElement} root the stage
 * @param {(name: string) => HTMLButtonElement} button finds a button of the transport
 * @param {{ leave: () => void }} on
 */
export function listen(root, button, { leave }) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const name = BUTTONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!isFree(event, root)) return;
    if (event.key === "Escape") leave();
    else if (!name) return;
    else button(name).click();
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("keydown", onKey, true);
  return () => document.removeEventListener("keydown", onKey, true);
}
