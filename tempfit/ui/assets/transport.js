// The transport: train, pause, step, scrub, speed, and where playback and training stand.

import { whole } from "./format.js";
import { closing } from "./menu.js";
import { SPEEDS } from "./player.js";

const icon = (path) => `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;

const TEMPLATE = `
  <div class="tempfit-buttons">
    <button type="button" class="primary" data-do="train">Train</button>
    <button type="button" data-do="pause">Pause</button>
    <button type="button" data-do="start" aria-label="To the start" title="To the start (Home)">${icon("M3 3h2v10H3zM13 3v10L6 8z")}</button>
    <button type="button" data-do="back" aria-label="One epoch back" title="One epoch back (←)">${icon("M11 3v10L4 8z")}</button>
    <button type="button" data-do="forward" aria-label="One epoch forward" title="One epoch forward (→)">${icon("M5 3v10l7-5z")}</button>
    <button type="button" data-do="end" aria-label="To the end" title="To the end (End)">${icon("M11 3h2v10h-2zM3 3v10l7-5z")}</button>
  </div>
  <div class="tempfit-scrubber"><input type="range" min="0" value="0" step="1" aria-label="Show epoch"></div>
  <div class="tempfit-epoch">Epoch <output data-testid="epoch">0</output> <span class="of"></span></div>
  <div class="tempfit-take">
    <details class="tempfit-menu tempfit-go-on">
      <summary>Go on</summary>
      <div>
        <button type="button" data-go="longer">for twice as long</button>
        <label>at rate <input type="text" inputmode="decimal" size="8" aria-label="New rate"></label>
        <button type="button" data-go="rate">at this rate from here</button>
        <label><input type="checkbox" data-choice="stop"> stop a run when it has converged</label>
      </div>
    </details>
  </div>
  <div class="tempfit-choices">
    <label>Speed <select data-choice="speed"></select></label>
    <label>Epoch axis <select data-choice="x"><option>log</option><option>linear</option></select></label>
    <label>Loss axis <select data-choice="y"><option>log</option><option>linear</option><option value="above">above best</option></select></label>
    <label>Runs <select data-choice="layout"><option>together</option><option>side by side</option></select></label>
    <label><input type="checkbox" data-choice="surface"> Loss surface</label>
    <span class="tempfit-progress"></span>
  </div>`;

export class Transport {
  /** @param {object} on handlers: train, pause, start, back, forward, end, scrub, rest, choose */
  constructor(place, on) {
    this.root = place;
    place.innerHTML = TEMPLATE; // a constant; nothing of the user's is in it
    this.button = (name) => place.querySelector(`[data-do=${name}]`);
    this.epochText = place.querySelector("[data-testid=epoch]");
    this.scrubber = place.querySelector("input[type=range]");
    this.progress = place.querySelector(".tempfit-progress");
    const speeds = place.querySelector("[data-choice=speed]");
    SPEEDS.forEach(({ name, value }) => {
      speeds.add(new Option(name, String(value), name === "Normal", name === "Normal"));
    });
    for (const name of ["train", "pause", "start", "back", "forward", "end"]) {
      this.button(name).onclick = () => on[name]();
    }
    this.scrubber.oninput = () => on.scrub(Number(this.scrubber.value));
    this.scrubber.onchange = () => on.rest();
    for (const choice of place.querySelectorAll("[data-choice]")) {
      const value = () => (choice.type === "checkbox" ? choice.checked : choice.value);
      choice.onchange = () => on.choose(choice.dataset.choice, value());
    }
  }

  /** Call `act` with the rate at which to go on from the epoch shown, or null to go on longer. */
  goOn(act) {
    const menu = this.root.querySelector(".tempfit-go-on");
    this.stopClosing = closing(menu);
    const rate = menu.querySelector("input");
    const go = (value) => {
      menu.open = false;
      act(value);
    };
    menu.querySelector("[data-go=longer]").onclick = () => go(null);
    const atRate = () =>
      Number(rate.value.replace(",", ".")) > 0 && go(rate.value.replace(",", "."));
    menu.querySelector("[data-go=rate]").onclick = atRate;
    rate.onkeydown = ({ key }) => key === "Enter" && atRate();
  }

  destroy() {
    this.stopClosing();
  }

  /** Let a choice be made, or not: side by side there is no room for the surface. */
  allow(choice, possible) {
    this.root.querySelector(`[data-choice=${choice}]`).disabled = !possible;
  }

  /** Fit the transport to a new experiment. */
  reset(setup) {
    this.schedule = setup.schedule;
    this.scrubber.max = String(setup.schedule.length - 1);
    this.root.querySelector(".of").textContent = `of ${whole(setup.epochs)}`;
    // Room for the largest number that will stand there, so that nothing moves.
    this.epochText.style.width = `${String(setup.epochs).length}ch`;
  }

  /** Show where playback stands: called with every frame. */
  frame(player) {
    this.epochText.textContent = String(player.epoch);
    this.scrubber.value = String(placeOf(this.schedule, player.epoch));
    this.scrubber.setAttribute("aria-valuetext", `epoch ${player.epoch}`);
  }

  /** Show an epoch that is pointed at. */
  pointed(epoch) {
    this.epochText.textContent = String(epoch);
  }

  /** Show what can be done, and how far training has come. */
  state(player, standing) {
    const playing = player.state === "playing";
    const paused = player.state === "paused";
    this.button("pause").disabled = !(playing || (paused && !player.atEnd));
    this.button("pause").textContent = paused && !player.atEnd ? "Resume" : "Pause";
    this.root.dataset.state = player.state;
    const trained = placeOf(this.schedule, standing.trained);
    const share = (100 * trained) / Math.max(1, this.schedule.length - 1);
    this.scrubber.style.setProperty("--trained", `${share}%`);
    const pace = standing.perSecond ? ` · ${whole(standing.perSecond)} epochs/s` : "";
    this.progress.textContent = standing.trained
      ? `Trained to ${whole(standing.trained)}${pace}`
      : "Not trained yet";
  }
}

/** The place of an epoch in the schedule: that of the last scheduled epoch at or before it. */
export function placeOf(schedule, epoch) {
  let low = 0;
  let high = schedule.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (schedule[middle] <= epoch) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}
