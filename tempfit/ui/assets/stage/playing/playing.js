// An experiment on the stage: what was trained of it, what plays it, where its numbers stand.

import { allBut, flipped } from "../display.js";
import { convergedAt, unpack } from "../experiment/experiment.js";
import { Trajectory } from "../experiment/trajectory.js";
import { Rows } from "../runs/rows.js";
import { Pace } from "./pace.js";
import { Player } from "./player.js";

/** @import {Setup, StageData, TrainingData} from "../../types.js" */
/** @import {Announcer} from "../announcer.js" */
/** @import {Display} from "../display.js" */
/** @import {Experiment} from "../experiment/experiment.js" */
/** @import {Speed} from "./pace.js" */
/** @import {Talk} from "../talk.js" */

/**
 * An experiment on the stage: its name, what the server described, what was trained of it, what
 * plays it, where its numbers stand, and the last message, which says how far training has come.
 * @typedef {{
 *   name: string,
 *   plotly: Plotly.Library,
 *   setup: Setup,
 *   experiment: Experiment,
 *   trajectory: Trajectory,
 *   player: Player,
 *   rows: Rows,
 *   standing: StageData & TrainingData,
 * }} Playing
 */

/**
 * What plays an experiment, at its start.
 * @param {Setup} setup
 * @param {{
 *   display: Display, speed: Speed, announcer: Announcer, talk: Talk,
 *   hide: (slots: Set<number>) => void,
 * }} parts
 */
export function played(setup, { display, speed, announcer, talk, hide }) {
  const experiment = unpack(setup);
  const trajectory = new Trajectory(setup.runs.length);
  trajectory.merge(setup.start);
  const player = new Player({
    trajectory,
    recorded: experiment.recorded,
    channel: talk.pulls,
    stops: (index) => display.stop && trajectory.allEnded(index),
    pace: new Pace(display.x, experiment.epochs, speed),
    smooth: !matchMedia("(prefers-reduced-motion: reduce)").matches,
  });
  const rows = new Rows(experiment, trajectory, display, {
    hide: (slot) => hide(flipped(display.hidden, slot)),
    keep: (run, kept) => talk.keep(run, kept),
    solo: (slot) => hide(allBut(display.hidden, experiment.runs, slot)),
    became: (label, status) => announcer.became(label, status),
  });
  return { experiment, trajectory, player, rows };
}

/**
 * Stop each run where it has converged, if that is wanted.
 * @param {Playing} playing @param {Display} display
 */
export function markStops({ experiment, trajectory }, { stop }) {
  trajectory.stops = stop
    ? convergedAt(experiment, trajectory)
    : experiment.runs.map(() => Infinity);
}
