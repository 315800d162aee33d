// A menu that opens over the page: closed by Escape, or by a press anywhere else.

/**
 * Have a `details` element close as a menu does; return how to stop listening for that.
 * @param {HTMLDetailsElement} details
 */
export function closing(details) {
  const outside = (/** @type {PointerEvent} */ { target }) => {
    if (!details.contains(/** @type {Node} */ (target))) details.open = false;
  };
  details.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary")?.focus();
  });
  document.addEventListener("pointerdown", outside);
  return () => document.removeEventListener("pointerdown", outside);
}
