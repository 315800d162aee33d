// What the buttons of the transport have the player do.

/** @import {Player} from "./player.js" */

/** @param {(act: (player: Player) => void) => void} move has the player, if there is one, act */
export const moves = (move) => ({
  train: () => move((player) => player.toggle()),
  start: () => move((player) => player.seek(0)),
  back: () => move((player) => player.step(-1)),
  forward: () => move((player) => player.step(+1)),
  end: () => move((player) => player.toEnd()),
  scrub: (/** @type {number} */ epoch) => move((player) => player.seek(epoch)),
});
