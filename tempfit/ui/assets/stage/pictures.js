// The charts as pictures: what they show at rest, with a legend, as SVG or PNG.

import { canvasContext } from "../theme.js";

/** @import {Theme} from "../theme.js" */
/** @import {Chart} from "./chart.js" */

const LEGEND = {
  showlegend: true,
  legend: {
    orientation: "h",
    traceorder: "reversed",
    x: 0,
    xref: "container",
    y: 0,
    yref: "container",
    yanchor: "bottom",
    font: { size: 11 },
  },
};
const LEGEND_PX = 60;

/**
 * One chart as the text of an SVG.
 * @param {Chart} chart @param {Theme} theme @returns {Promise<string>}
 */
export async function chartSvg({ plot, plotly }, theme, legend = true) {
  const { data, layout, clientWidth: width } = plot;
  const room = legend ? LEGEND_PX : 0;
  const height = plot.clientHeight + room;
  const figure = {
    data,
    layout: {
      ...layout,
      ...(legend ? LEGEND : {}),
      paper_bgcolor: theme.background,
      height,
      margin: { ...layout.margin, b: layout.margin.b + room },
    },
  };
  const url = await plotly.toImage(figure, { format: "svg", width, height });
  return decodeURIComponent(url.slice(url.indexOf(",") + 1));
}

/**
 * All charts as they stand on the page, as the text of one SVG.
 * @param {Chart[]} charts @param {Theme} theme
 */
export async function stageSvg(charts, theme) {
  const places = charts.map((chart) => chart.plot.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const width = Math.max(...places.map((place) => place.right)) - left;
  const height = Math.max(...places.map((place) => place.bottom)) - top;
  const legend = charts.length <= 3;
  const parts = await Promise.all(charts.map((chart) => chartSvg(chart, theme, legend)));
  const nested = parts.map((part, index) =>
    part.replace("<svg", `<svg x="${places[index].left - left}" y="${places[index].top - top}"`),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + (legend ? LEGEND_PX : 0)}">` +
    `<rect width="100%" height="100%" fill="${theme.background}"/>${nested.join("")}</svg>`
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
