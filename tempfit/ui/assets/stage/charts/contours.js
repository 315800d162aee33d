// The contours of the loss surface: exact ellipses, shaded down to the optimum.

import { number } from "../../format.js";
import { hover, scatter } from "../../layout.js";
import { say } from "../../words.js";
import { excess } from "../experiment/experiment.js";

/** @import {Theme} from "../../theme.js" */
/** @import {Bowl, Surface} from "../../types.js" */

/** @typedef {{ xRange: number[], yRange: number[] }} Ranges what the axes show */

const MOST_HEIGHTS = 6;

/**
 * The contours, each with its loss on demand, and the losses written on a few of them.
 * @param {Surface} surface @param {Ranges} shown @param {Theme} theme @returns {Plotly.Trace[]}
 */
export function contours(surface, shown, theme) {
  const all = levels(surface, shown);
  const lines = all.map((level, place) => ({
    type: "scatter",
    mode: "lines",
    ...contour(surface, level),
    fill: "toself",
    fillcolor: shade(place / (all.length - 1), theme),
    line: { color: theme.contour, width: 0.75 },
    showlegend: false,
    hoveron: "points",
    hovertemplate: hover(say("loss {loss}", { loss: number(surface.best.loss + level, 3) })),
  }));
  return [...lines, heights(surface, all, shown, theme)];
}

/**
 * The ellipse on which the loss is `level` above the best: exact, for the loss is quadratic.
 * @param {Bowl} surface @param {number} level
 */
export function contour({ best, eigenvalues, directions }, level) {
  // Along a flat direction a contour has no end; a very long one stands in for it.
  const axes = eigenvalues.map((value) =>
    Math.sqrt((2 * level) / Math.max(value, 1e-12 * eigenvalues[1])),
  );
  const points = Array.from({ length: 241 }, (_, step) => {
    const angle = (2 * Math.PI * step) / 240;
    return [axes[0] * Math.cos(angle), axes[1] * Math.sin(angle)];
  });
  return {
    x: points.map(([u, v]) => best.w + directions[0][0] * u + directions[0][1] * v),
    y: points.map(([u, v]) => best.b + directions[1][0] * u + directions[1][1] * v),
  };
}

/**
 * The losses above the best at which contours are drawn, the largest first: those that the server
 * has chosen for a picture of all paths, and above them as many as the axes now show.
 * @param {Surface} surface @param {Ranges} shown
 */
export function levels(surface, { xRange, yRange }) {
  const corners = xRange.flatMap((w) => yRange.map((b) => excess(surface, w, b)));
  const found = [...surface.levels];
  while (found[0] * Math.sqrt(10) < Math.max(...corners)) found.unshift(found[0] * Math.sqrt(10));
  return found;
}

/**
 * The loss written on a few contours, where they pass highest through the picture.
 * @param {Surface} surface @param {number[]} levels @param {Ranges} shown @param {Theme} theme
 * @returns {Plotly.Trace}
 */
export function heights(surface, levels, { xRange, yRange }, theme) {
  /** @type {{ x: number, y: number, text: string, across: number, up: number }[]} */
  const chosen = [];
  for (const level of levels) {
    const { x, y } = contour(surface, level);
    const text = number(surface.best.loss + level, 2);
    const places = x
      .map((w, i) => ({
        x: w,
        y: y[i],
        text,
        across: share(w, xRange),
        up: share(y[i], yRange),
      }))
      .filter(({ across, up }) => Math.abs(across - 0.5) < 0.38 && Math.abs(up - 0.5) < 0.44);
    const free = places.filter((place) => chosen.every((other) => apart(place, other)));
    free.sort((one, other) => other.up - one.up);
    if (free.length) chosen.push(free[0]);
    if (chosen.length === MOST_HEIGHTS) break;
  }
  const points = chosen.map(({ x, y }) => [x, y]);
  return scatter("text", points, {
    text: chosen.map(({ text }) => text),
    textfont: { color: theme.text },
    opacity: 0.75,
    hoverinfo: "skip",
  });
}

/** Where a value lies in a range, from 0 to 1. @param {number} value @param {number[]} range */
const share = (value, [low, high]) => (value - low) / (high - low);

/**
 * Whether two texts leave room between them, in shares of the picture.
 * @param {{ across: number, up: number }} one @param {{ across: number, up: number }} other
 */
const apart = (one, other) =>
  Math.abs(one.across - other.across) > 0.18 || Math.abs(one.up - other.up) > 0.1;

// From the rim down to the bottom: greys to a quiet blue, which no run's line is lost on.
const RAMP = {
  light: [
    [243, 243, 245],
    [176, 198, 219],
  ],
  dark: [
    [30, 31, 35],
    [44, 74, 101],
  ],
};

/** The colour at a share of the way down. @param {number} down @param {Theme} theme */
export function shade(down, { dark }) {
  const [rim, bottom] = dark ? RAMP.dark : RAMP.light;
  const parts = rim.map((part, i) => Math.round(part + down * (bottom[i] - part)));
  return `rgb(${parts.join(",")})`;
}
