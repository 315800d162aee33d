// Undo and redo: two buttons beside the one that begins editing, and the keys that mean the same.

import { say } from "../../words.js";
import { cornerButton } from "../charts/corners.js";

/** @import {EditState} from "../../types.js" */

const FIELDS = "input:not([type=checkbox], [type=range]), textarea, select, canvas";

export class Undoing {
  /** @param {(kind: "undo" | "redo") => void} act */
  constructor(act) {
    this.act = act;
    this.undo = cornerButton(say("Undo"), say("Undo the last edit (Ctrl+Z)"), () => act("undo"));
    this.redo = cornerButton(say("Redo"), say("Do it again (Ctrl+Y)"), () => act("redo"));
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.key(event);
    this.show(false);
  }

  /** Take note of what can be done. @param {EditState} state */
  know({ undo, redo }) {
    this.undo.disabled = !undo;
    this.redo.disabled = !redo;
  }

  /** Offer it, or not. @param {boolean} on */
  show(on) {
    this.undo.hidden = this.redo.hidden = !on;
    if (on) document.addEventListener("keydown", this.onKey);
    else document.removeEventListener("keydown", this.onKey);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (!this.undo.isConnected) return; // on the stage of another language by now
    const key = event.key.toLowerCase();
    const pressed = event.ctrlKey || event.metaKey;
    const elsewhere = /** @type {Element} */ (event.target).closest(FIELDS);
    if (!pressed || !["z", "y"].includes(key) || elsewhere) return;
    event.preventDefault();
    const kind = key === "y" || event.shiftKey ? "redo" : "undo";
    if (!this[kind].disabled) this.act(kind);
  }
}
