// The page in its views: everything, or the charts alone and large, up to the screen's edges.

/** @import {Talk} from "./talk.js" */

export class Views {
  /** @param {HTMLElement} root of the stage @param {Pick<Talk, "show">} talk */
  constructor(root, talk) {
    this.root = root;
    this.talk = talk;
  }

  get presenting() {
    return this.root.dataset.view === "present";
  }

  /** Take the view that the page has. @param {string} view */
  show(view) {
    this.root.dataset.view = view;
    const button = this.root.querySelector("[data-do=present]");
    if (button) button.textContent = this.presenting ? "Back to the lab" : "Present";
  }

  /** Show the charts alone and large, or everything. @param {boolean} present */
  present(present) {
    if (present !== this.presenting) this.talk.show(present ? "present" : "lab");
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
