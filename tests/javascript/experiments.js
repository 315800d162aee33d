// Experiments and snapshots as the server would send them, made up for tests.

import { packed } from "../../tempfit/ui/assets/packing.js";
import { unpack } from "../../tempfit/ui/assets/stage/experiment/experiment.js";
import { Trajectory } from "../../tempfit/ui/assets/stage/experiment/trajectory.js";

/** @import {RunSetup, Setup, Snapshots} from "../../tempfit/ui/assets/types.js" */

/**
 * Snapshots of `runs` runs at some epochs, each of whose numbers is `value(epoch, run)`.
 * @param {number[]} epochs @param {(epoch: number, run: number) => number} value
 * @param {(epoch: number, run: number) => number} status @returns {Snapshots}
 */
export function snapshots(epochs, value = (epoch) => 1000 - epoch, runs = 1, status = () => 0) {
  const all = (/** @type {typeof value} */ of) =>
    Array.from({ length: runs }, (_, run) => epochs.map((epoch) => of(epoch, run))).flat();
  const numbers = packed(Float32Array.from(all(value)));
  return {
    epoch: packed(Int32Array.from(epochs)),
    loss: numbers,
    w: numbers,
    b: numbers,
    status: packed(Uint8Array.from(all(status))),
  };
}

/** @param {Parameters<typeof snapshots>} given */
export function trajectory(...given) {
  const made = new Trajectory(given[2] ?? 1);
  made.merge(snapshots(...given));
  return made;
}

/** @param {Partial<RunSetup>} changed @returns {RunSetup} */
export const run = (changed = {}) => ({
  slot: 0,
  light: "#000000",
  dark: "#ffffff",
  dashed: false,
  rate: 0.01,
  scale: 0.1,
  shift: 0,
  start: pair(1, 0),
  changes: [],
  settings: "",
  outlook: "It converges.",
  expected: "converged",
  expectedEpoch: 70,
  script: "epochs = 100\n",
  scriptName: "tempfit-thermometer-lr0.01.py",
  best: { w: 3, b: 4, loss: 2 },
  eigenvalues: [2, 8],
  directions: [
    [1, 0],
    [0, 1],
  ],
  ...changed,
});

/** @param {Partial<Setup>} changed */
export function experiment(changed = {}) {
  const bowl = run();
  const { runs = [bowl] } = changed;
  const axes = { xTitle: "x", yTitle: "y", xRange: pair(0, 10), yRange: pair(1, 100) };
  const numbers = packed(Float32Array.of(1, 2));
  return unpack({
    plotly: "",
    name: "tempfit-thermometer",
    title: "Unknown thermometer",
    epochs: 100,
    recorded: packed(Int32Array.from({ length: 101 }, (_, epoch) => epoch)),
    start: snapshots([0]),
    statuses: ["falling", "converged", "diverging", "overflowed"],
    editable: true,
    x: numbers,
    y: numbers,
    unit: "°C²",
    variance: 80,
    fit: { ...axes, title: "Fitted line" },
    loss: { ...axes, aboveTitle: "Loss above the best", aboveRange: pair(1, 100) },
    surfaces: [{ ...bowl, ...axes, feature: "", runs: runs.map((_, r) => r), levels: [10, 1] }],
    map: {
      ...bowl,
      rates: pair(1e-4, 10),
      scales: pair(1e-3, 1),
      hessian: [
        [2, 0],
        [0, 8],
      ],
      convergedLoss: 10,
      overflowLoss: 3e38,
    },
    forecast: numbers,
    forecastAbove: numbers,
    scriptHead: "import torch\n",
    runs,
    ...changed,
  });
}

/** @param {number} low @param {number} high @returns {[number, number]} */
const pair = (low, high) => [low, high];

export const THEME = {
  dark: true,
  background: "#000",
  text: "#fff",
  font: "serif",
  size: 20,
  shade: "",
  contour: "",
  grid: "",
  line: "",
};
