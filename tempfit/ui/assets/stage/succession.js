// How an experiment takes the place of another on the stage: from which epoch it is shown, and what
// of the other one stays, as a ghost.

import { goOn } from "./carried.js";
import { ghostBeside } from "./ghost.js";

/** @import {GoesOn} from "./carried.js" */
/** @import {Run} from "./experiment/experiment.js" */
/** @import {Playing} from "./playing/playing.js" */
/** @import {Talk} from "./talk.js" */
/** @import {Ghost} from "./charts/view.js" */

export class Succession {
  /**
   * @param {{ ghost: Ghost | null, goesOn: GoesOn | null }} kept what was trained before, and where
   *   the next experiment goes on
   * @param {Talk} talk @param {() => Playing | null} playing
   */
  constructor({ ghost, goesOn }, talk, playing) {
    this.ghost = ghost;
    this.goesOn = goesOn;
    this.talk = talk;
    this.playing = playing;
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
    this.goesOn = { epoch: player.epoch, moving: false };
    this.talk.goOn(player.epoch, rate);
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
    // Gone on with, a run is the same as before.
    this.ghost = ghostBeside(experiment, this.goesOn === null ? last : null, this.ghost);
    goOn(player, this.goesOn);
    if (this.returnsTo) player.reach(Math.min(this.returnsTo, experiment.epochs));
    if (trains) player.play();
    this.goesOn = null;
    this.returnsTo = 0;
  }
}
