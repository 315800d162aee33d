// What a stage begins with: the usual, or what stays of it when the page speaks another language.

import { standard } from "./display.js";
import { usualSpeed } from "./playing/transport.js";

/** @import {Display} from "./display.js" */
/** @import {Speed} from "./playing/pace.js" */
/** @import {Player} from "./playing/player.js" */
/** @import {Playing} from "./playing/playing.js" */
/** @import {Ghost} from "./charts/view.js" */

/**
 * What stays; `ghost` is what was trained before.
 * @typedef {{ display: Display, speed: Speed, ghost: Ghost | null, playing: Playing | null }} Before
 */

/** @typedef {{ epoch: number, moving: boolean }} GoesOn where the next experiment goes on, and how */

/** @param {Before | null} before */
export function carried(before) {
  const { epoch = 0, moving = false } = before?.playing?.player ?? {};
  return {
    display: before?.display ?? { ...standard(), ...replayed() },
    speed: before?.speed ?? usualSpeed(),
    ghost: before?.ghost ?? null,
    goesOn: before?.playing ? /** @type {GoesOn | null} */ ({ epoch, moving }) : null,
  };
}

/** What was chosen before a replay was made, in one. */
function replayed() {
  const look = window.tempfitReplay;
  return look && { ...look, hidden: new Set(look.hidden) };
}

/** Have a player stand where another one stood. @param {Player} player @param {GoesOn | null} goesOn */
export function goOn(player, goesOn) {
  if (goesOn) player.seek(goesOn.epoch);
  if (goesOn?.moving) player.play();
}
