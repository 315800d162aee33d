// What is said of runs in the corner of a chart, at rest and while things move.

import { colourOf } from "../../colours.js";

/** @import {Theme} from "../../theme.js" */
/** @import {Pen} from "./pen.js" */
/** @import {DrawnRun} from "./view.js" */

/** @typedef {{ run: DrawnRun, text: string, low?: boolean }} Note `low` if it stands at the bottom */

/** Notes as Plotly writes them at rest. @param {Note[]} notes @param {Theme} theme */
export const annotations = (notes, theme) =>
  stacked(notes).map(({ run, text, low, place }) => ({
    text,
    xref: "paper",
    yref: "paper",
    x: 1,
    y: low ? 0 : 1,
    xanchor: "right",
    yanchor: low ? "bottom" : "top",
    yshift: (low ? 17 : -17) * place,
    showarrow: false,
    bgcolor: theme.background,
    opacity: 0.85,
    font: { color: colourOf(run, theme), weight: 600 },
  }));

/** Write the notes while things move. @param {Pen} pen @param {Note[]} notes */
export function write(pen, notes) {
  for (const { run, text, low, place } of stacked(notes)) {
    pen.note(text, colourOf(run, pen.theme), place, low);
  }
}

/** The notes with their places from the corner. @param {Note[]} notes */
function stacked(notes) {
  const count = { low: 0, high: 0 };
  return notes.map((note) => ({ ...note, place: count[note.low ? "low" : "high"]++ }));
}
