// The page in its views: everything, or the charts alone and large, up to the screen's edges; and
// the further charts. Both are the page's: what is chosen here is shown at once, and told to it.

import { say } from "../words.js";

/** @import {Display} from "./display.js" */
/** @import {Talk} from "./talk.js" */

/** @typedef {{ view: string, surface: boolean, map: boolean }} Seen */

export class Views {
  /** @param {HTMLElement} root of the stage @param {Display} display @param {Pick<Talk, "show">} talk */
  constructor(root, display, talk) {
    this.root = root;
    this.display = display;
    this.talk = talk;
    this.said = ""; // what the page has said last of its charts
  }

  get presenting() {
    return this.root.dataset.view === "present";
  }

  /**
   * Take the view and the charts that the page has; return whether the charts are others now. What
   * it repeats is passed over: a choice made here may be on its way.
   * @param {Seen} seen
   */
  show({ view, surface, map }) {
    this.root.dataset.view = view;
    const button = this.root.querySelector("[data-do=present]");
    if (button) button.textContent = this.presenting ? say("Back to the lab") : say("Present");
    const said = `${surface} ${map}`;
    if (said === this.said) return false;
    this.said = said;
    const changed = surface !== this.display.surface || map !== this.display.map;
    Object.assign(this.display, { surface, map });
    return changed;
  }

  /** Say which charts are chosen here. */
  tell(view = this.root.dataset.view ?? "lab") {
    this.talk.show(view, this.display);
  }

  /** Show the charts alone and large, or everything. @param {boolean} present */
  present(present) {
    if (present !== this.presenting) this.tell(present ? "present" : "lab");
  }

  /** Leave what was opened last: the screen's edges, or the view for the back row. */
  leave() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.present(false);
  }

  async fillScreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  }
}
