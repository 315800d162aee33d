// What the stage shows while it rests, for the parts of the page that follow it.

/** @type {{ experiment: string, epoch: number } | null} */
let present = null;
/** @type {Set<() => void>} */
const followers = new Set();

/** Say what the stage has come to rest at. @param {string} experiment @param {number} epoch */
export function show(experiment, epoch) {
  if (present?.experiment === experiment && present.epoch === epoch) return;
  present = { experiment, epoch };
  for (const follower of followers) follower();
}

/** What the stage last rested at, or null. */
export const shown = () => present;

/**
 * Have a function called whenever the stage rests elsewhere; return how to stop that.
 * @param {() => void} follower
 */
export function follow(follower) {
  followers.add(follower);
  return () => {
    followers.delete(follower);
  };
}
