// The colours of the map: quiet ones, on which the runs' points are seen.

import { canvasContext } from "../../theme.js";

/** @import {Theme} from "../../theme.js" */

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
 * Paint levels from -1 to 1 on a square canvas of as many pixels, the first at its lower left.
 * @param {HTMLCanvasElement} canvas @param {Float32Array} levels @param {Theme} theme
 */
export function paint(canvas, levels, theme) {
  const { width } = canvas;
  const context = canvasContext(canvas);
  const image = context.createImageData(width, width);
  const colours = theme.dark ? dark : light;
  const pixels = new Uint32Array(image.data.buffer);
  levels.forEach((level, i) => {
    const line = width - 1 - Math.floor(i / width);
    pixels[line * width + (i % width)] = colours[Math.round(SHADES * (level + 1))];
  });
  context.putImageData(image, 0, 0);
}

const SHADES = 128; // on either side of the start

/** The colours of all shades, as a canvas holds them. @param {number[][]} anchors */
function shades(anchors) {
  const colours = new Uint8ClampedArray(4 * (2 * SHADES + 1)).fill(255);
  for (let shade = 0; shade <= 2 * SHADES; shade++) {
    const along = (shade / (2 * SHADES)) * (anchors.length - 1);
    const from = Math.min(Math.floor(along), anchors.length - 2);
    const share = along - from;
    anchors[from].forEach((part, i) => {
      colours[4 * shade + i] = part + share * (anchors[from + 1][i] - part);
    });
  }
  return new Uint32Array(colours.buffer);
}

const [light, dark] = [LIGHT, DARK].map(shades);
