// Small buttons in the corners of charts, for what concerns one chart alone.

import { button } from "../../elements.js";
import { say } from "../../words.js";
import { SurfaceFigure } from "./surface_figure.js";

/** @import {Chart} from "./chart.js" */
/** @import {Display} from "../display.js" */

/** @param {string} text @param {string} title @param {() => void} act */
export const cornerButton = (text, title, act) =>
  button(text, act, { className: "tempfit-edit", title });

export class Corners {
  /** @param {(scale: string) => void} stretch */
  constructor(stretch) {
    /** @type {HTMLButtonElement} */
    this.stretch = cornerButton(say("Stretch"), say("Let the two axes have different scales"), () =>
      stretch(this.stretch.ariaPressed === "true" ? "equal" : "stretched"),
    );
  }

  /** Put the button where there is something for it to do. @param {Chart[]} charts @param {Display} display */
  place(charts, { surfaceScale }) {
    // Beside the chart, not in it: a screen reader says nothing of what is inside a picture.
    charts.findLast(({ figure }) => figure instanceof SurfaceFigure)?.place.after(this.stretch);
    this.stretch.ariaPressed = String(surfaceScale === "stretched");
  }
}
