// Edit readings on the chart of the fitted line: a click adds one, dragging one moves it.
// The server is told of one edit at a time. Of a reading that is being dragged it is told only the
// latest place. The forecast follows with each answer.

import { element } from "../../elements.js";
import { later, say } from "../../words.js";
import { cornerButton } from "../charts/corners.js";
import { Undoing } from "./undoing.js";

/** @import {Channel} from "../../channel.js" */
/** @import {Edit, EditAnswer, EditState} from "../../types.js" */
/** @import {Chart} from "../charts/chart.js" */

const MOVED_PX = 3;
const HINT = later("Click to add a reading, drag one to move it, Shift-click to remove it.");
const PRIVATE = later(
  "These readings are in this session only; for others the link opens with the thermometer.",
);

/** @typedef {Omit<Edit, "number" | "experiment">} Change */
/** @typedef {{ px: number, py: number }} Place in the chart */

export class Editing {
  /**
   * @param {{
   *   channel: Channel<Change>,
   *   chart: () => Chart | null,
   *   readings: () => { x: ArrayLike<number>, y: ArrayLike<number> },
   *   refit: () => void,
   * }} parts `chart` is the one to edit on, if there is one; `refit` shows the readings on axes
   *   that have changed
   */
  constructor({ channel, chart, readings, refit }) {
    this.channel = channel;
    this.chart = chart;
    this.readings = readings;
    this.refit = refit;
    this.on = false;
    this.editable = false;
    /** @type {{ xRange: [number, number], yRange: [number, number] } | null} */
    this.axes = null; // those to keep while the readings change
    /** @type {{ index: number | null, from: Place, moved: boolean } | null} */
    this.drag = null;
    this.gesture = 0; // the number of the last one
    this.private = false;
    this.button = cornerButton(say("Edit readings"), say(HINT), () => this.turn(!this.on));
    this.undoing = new Undoing((kind) => this.tell({ kind }));
    const { undo, redo } = this.undoing;
    this.bar = element("div", { className: "tempfit-editing" }, undo, redo, this.button);
    this.said = element("p", { role: "status" });
    this.dot = element("i", {});
    this.sheet = element("div", { className: "tempfit-sheet" }, this.said, this.dot);
    this.sheet.onpointerdown = (event) => this.press(event);
    this.sheet.onpointermove = (event) => this.move(event);
    this.sheet.onpointerup = (event) => this.release(event);
    this.sheet.onpointercancel = () => this.drop();
  }

  /**
   * Take note of what came of an edit, and of what can be done by now; return whether it is the one
   * that was awaited.
   * @param {EditAnswer | null} edit @param {EditState} state
   */
  answered(edit, state) {
    this.undoing.know(state);
    this.private = state.private;
    if (!edit || !this.channel.answered(edit.number)) return false;
    this.say(edit.said ?? this.hint());
    if (!this.drag && !this.channel.busy) this.dot.hidden = true;
    return true;
  }

  /** What can be done here, or a warning once the readings are in no link. */
  hint() {
    return this.private ? say(PRIVATE) : say(HINT);
  }

  /**
   * Take another experiment: while its readings are those edited here, the axes stay.
   * @param {boolean} editable @param {boolean} edited
   */
  begin(editable, edited) {
    this.editable = editable;
    if (!edited || !this.on) this.clear();
    if (!editable) this.mark(false);
  }

  clear() {
    this.axes = null;
    this.channel.forget();
  }

  /** The axes to keep while readings are edited; the camera follows no line then. */
  get fixed() {
    return this.on ? { ...this.axes, still: true } : {};
  }

  /** Put the button, and the sheet that takes the clicks, on the chart that is there now. */
  attach() {
    const chart = this.editable ? this.chart() : null;
    if (!chart || !this.on) this.sheet.remove();
    if (!chart) {
      this.bar.remove();
      return;
    }
    // Beside the chart, not in it: a screen reader says nothing of what is inside a picture. A bar
    // that is in place stays: taken out and put back, it would lose the focus or a click under way.
    if (chart.place.nextElementSibling !== this.bar) chart.place.after(this.bar);
    if (this.on) this.bar.after(this.sheet);
  }

  /** @param {boolean} on */
  turn(on) {
    this.mark(on);
    this.refit();
  }

  /** @param {boolean} on */
  mark(on) {
    this.on = on;
    this.button.setAttribute("aria-pressed", String(on));
    this.undoing.show(on);
    this.dot.hidden = true;
    this.say(this.hint());
    this.clear();
  }

  /** @param {string} said */
  say(said) {
    this.said.textContent = said;
  }

  /**
   * The place of the pointer in the chart, and what it means in the data; null off the axes.
   * @param {PointerEvent} event
   */
  at(event) {
    const scale = this.chart()?.scale();
    if (!scale) return null;
    const { left, top } = this.sheet.getBoundingClientRect();
    const [px, py] = [event.clientX - left, event.clientY - top];
    const inside = (/** @type {number} */ value, /** @type {number[]} */ [from, length]) =>
      value >= from && value <= from + length;
    if (!inside(px, scale.across) || !inside(py, scale.down)) return null;
    const [x, y] = scale.toData(px, py).map((value, axis) => tidy(value, scale.ranges[axis]));
    return { px, py, x, y, scale };
  }

  /**
   * The index of the reading nearest to a place, or null if none is near.
   * @param {NonNullable<ReturnType<Editing["at"]>>} place
   */
  nearest({ px, py, scale }) {
    const { x, y } = this.readings();
    /** @type {number | null} */
    let found = null;
    let least = this.chart()?.theme.size ?? 0; // as readings grow with the type
    for (let index = 0; index < x.length; index++) {
      const [qx, qy] = scale.toPixel(x[index], y[index]);
      const distance = Math.hypot(qx - px, qy - py);
      if (distance < least) [found, least] = [index, distance];
    }
    return found;
  }

  /** @param {PointerEvent} event */
  press(event) {
    const at = this.at(event);
    if (!at || event.button !== 0) return;
    event.preventDefault();
    const [xRange, yRange] = /** @type {[number, number][]} */ (at.scale.ranges);
    this.axes = { xRange, yRange };
    const index = this.nearest(at);
    this.gesture++;
    if (event.shiftKey) {
      if (index !== null) this.tell({ kind: "remove", index });
      return;
    }
    this.sheet.setPointerCapture(event.pointerId);
    this.drag = { index, from: at, moved: false };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const at = this.at(event);
    if (!at) return;
    const { drag } = this;
    if (!drag) {
      this.sheet.classList.toggle("near", this.nearest(at) !== null);
      return;
    }
    drag.moved ||= Math.hypot(at.px - drag.from.px, at.py - drag.from.py) > MOVED_PX;
    if (drag.index === null || !drag.moved) return;
    this.show(at);
    this.tell({ kind: "move", index: drag.index, x: at.x, y: at.y });
  }

  /** @param {PointerEvent} event */
  release(event) {
    const { drag } = this;
    const at = this.at(event);
    this.drop();
    if (!drag || drag.index !== null || drag.moved || !at) return;
    this.show(at);
    this.tell({ kind: "add", x: at.x, y: at.y });
  }

  drop() {
    this.drag = null;
    if (!this.channel.busy) this.dot.hidden = true;
  }

  /** Show where a reading is going, until the chart has it there. @param {Place} place */
  show({ px, py }) {
    this.dot.hidden = false;
    this.dot.style.left = `${px}px`;
    this.dot.style.top = `${py}px`;
  }

  /** @param {Change} change */
  tell(change) {
    this.channel.ask(
      { ...change, gesture: this.gesture },
      (last) => last.kind === "move" && change.kind === "move" && last.index === change.index,
    );
  }
}

/**
 * A value to as many digits as can be told apart on an axis.
 * @param {number} value @param {number[]} range
 */
export function tidy(value, [low, high]) {
  const digits = Math.ceil(-Math.log10((high - low) / 500));
  if (digits >= 0) return Number(value.toFixed(Math.min(digits, 100)));
  const step = 10 ** -digits;
  return Math.round(value / step) * step;
}
