// How a run is drawn: its colour on this theme, solid or dashed, on the canvas and by Plotly.

/** @import {Colour} from "./types.js" */
/** @import {Theme} from "./theme.js" */

/** @typedef {Colour & { dashed: boolean }} Stroke */

/** The colour of what stands beside a run. */
export const ACCENT = { light: "#b3173f", dark: "#ff8fa6" };

/** How strong the lines of a ghost are, and the names at their ends. */
export const PALE = { line: 0.25, name: 0.55 };

/** @param {Colour} colour @param {Theme} theme */
export const colourOf = (colour, theme) => (theme.dark ? colour.dark : colour.light);

/** @param {Stroke} run @param {Theme} theme */
export const strokeOf = (run, theme, width = 2.5) => ({
  colour: colourOf(run, theme),
  width,
  dash: run.dashed ? [7, 4] : [],
});

/** @param {Stroke} run @param {Theme} theme */
export const lineOf = (run, theme, width = 2.5) => ({
  color: colourOf(run, theme),
  width,
  dash: run.dashed ? "7px,4px" : "solid",
  simplify: false, // it would leave points out, and what moved would come to rest angular
});
