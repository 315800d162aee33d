// The colours of the map: quiet ones, on which the runs' points are seen.

/** @import {Theme} from "../theme.js" */

/** From exploded over the start to converged. */
const LIGHT = [
  [208, 130, 119],
  [233, 196, 187],
  [238, 238, 241],
  [203, 224, 233],
  [109, 166, 196],
];
const DARK = [
  [140, 62, 56],
  [84, 52, 54],
  [42, 44, 51],
  [44, 68, 84],
  [58, 118, 150],
];

/** The anchors of the ramp, as Plotly takes them. @param {Theme} theme */
export const stops = ({ dark }) =>
  (dark ? DARK : LIGHT).map((parts, i) => [i / (LIGHT.length - 1), `rgb(${parts.join(",")})`]);

/**
 * The colour of a level from -1 to 1, as red, green and blue.
 * @param {Theme} theme @returns {(level: number) => number[]}
 */
export function ramp({ dark }) {
  const anchors = dark ? DARK : LIGHT;
  return (level) => {
    const along = ((Math.min(Math.max(level, -1), 1) + 1) / 2) * (anchors.length - 1);
    const from = Math.min(Math.floor(along), anchors.length - 2);
    const share = along - from;
    return anchors[from].map((part, i) => part + share * (anchors[from + 1][i] - part));
  };
}
