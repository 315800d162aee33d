// The page in its views: everything, or the charts alone and large, up to the screen's edges.

/** @import {StageData} from "../types.js" */
/** @import {Talk} from "./talk.js" */

export class Views {
  /** @param {HTMLElement} root of the stage @param {Pick<Talk, "show">} talk */
  constructor(root, talk) {
    this.root = root;
    this.talk = talk;
    this.back = "lab"; // the view that presenting leads back to
  }

  get presenting() {
    return this.root.dataset.view === "present";
  }

  /** Take the view that the page has, and what it withholds. @param {StageData} data */
  show({ view, back, withheld }) {
    this.back = back;
    Object.assign(this.root.dataset, { view, withheld: withheld.join(" ") });
    const button = this.root.querySelector("[data-do=present]");
    if (button) button.textContent = this.presenting ? `Back to the ${back}` : "Present";
  }

  /** Show the charts alone and large, or everything again. */
  present() {
    this.talk.show(this.presenting ? this.back : "present");
  }

  /** Open the lesson, or close it. */
  lesson() {
    this.talk.show(this.back === "lesson" ? "lab" : "lesson");
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
