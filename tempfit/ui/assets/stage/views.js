// The page in its views: everything, or the charts alone and large, up to the screen's edges; and
// the further charts. Both are the page's: what is chosen here is shown at once, and told to it.

import { say } from "../words.js";

/** @import {Display} from "./display.js" */
/** @import {Show, StageData} from "../types.js" */
/** @import {Talk} from "./talk.js" */

/** @typedef {Pick<StageData, "view" | "back" | "withheld" | "surface" | "map">} Seen */

export class Views {
  /** @param {HTMLElement} root of the stage @param {Display} display @param {Pick<Talk, "tell">} talk */
  constructor(root, display, talk) {
    this.root = root;
    this.display = display;
    this.talk = talk;
    this.back = "lab"; // the view that presenting leads back to
    this.said = ""; // what the page has said last of its charts
  }

  get presenting() {
    return this.root.dataset.view === "present";
  }

  /**
   * Take the view and the charts that the page has, and what it withholds; return whether the charts
   * are others now. Charts that the page has named before are passed over: the viewer may have chosen
   * others since, and the page not heard of it yet.
   * @param {Seen} seen
   */
  show({ view, back, withheld, surface, map }) {
    this.back = back;
    Object.assign(this.root.dataset, { view, withheld: withheld.join(" ") });
    const button = this.root.querySelector("[data-do=present]");
    const leave = back === "lab" ? say("Back to the lab") : say("Back to the lesson");
    if (button) button.textContent = this.presenting ? leave : say("Present");
    const changed = withheld.includes("outlook") !== this.display.withheld;
    this.display.withheld = withheld.includes("outlook");
    const said = `${surface} ${map}`;
    if (said === this.said) return changed;
    this.said = said;
    const others = surface !== this.display.surface || map !== this.display.map;
    Object.assign(this.display, { surface, map });
    return changed || others;
  }

  /** Say which view and which charts are chosen here; a replay is in no page. @param {string} [view] */
  tell(view = this.root.dataset.view ?? "lab") {
    if (window.tempfitReplay) return;
    const { surface, map } = this.display;
    this.talk.tell("show", { view: /** @type {Show["view"]} */ (view), surface, map });
  }

  /** Show the charts alone and large, or everything again. */
  present() {
    this.tell(this.presenting ? this.back : "present");
  }

  /** Open the lesson, or close it. */
  lesson() {
    this.tell(this.back === "lesson" ? "lab" : "lesson");
  }

  /** Leave what was opened last: the screen's edges, or the view for the back row. */
  leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.presenting) this.present();
  }

  async fillScreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  }
}
