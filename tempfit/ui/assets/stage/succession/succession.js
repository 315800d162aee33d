// How an experiment takes the place of another on the stage: from which epoch it is shown, and what
// of the other one stays, as a ghost.

import { ghostBeside } from "./ghost.js";

/** @import {Ghost} from "../charts/figure.js" */
/** @import {Display} from "../display.js" */
/** @import {Run} from "../experiment/experiment.js" */
/** @import {Speed} from "../playing/pace.js" */
/** @import {Playing} from "../playing/playing.js" */
/** @import {Talk} from "../talk.js" */

/**
 * The same stage in another language, whose place this one takes.
 * @typedef {{ display: Display, speed: Speed, ghost: Ghost | null, playing: Playing | null }} Before
 */

export class Succession {
  /** @param {Before | null} before @param {Talk} talk @param {() => Playing | null} playing */
  constructor(before, talk, playing) {
    this.ghost = before?.ghost ?? null; // what was trained before
    this.talk = talk;
    this.playing = playing;
    /** @type {{ epoch: number, moving: boolean } | null} */
    this.goesOn = before?.playing?.player ?? null; // where the next experiment goes on, and how
    this.returnsTo = 0; // the epoch up to which the next one is trained at once
  }

  /**
   * Go on from the epoch shown: at another learning rate, or for twice as many epochs.
   * @param {number | null} rate
   */
  goOn(rate) {
    const player = this.playing()?.player;
    if (!player) return;
    player.pause();
    const { epoch } = player;
    this.goesOn = { epoch, moving: false };
    this.talk.tell("go_on", { experiment: this.talk.name, epoch, rate });
  }

  /** Train a run of the ghost along with those here, up to where these stand. @param {Run} run */
  keep(run) {
    this.returnsTo = this.playing()?.player.epoch ?? 0;
    this.talk.keep(run, true);
  }

  /**
   * Begin with the next experiment; `trains` says that it is to train without being asked.
   * @param {Playing} next @param {Playing | null} last @param {boolean} trains
   */
  begin({ experiment, player }, last, trains) {
    const { goesOn, returnsTo } = this;
    // A run that goes on still has its earlier epochs, and needs no ghost of them.
    this.ghost = ghostBeside(experiment, goesOn ? null : last, this.ghost);
    if (goesOn) player.seek(goesOn.epoch);
    if (returnsTo) player.reach(Math.min(returnsTo, experiment.epochs));
    if (trains || goesOn?.moving) player.play();
    this.goesOn = null;
    this.returnsTo = 0;
  }
}
