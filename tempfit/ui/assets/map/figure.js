// What the map shows, as Plotly's traces, and its legend.

import { colourOf } from "../colours.js";
import { inUnit, number, whole } from "../format.js";
import { chartLayout, literal } from "../layout.js";
import { bytes, floats } from "../packing.js";
import { inWords } from "../stage/outcome.js";
import { powerTicks } from "../ticks.js";
import { later, say } from "../words.js";

/** @import {Theme} from "../theme.js" */
/** @import {MapData, MapSetup} from "../types.js" */

/** The colours of the outcomes that have no loss worth showing. @type {Record<string, string>} */
const GROWING = { diverging: "#e0777d", overflowed: "#8c2f39" };
const WORDS = Object.keys(GROWING);
const DASHED = later("Dashed: the largest stable learning rate.");

/** The values at a point, for Plotly to fill in to so many digits. @param {string} digits */
const axes = (digits) => ({ rate: `%{x:${digits}~g}`, scale: `%{y:${digits}~g}` });

/** @param {string} digits */
const place = (digits) => say("rate {rate}, scale {scale}", axes(digits));

/** @param {MapSetup} setup @param {Theme} theme */
export function mapLayout({ epochs, rates, scales }, theme) {
  const axis = (/** @type {string} */ text, /** @type {number[]} */ values) => ({
    type: "log",
    exponentformat: "power",
    dtick: 1,
    title: { text },
    range: [values[0], values[values.length - 1]].map(Math.log10),
  });
  const title = say("Outcome after {count} epochs", { count: whole(epochs) });
  return chartLayout(
    theme,
    title,
    axis(say("Learning rate"), rates),
    axis(say("Feature scale"), scales),
  );
}

/** @param {MapData} data @returns {(Node | string)[]} */
export function mapLegend({ loss }) {
  if (!loss) return [`${say(DASHED)} ${say("Click anywhere to set the sliders.")}`];
  const words = WORDS.flatMap((word) => {
    const patch = document.createElement("span");
    patch.className = "swatch";
    patch.style.background = GROWING[word];
    return [patch, `${inWords(word)}  `];
  });
  return [...words, `${say(DASHED)} ${say("Click a cell to set the sliders.")}`];
}

/** @param {MapData} data @param {Theme} theme @returns {Plotly.Trace[]} */
export function mapTraces({ setup, loss, status }, theme) {
  const cells =
    loss && status ? outcomes(setup, floats(loss), bytes(status)) : [blank(setup, theme)];
  return [...cells, limit(setup, theme), present(setup, theme)];
}

/**
 * The cells: how far above the best where the loss falls, and how it grows where it does.
 * @param {MapSetup} setup @param {Float32Array} losses @param {Uint8Array} codes
 */
function outcomes({ rates, scales, best, unit, statuses }, losses, codes) {
  /** @template V @param {(index: number, word: string) => V} value */
  const rows = (value) =>
    scales.map((_, row) =>
      rates.map((_, column) => {
        const index = row * rates.length + column;
        return value(index, statuses[codes[index]]);
      }),
    );
  const floor = Math.max(best * 0.001, 1e-12);
  const falling = rows((index, word) =>
    word in GROWING ? null : Math.log10(Math.max(losses[index] - best, floor)),
  );
  const shared = {
    type: "heatmap",
    x: rates,
    y: scales,
    text: rows((index, word) => {
      const loss = `${number(losses[index])} ${literal(unit)}`;
      return `${inWords(word)}<br>${say("loss {loss}", { loss })}`;
    }),
    hovertemplate: `${place(".3")}<br>%{text}<extra></extra>`,
  };
  const title = { text: inUnit(say("Loss above the best"), literal(unit)), side: "right" };
  const [low, high] = extent(falling.flat().filter((value) => value !== null));
  return [
    {
      ...shared,
      z: falling,
      colorscale: "Cividis",
      reversescale: true,
      zmin: low,
      zmax: high,
      colorbar: { title, thickness: 14, ...powerTicks(low, high) },
    },
    {
      ...shared,
      z: rows((_, word) => (word in GROWING ? WORDS.indexOf(word) : null)),
      zmin: 0,
      zmax: 1,
      colorscale: WORDS.map((word, place) => [place, GROWING[word]]),
      showscale: false,
    },
  ];
}

/** @param {number[]} values */
const extent = (values) => (values.length ? [Math.min(...values), Math.max(...values)] : [0, 1]);

/**
 * Cells without an outcome yet, there to be clicked.
 * @param {MapSetup} setup @param {Theme} theme
 */
const blank = ({ rates, scales }, theme) => ({
  type: "heatmap",
  x: rates,
  y: scales,
  z: scales.map(() => rates.map(() => 0)),
  colorscale: [0, 1].map((end) => [end, theme.shade]),
  showscale: false,
  hovertemplate: `${place(".3")}<extra></extra>`,
});

/** @param {MapSetup} setup @param {Theme} theme */
const limit = ({ limit: { rates, scales } }, theme) => ({
  type: "scatter",
  mode: "lines",
  x: rates,
  y: scales,
  line: { color: theme.dark ? "#ffffff" : "#000000", width: 2, dash: "dash" },
  hovertemplate: `${say("largest stable rate {rate} at scale {scale}", axes(".3"))}<extra></extra>`,
});

/** The runs of the experiment. @param {MapSetup} setup @param {Theme} theme */
const present = ({ runs }, theme) => ({
  type: "scatter",
  mode: "markers",
  x: runs.map((run) => run.rate),
  y: runs.map((run) => run.scale),
  marker: {
    size: 13,
    color: runs.map((run) => colourOf(run, theme)),
    line: { color: theme.background, width: 2 },
  },
  hovertemplate: `${say("present run: {place}", { place: place(".6") })}<extra></extra>`,
});
