// What is said of runs in the corner of a chart, at rest and while things move.

import { colourOf } from "../../colours.js";

/** @import {Theme} from "../../theme.js" */
/** @import {Pen} from "./pen.js" */
/** @import {DrawnRun} from "./figure.js" */

/**
 * `low` if it stands at the bottom, `left` if it stands there.
 * @typedef {{ run: DrawnRun, text: string, low?: boolean, left?: boolean }} Note
 */

/** Notes as Plotly writes them at rest. @param {Note[]} notes @param {Theme} theme */
export const annotations = (notes, theme) =>
  stacked(notes).map(({ run, text, low, left, place }) => ({
    text,
    xref: "paper",
    yref: "paper",
    x: left ? 0 : 1,
    y: low ? 0 : 1,
    xanchor: left ? "left" : "right",
    yanchor: low ? "bottom" : "top",
    yshift: (low ? 1.35 : -1.35) * theme.size * place,
    showarrow: false,
    bgcolor: theme.background,
    opacity: 0.85,
    font: { color: colourOf(run, theme), weight: 600 },
  }));

/** Write the notes while things move. @param {Pen} pen @param {Note[]} notes */
export function write(pen, notes) {
  for (const { run, place, ...note } of stacked(notes)) {
    pen.note(note, colourOf(run, pen.theme), place);
  }
}

/** The notes with their places from the corner. @param {Note[]} notes */
function stacked(notes) {
  const count = { low: 0, high: 0 };
  return notes.map((note) => ({ ...note, place: count[note.low ? "low" : "high"]++ }));
}
