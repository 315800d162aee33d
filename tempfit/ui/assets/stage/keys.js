// The keyboard: Space plays and pauses, arrows step, Home and End leap, letters change the view.

/** @type {Record<string, string>} */
const BUTTONS = {
  " ": "train",
  ArrowRight: "forward",
  ArrowLeft: "back",
  Home: "start",
  End: "end",
  p: "present",
  f: "screen",
  "?": "keys",
};
const FIELDS = "select, textarea, input:not([type=range], [type=checkbox])";
const PRESSED = "button:not([data-do=train]), summary, input[type=checkbox]";

/**
 * Listen for the keys wherever no field wants them; return a function that stops listening.
 * @param {HTMLElement} root the stage
 * @param {(name: string) => HTMLButtonElement} button finds a button of the transport
 * @param {{ leave: () => void }} on
 */
export function listen(root, button, { leave }) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const name = BUTTONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || !root.isConnected) return;
    // On the stage, or where nothing has the focus: on what the stage is in.
    if (!root.contains(target) && !target.contains(root)) return;
    if (target.matches(FIELDS) || target.closest("dialog, details[open]")) return;
    if (event.key.startsWith("Arrow") && target.matches(".tempfit-map")) return;
    if (event.key === "Escape") leave();
    else if (!name || (event.key === " " && target.matches(PRESSED))) return;
    else button(name).click();
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("keydown", onKey, true);
  return () => document.removeEventListener("keydown", onKey, true);
}
