// The layout that all charts share, in the page's own colours and font.

import { escaped } from "./elements.js";
import { say } from "./words.js";

/** @import {Theme} from "./theme.js" */

/** How Plotly is set up; charts are resized by the page, some with the canvases over them. */
export const config = ({ lang } = document.documentElement) => ({
  displaylogo: false,
  responsive: false,
  displayModeBar: false,
  doubleClick: false, // a chart comes back from a zoom by itself
  showTips: false, // they lie over the next chart
  locale: lang,
  locales: { [lang]: { dictionary: { trace: say("trace") } } }, // no other of its words is shown
});

/** Whether a drag zooms: that of a finger scrolls the page. */
const zooms = () => !globalThis.matchMedia?.("(pointer: coarse)").matches;

/**
 * @param {Theme} theme @param {string} title @param {Plotly.Layout} xaxis
 * @param {Plotly.Layout} yaxis @returns {Plotly.Layout}
 */
export function chartLayout(theme, title, xaxis, yaxis) {
  // No larger than its ticks, so that a long title fits a low chart.
  const sized = (/** @type {object | undefined} */ axisTitle) =>
    axisTitle && { font: { size: theme.size }, ...axisTitle };
  const axis = {
    gridcolor: theme.grid,
    gridwidth: growth(theme.size),
    linewidth: growth(theme.size),
    zeroline: false,
    linecolor: theme.line,
    showline: true,
    ticks: "outside",
    tickcolor: theme.line,
    automargin: true,
    fixedrange: false,
  };
  return {
    title: {
      text: title,
      x: 0,
      xref: "paper",
      xanchor: "left",
      font: { size: 1.1 * theme.size },
      y: 1,
      pad: { t: 0.4 * theme.size },
      yanchor: "top",
    },
    font: { family: theme.font, size: theme.size, color: theme.text },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 4.2 * theme.size, r: 12, t: 2.3 * theme.size, b: 3.4 * theme.size },
    showlegend: false,
    hovermode: "closest",
    dragmode: zooms() && "zoom",
    hoverlabel: { font: { family: theme.font, size: theme.size } },
    xaxis: { ...axis, ...xaxis, title: sized(xaxis.title) },
    yaxis: { ...axis, ...yaxis, title: sized(yaxis.title) },
  };
}

/**
 * Text of the user's as Plotly is to show it: as it stands, neither markup nor a template.
 * @param {string} text
 */
export const plotlyText = (text) => escaped(text).replaceAll("%{", "% {");

/** The title of an axis, as it stands. @param {string | undefined} text */
export const titled = (text, standoff = 8) => ({ text: plotlyText(text ?? ""), standoff });

const PANEL_EMS = 14; // of the narrowest panel where several lie side by side
const MOST_COLUMNS = 4;

/**
 * How many of some panels lie side by side in a width: two at least, and rows as full as can be.
 * @param {number} panels @param {number} width in the size of the type
 */
export function gridColumns(panels, width) {
  const room = Math.min(MOST_COLUMNS, Math.max(2, Math.floor(width / PANEL_EMS)));
  return Math.ceil(panels / Math.ceil(panels / room));
}

/**
 * A trace through points: markers, lines or text.
 * @param {string} mode @param {number[][]} points as [x, y] @param {Plotly.Trace} how
 * @returns {Plotly.Trace}
 */
export const scatter = (mode, points, how) => ({
  type: "scatter",
  mode,
  x: points.map(([x]) => x),
  y: points.map(([, y]) => y),
  showlegend: false,
  ...how,
});

const DRAWN_FOR_PX = 14;
/** By how much lines and marks are larger than they are given, as the type is. @param {number} size px */
export const growth = (size) => size / DRAWN_FOR_PX;

/**
 * Traces whose lines and marks have grown with the type.
 * @param {Plotly.Trace[]} traces @param {number} size px
 */
export const grown = (traces, size) =>
  traces.map(({ line, marker, ...trace }) => ({
    ...trace,
    ...(line && { line: wider(line, growth(size)) }),
    ...(marker && { marker: wider(marker, growth(size)) }),
  }));

/** @param {Plotly.Trace} how @param {number} times @returns {Plotly.Trace} */
function wider({ width, size, dash, line, ...how }, times) {
  const larger = (/** @type {number | number[]} */ given) =>
    Array.isArray(given) ? given.map((one) => times * one) : times * given;
  return {
    ...how,
    ...(width && { width: larger(width) }),
    ...(size && { size: larger(size) }),
    ...(dash && { dash: dash.replace(/[\d.]+/g, (/** @type {number} */ px) => times * px) }),
    ...(line && { line: wider(line, times) }),
  };
}

/** What stands beside a point when it is pointed at. @param {string[]} lines */
export const hover = (...lines) => `${lines.join("<br>")}<extra></extra>`;
