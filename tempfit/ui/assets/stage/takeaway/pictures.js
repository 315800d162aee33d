// The charts as pictures: what they show at rest, under a title, as SVG or PNG.

import { PALE } from "../../colours.js";
import { escaped } from "../../elements.js";
import { canvasContext } from "../../theme.js";

/** @import {Theme} from "../../theme.js" */
/** @import {Chart} from "../charts/chart.js" */

const TITLE = 1.25; // the size of a title's type, in that of the charts
const MARGIN_PX = 12;

/**
 * Charts as they stand on the page, under a title, as the text of an SVG.
 * @param {Chart[]} charts @param {string} title @param {Theme} theme
 * @param {HTMLElement[]} headings texts that stand over the charts
 */
export async function svgOf(charts, title, theme, headings = []) {
  const places = [...charts.map(({ plot }) => plot), ...headings].map((element) =>
    element.getBoundingClientRect(),
  );
  const left = Math.min(...places.map((place) => place.left)) - MARGIN_PX;
  const width = Math.max(...places.map((place) => place.right)) + MARGIN_PX - left;
  const size = Math.min(TITLE * theme.size, (width - 2 * MARGIN_PX) / ems(title, theme));
  const top = Math.min(...places.map((place) => place.top)) - 2.2 * size - MARGIN_PX;
  const height = Math.max(...places.map((place) => place.bottom)) + MARGIN_PX - top;
  const nested = await Promise.all(
    charts.map(async (chart, i) => {
      const place = `x="${places[i].left - left}" y="${places[i].top - top}"`;
      return (await chartSvg(chart, theme)).replace("<svg", `<svg ${place}`);
    }),
  );
  const said = headings.map((heading, i) => {
    const place = places[charts.length + i];
    const colour = heading.style.color || theme.text;
    return text(heading.textContent ?? "", {
      x: place.left - left,
      y: place.bottom - top - 0.3 * theme.size,
      colour,
      size: theme.size,
      theme,
    });
  });
  const named = text(title, { x: MARGIN_PX, y: MARGIN_PX + size, colour: theme.text, size, theme });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
    `<rect width="100%" height="100%" fill="${theme.background}"/>` +
    `${named}${said.join("")}${nested.join("")}</svg>`
  );
}

/** About how wide a title is, in the size of its type. @param {string} title @param {Theme} theme */
function ems(title, theme) {
  const pen = canvasContext(document.createElement("canvas"));
  pen.font = `600 100px ${theme.font}`;
  return pen.measureText(title).width / 90; // where the picture is opened, letters may be wider
}

/**
 * One chart with the names at the ends of its lines.
 * @param {Chart} chart @param {Theme} theme
 */
async function chartSvg(chart, theme) {
  const { plot, plotly } = chart;
  const { data, clientWidth: width, clientHeight: height } = plot;
  const layout = { ...plot.layout, paper_bgcolor: theme.background };
  const url = await plotly.toImage({ data, layout }, { format: "svg", width, height });
  const svg = decodeURIComponent(url.slice(url.indexOf(",") + 1));
  const axes = chart.axes();
  const names = !axes
    ? []
    : chart.layer
        .named(axes, theme, (pen) => chart.figure.names?.(pen, chart.position))
        .map((name) =>
          text(name.text, {
            ...name,
            opacity: name.pale ? PALE.name : 1,
            size: axes.font.size,
            theme,
          }),
        );
  return svg.replace(/<\/svg>\s*$/, `${names.join("")}</svg>`);
}

/**
 * Text that can be read over lines.
 * @param {string} said
 * @param {{ x: number, y: number, colour: string, size: number, theme: Theme, opacity?: number }} how
 */
function text(said, { x, y, colour, size, theme, opacity = 1 }) {
  const font = theme.font.replaceAll('"', "'");
  return (
    `<text x="${x}" y="${y}" fill="${colour}" opacity="${opacity}" stroke="${theme.background}" ` +
    `stroke-width="3" paint-order="stroke" font-size="${size}" font-weight="600" ` +
    `font-family="${font}">${escaped(said)}</text>`
  );
}

/**
 * The text of an SVG as a PNG of twice its size, sharp on a projector.
 * @param {string} svg @returns {Promise<Blob>}
 */
export async function png(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
  canvasContext(canvas).drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("no picture could be made"))),
      "image/png",
    ),
  );
}
