// The transport: train, pause, step, scrub, speed, and where playback and training stand.

import { whole } from "../format.js";
import { finder } from "../loader.js";
import { closing } from "../menu.js";
import { placeOf } from "../search.js";
import { SPEEDS } from "./pace.js";

/** @import {Experiment} from "./experiment.js" */
/** @import {Player} from "./player.js" */

/** @param {string} path */
const icon = (path) => `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;

/** @typedef {"train" | "pause" | "start" | "back" | "forward" | "end"} Button */
/** @type {Button[]} */
const BUTTONS = ["train", "pause", "start", "back", "forward", "end"];

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

/**
 * @typedef {Record<Button, () => void> & {
 *   scrub: (epoch: number) => void,
 *   rest: () => void,
 *   choose: (name: string, value: string | boolean) => void,
 *   goOn: (rate: number | null) => void,
 * }} Handlers `goOn` is given the rate at which to go on, or null to go on for longer
 */

export class Transport {
  /** @param {HTMLElement} place @param {Handlers} on */
  constructor(place, on) {
    this.root = place;
    place.innerHTML = TEMPLATE; // a constant; nothing of the user's is in it
    this.find = finder(place);
    this.epochText = this.find("[data-testid=epoch]");
    this.progress = this.find(".tempfit-progress");
    /** @type {HTMLInputElement} */
    this.scrubber = this.find("input[type=range]");
    for (const name of BUTTONS) this.button(name).onclick = () => on[name]();
    this.scrubber.oninput = () => on.scrub(this.recorded[Number(this.scrubber.value)]);
    this.scrubber.onchange = () => on.rest();
    /** @type {ArrayLike<number>} */
    this.recorded = [0];
    this.offer(on.choose);
    this.stopClosing = this.offerToGoOn(on.goOn);
  }

  /** @param {string} name @returns {HTMLButtonElement} */
  button(name) {
    return this.find(`[data-do=${name}]`);
  }

  /** Offer the choices of speed, axes and layout. @param {Handlers["choose"]} choose */
  offer(choose) {
    /** @type {HTMLSelectElement} */
    const speeds = this.find("[data-choice=speed]");
    for (const { name, value } of SPEEDS) {
      speeds.add(new Option(name, String(value), name === "Normal", name === "Normal"));
    }
    for (const element of this.root.querySelectorAll("[data-choice]")) {
      const choice = /** @type {HTMLInputElement | HTMLSelectElement} */ (element);
      const value = () =>
        "checked" in choice && choice.type === "checkbox" ? choice.checked : choice.value;
      choice.onchange = () => choose(choice.dataset.choice ?? "", value());
    }
  }

  /** Offer to go on from the epoch shown; return how to stop. @param {Handlers["goOn"]} act */
  offerToGoOn(act) {
    /** @type {HTMLDetailsElement} */
    const menu = this.find(".tempfit-go-on");
    /** @type {HTMLInputElement} */
    const text = this.find("[aria-label='New rate']");
    const go = (/** @type {number | null} */ rate) => {
      menu.open = false;
      act(rate);
    };
    const atRate = () => {
      const rate = Number(text.value.replace(",", "."));
      if (rate > 0 && Number.isFinite(rate)) go(rate);
    };
    this.find("[data-go=longer]").onclick = () => go(null);
    this.find("[data-go=rate]").onclick = atRate;
    text.onkeydown = ({ key }) => {
      if (key === "Enter") atRate();
    };
    return closing(menu);
  }

  destroy() {
    this.stopClosing();
  }

  /** Let a choice be made, or not. @param {string} choice @param {boolean} possible */
  allow(choice, possible) {
    /** @type {HTMLInputElement} */ (this.find(`[data-choice=${choice}]`)).disabled = !possible;
  }

  /** Fit the transport to a new experiment. @param {Experiment} experiment */
  reset({ recorded, epochs }) {
    this.recorded = recorded;
    this.scrubber.max = String(recorded.length - 1);
    this.find(".of").textContent = `of ${whole(epochs)}`;
    // Room for the largest number that will stand there, so that nothing moves.
    this.epochText.style.width = `${String(epochs).length}ch`;
  }

  /** Show the epoch at which playback stands: called with every frame. @param {number} epoch */
  frame(epoch) {
    this.pointed(epoch);
    this.scrubber.value = String(placeOf(this.recorded, epoch));
    this.scrubber.setAttribute("aria-valuetext", `epoch ${epoch}`);
  }

  /** Show an epoch that is pointed at. @param {number} epoch */
  pointed(epoch) {
    this.epochText.textContent = String(epoch);
  }

  /**
   * Show what can be done, and how far training has come.
   * @param {Pick<Player, "state" | "moving" | "atEnd">} player
   * @param {{ trained: number, perSecond: number }} standing
   */
  state({ state, moving, atEnd }, { trained, perSecond }) {
    const resumable = state === "paused" && !moving && !atEnd;
    this.button("pause").disabled = !(moving || resumable);
    this.button("pause").textContent = resumable ? "Resume" : "Pause";
    this.root.dataset.state = state;
    const share = (100 * placeOf(this.recorded, trained)) / Math.max(1, this.recorded.length - 1);
    this.scrubber.style.setProperty("--trained", `${share}%`);
    const pace = perSecond ? ` · ${whole(perSecond)} epochs/s` : "";
    this.progress.textContent = trained ? `Trained to ${whole(trained)}${pace}` : "Not trained yet";
  }
}
