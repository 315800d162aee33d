// The transport: train, pause, step, scrub, speed, and where playback and training stand.

import { write } from "../../elements.js";
import { whole } from "../../format.js";
import { finder } from "../../loader.js";
import { placeOf } from "../../search.js";
import { say } from "../../words.js";
import { SPEEDS } from "./pace.js";

/** @import {StageData, TrainingData} from "../../types.js" */
/** @import {Experiment} from "../experiment/experiment.js" */
/** @import {Speed} from "./pace.js" */
/** @import {Player} from "./player.js" */

/** @param {string} path */
const icon = (path) => `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${path}"/></svg>`;
/** @param {string} name @param {string} key */
const tip = (name, key) => say("{name} ({key})", { name, key });
/** @param {string} name @param {string} label @param {string} key @param {string} path */
const iconButton = (name, label, key, path) =>
  `<button type="button" data-do="${name}" aria-label="${label}" title="${tip(label, key)}">${icon(path)}</button>`;

/**
 * @typedef {"train" | "start" | "back" | "forward" | "end" | "lesson" | "present" | "screen" | "keys"} Button
 */
/** @type {Button[]} */
const BUTTONS = ["train", "start", "back", "forward", "end", "lesson", "present", "screen", "keys"];
const TRAINING = ["train", "forward", "end"];

const template = () => `
  <div class="tempfit-scrubber"><input type="range" min="0" value="0" step="1" aria-label="${say("Show epoch")}"></div>
  <div class="tempfit-bar">
    <div class="tempfit-buttons">
      <button type="button" class="primary" data-do="train" title="${say("Space")}">${say("Train")}</button>
      ${iconButton("start", say("To the start"), "Home", "M2 3h2v10H2zM14 3v10L5 8z")}
      ${iconButton("back", say("One epoch back"), "←", "M10.5 2.5 12 4 8 8l4 4-1.5 1.5L5 8z")}
      ${iconButton("forward", say("One epoch forward"), "→", "M5.5 2.5 4 4l4 4-4 4 1.5 1.5L11 8z")}
      ${iconButton("end", say("To the end"), "End", "M12 3h2v10h-2zM2 3v10l9-5z")}
    </div>
    <div class="tempfit-epoch"><span class="before"></span><output data-testid="epoch" aria-live="off">0</output><span class="of"></span></div>
    <label><span>${say("Speed")}</span> <select data-choice="speed"></select></label>
    <span class="tempfit-progress"></span>
    <div class="tempfit-locked" id="tempfit-locked" hidden>${say("Predict first")}</div>
    <div class="tempfit-views">
      <button type="button" data-do="lesson" hidden>${say("Lesson")}</button>
      <button type="button" data-do="present" title="${tip(say("Charts for the back row"), "P")}">${say("Present")}</button>
      <button type="button" data-do="screen" title="F">${say("Full screen")}</button>
      <button type="button" data-do="keys" aria-label="${say("Keys")}" title="${tip(say("Keys"), "?")}">?</button>
    </div>
  </div>`;

/** The speed to begin with: where motion is not wanted, the picture leaps. @returns {Speed} */
export const usualSpeed = () =>
  window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "maximum" : "normal";

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
    place.innerHTML = template(); // a constant; nothing of the user's is in it
    this.find = finder(place);
    this.epochText = this.find("[data-testid=epoch]");
    this.progress = this.find(".tempfit-progress");
    /** @type {HTMLInputElement} */
    this.scrubber = this.find("input[type=range]");
    for (const name of BUTTONS) this.button(name).onclick = () => on[name]();
    // The second click of a double-click does nothing.
    this.button("train").onclick = ({ detail }) => {
      if (detail < 2) on.train();
    };
    this.scrubber.oninput = () => on.scrub(this.recorded[Number(this.scrubber.value)]);
    this.scrubber.onchange = () => on.rest();
    /** @type {ArrayLike<number>} */
    this.recorded = [0];
    /** @type {HTMLSelectElement} */
    const speeds = this.find("[data-choice=speed]");
    for (const { name, value } of SPEEDS) {
      const usual = value === usualSpeed();
      speeds.add(new Option(say(name), value, usual, usual));
    }
    speeds.onchange = () => on.choose("speed", speeds.value);
  }

  /** @param {string} name @returns {HTMLButtonElement} */
  button(name) {
    return this.find(`[data-do=${name}]`);
  }

  /** Fit the transport to a new experiment. @param {Experiment} experiment */
  reset({ recorded, epochs }) {
    this.recorded = recorded;
    this.scrubber.max = String(recorded.length - 1);
    const said = say("Epoch {epoch} of {epochs}", { epoch: "\n", epochs: whole(epochs) });
    const [before, after] = said.split("\n");
    this.find(".before").textContent = before;
    this.find(".of").textContent = after;
    // Room for the largest number that will stand there, so that nothing moves.
    this.epochText.style.width = `${String(epochs).length}ch`;
  }

  /** Show the epoch at which playback stands: called with every frame. @param {number} epoch */
  frame(epoch) {
    this.pointed(epoch);
    this.scrubber.value = String(placeOf(this.recorded, epoch));
    this.scrubber.setAttribute("aria-valuetext", say("epoch {epoch}", { epoch }));
  }

  /** Show an epoch that is pointed at. @param {number} epoch */
  pointed(epoch) {
    write(this.epochText, String(epoch));
  }

  /**
   * Show what can be done, and how far training has come.
   * @param {Pick<Player, "state" | "moving">} player
   * @param {Pick<StageData & TrainingData, "trained" | "perSecond" | "withheld">} standing
   */
  state({ state, moving }, { trained, perSecond, withheld }) {
    const progress = trained
      ? say("Trained to {epoch}", { epoch: whole(trained) })
      : say("Not trained yet");
    write(this.progress, progress);
    this.progress.title = perSecond
      ? say("{count} epochs a second", { count: whole(perSecond) })
      : "";
    this.lock(withheld.includes("training"));
    write(this.button("train"), moving ? say("Pause") : say("Train"));
    this.root.dataset.state = state;
    const share = (100 * placeOf(this.recorded, trained)) / Math.max(1, this.recorded.length - 1);
    this.scrubber.style.setProperty("--trained", `${share}%`);
  }

  /** Let nothing be trained and say why, or unlock training. @param {boolean} locked */
  lock(locked) {
    this.find(".tempfit-locked").hidden = !locked;
    for (const name of TRAINING) {
      this.button(name).disabled = locked;
      this.button(name).setAttribute("aria-describedby", locked ? "tempfit-locked" : "");
    }
  }
}
