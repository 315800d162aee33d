// What can be chosen of the charts, how to go on, and what can be taken along.

import { finder } from "../loader.js";
import { closing } from "../menu.js";
import { say } from "../words.js";

/** @import {Handlers} from "./playing/transport.js" */

/** @param {string} value @param {string} text */
const option = (value, text) => `<option value="${value}">${text}</option>`;

const template = () => `
  <label>${say("Epoch axis")} <select data-choice="x">${option("log", say("log"))}${option("linear", say("linear"))}</select></label>
  <label>${say("Loss axis")} <select data-choice="y">${option("log", say("log"))}${option("linear", say("linear"))}${option("above", say("above best"))}</select></label>
  <label>${say("Runs")} <select data-choice="layout">${option("together", say("together"))}${option("side by side", say("side by side"))}</select></label>
  <label><input type="checkbox" data-choice="surface"> ${say("Loss surface")}</label>
  <label><input type="checkbox" data-choice="map"> ${say("Map")}</label>
  <details class="tempfit-menu tempfit-go-on">
    <summary>${say("Go on…")}</summary>
    <div>
      <button type="button" data-go="longer">${say("Double the epochs")}</button>
      <label>${say("New rate")} <input type="text" inputmode="decimal" size="8"></label>
      <button type="button" data-go="rate">${say("Change the rate here")}</button>
      <label><input type="checkbox" data-choice="stop"> ${say("Stop each run once it has converged")}</label>
    </div>
  </details>
  <div class="tempfit-take"></div>
  <span class="tempfit-before"></span>`;

const LEAST_RATE = 1e-30;
const LARGEST_RATE = 100;

export class Options {
  /** @param {HTMLElement} place @param {Handlers} on */
  constructor(place, on) {
    place.innerHTML = template(); // a constant; nothing of the user's is in it
    this.find = finder(place);
    for (const element of place.querySelectorAll("[data-choice]")) {
      const choice = /** @type {HTMLInputElement | HTMLSelectElement} */ (element);
      const value = () =>
        "checked" in choice && choice.type === "checkbox" ? choice.checked : choice.value;
      choice.onchange = () => on.choose(choice.dataset.choice ?? "", value());
    }
    this.stopClosing = this.offerToGoOn(on.goOn);
  }

  /** Offer to go on from the epoch shown; return how to stop. @param {Handlers["goOn"]} act */
  offerToGoOn(act) {
    /** @type {HTMLDetailsElement} */
    const menu = this.find(".tempfit-go-on");
    /** @type {HTMLInputElement} */
    const text = this.find("input[type=text]");
    const go = (/** @type {number | null} */ rate) => {
      menu.open = false;
      act(rate);
    };
    const atRate = () => {
      const rate = Number(text.value.replace(",", "."));
      const accepted = rate >= LEAST_RATE && rate <= LARGEST_RATE;
      text.setCustomValidity(accepted ? "" : say("A learning rate is from 1e-30 to 100."));
      if (text.reportValidity()) go(rate);
    };
    text.oninput = () => text.setCustomValidity("");
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
}
