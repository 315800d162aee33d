// The keyboard: Space plays and pauses, arrows step, Home and End leap.

/** @type {Record<string, string>} */
const BUTTONS = { ArrowRight: "forward", ArrowLeft: "back", Home: "start", End: "end" };
const FIELDS = "select, textarea, input:not([type=range], [type=checkbox])";

/**
 * Listen for the keys wherever no field wants them; return a function that stops listening.
 * @param {HTMLElement} root the stage
 * @param {(name: string) => HTMLButtonElement} button finds a button of the transport
 * @param {() => void} toggle plays or pauses
 */
export function listen(root, button, toggle) {
  let tabbed = false; // whether what has the focus was reached by Tab rather than clicked
  const onPointer = () => {
    tabbed = false;
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.key === "Tab") tabbed = true;
    if (event.ctrlKey || event.metaKey || event.altKey || !root.isConnected) return;
    if (!root.contains(target) && target !== document.body) return;
    if (target.matches(FIELDS)) return;
    /** @type {HTMLElement | null} */
    const chosen = tabbed ? target.closest("button, summary, input[type=checkbox]") : null;
    const keeps = chosen && !["train", "pause"].includes(chosen.dataset.do ?? "");
    if (event.key === " " && !keeps) toggle();
    else if (BUTTONS[event.key]) button(BUTTONS[event.key]).click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", onPointer, true);
  return () => {
    document.removeEventListener("keydown", onKey, true);
    document.removeEventListener("pointerdown", onPointer, true);
  };
}
