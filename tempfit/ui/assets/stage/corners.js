// Small buttons in the corners of charts, for what concerns one chart alone.

/** @import {Chart} from "./chart.js" */
/** @import {Display} from "./display.js" */
/** @import {Ghost} from "./view.js" */

/**
 * @param {string} text @param {string} title @param {() => void} act
 * @returns {HTMLButtonElement}
 */
export function cornerButton(text, title, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tempfit-edit";
  button.textContent = text;
  button.title = title;
  button.onclick = act;
  return button;
}

export class Corners {
  /** @param {{ stretch: (scale: string) => void, forget: () => void }} on */
  constructor(on) {
    this.stretch = cornerButton("Stretch", "Let the two axes have different scales", () =>
      on.stretch(this.stretch.ariaPressed === "true" ? "equal" : "stretched"),
    );
    this.forget = cornerButton(
      "✕ before",
      "Take the picture from before off the charts",
      on.forget,
    );
  }

  /**
   * Put each button where there is something for it to do.
   * @param {Chart[]} charts @param {Display} display @param {Ghost | null} ghost
   */
  place(charts, { layout, surface, surfaceScale }, ghost) {
    this.forget.remove();
    if (ghost && layout === "together") charts[1].place.append(this.forget);
    if (surface) charts.at(-1)?.place.append(this.stretch);
    this.stretch.ariaPressed = String(surfaceScale === "stretched");
  }
}
