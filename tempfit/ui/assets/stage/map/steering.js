// Choosing a place on the map, by dragging over it or with the arrow keys: while the choice is open
// all charts show the forecast there, and when it is made the experiment is set to it.
//
// A finger scrolls the page too. It chooses where it taps, where it moves sideways, from the point
// of the main run, and where it stays for a moment; and once it chooses, it moves any way.

import { MapFigure } from "./map_figure.js";
import { Preview } from "./preview.js";

/** @import {Chart} from "../charts/chart.js" */
/** @import {Display} from "../display.js" */
/** @import {Screen} from "../screen.js" */
/** @import {Talk} from "../talk.js" */

const STEP = 1.1; // of a press of an arrow key
const LEAP = 1.6; // and with Shift
const PATIENCE_MS = 4000;
const HOLD_MS = 250; // after which a finger that has stayed chooses
const FINGERTIP_PX = 24;

/** @typedef {{ rate: number, scale: number }} Place */

/** To two digits, as one would say it. @param {number} value */
const rounded = (value) => Number(value.toPrecision(2));

export class Steering {
  /**
   * @param {{ display: Display, screen: Screen, talk: Talk }} parts
   */
  constructor({ display, screen, talk }) {
    this.display = display;
    this.screen = screen;
    this.talk = talk;
    /** @type {Chart | null} */
    this.chart = null;
    /** @type {MapFigure | null} */
    this.figure = null;
    this.chosen = false; // whether the page has been told of a place, and has not answered
    this.down = { x: 0, y: 0 }; // where the pointer was pressed
  }

  /** Steer on the chart of the map, if there is one. @param {Chart[]} charts */
  attach(charts) {
    this.display.preview = null;
    this.chart = charts.find(({ figure }) => figure instanceof MapFigure) ?? null;
    if (!this.chart) return;
    const { place, figure } = this.chart;
    this.figure = /** @type {MapFigure} */ (figure);
    place.tabIndex = 0;
    place.classList.add("tempfit-map");
    place.onpointerdown = (event) => this.press(event);
    place.onpointermove = (event) => {
      if (place.hasPointerCapture(event.pointerId)) this.move(event);
      else if (!this.display.preview) place.classList.remove("choosing");
    };
    place.onpointerup = (event) => this.release(event);
    place.onpointercancel = () => this.drop();
    // What a finger that stays would open besides, or scroll when it moves on.
    place.oncontextmenu = (event) => this.open && event.preventDefault();
    place.ontouchmove = (event) => this.open && event.cancelable && event.preventDefault();
    place.onkeydown = (event) => this.key(event);
    place.onblur = () => this.drop();
  }

  /** The place that is about to be chosen, unless it has been. */
  get open() {
    return this.chosen ? null : this.display.preview;
  }

  /** The place under the pointer, or null beside the axes. @param {PointerEvent} event */
  at({ clientX, clientY }) {
    const scale = this.chart?.scale();
    const box = this.chart?.plot.getBoundingClientRect();
    if (!scale || !box) return null;
    const [px, py] = [clientX - box.left, clientY - box.top];
    const [[left, width], [top, height]] = [scale.across, scale.down];
    const [x, y] = [clamp(px, [left, left + width]), clamp(py, [top, top + height])];
    const [rate, up] = scale.toData(x, y);
    return this.open || (x === px && y === py) ? { rate, scale: up } : null;
  }

  /** @param {PointerEvent} event */
  press(event) {
    const place = this.at(event);
    if (!place || event.button !== 0) return;
    this.chart?.place.setPointerCapture(event.pointerId);
    this.down = { x: event.clientX, y: event.clientY };
    if (event.pointerType !== "touch" || this.onPoint(event)) this.show(place);
    else this.holding = window.setTimeout(() => this.show(place), HOLD_MS);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const [across, down] = [event.clientX - this.down.x, event.clientY - this.down.y];
    if (this.open || Math.abs(across) > Math.abs(down)) this.show(this.at(event));
  }

  /** @param {PointerEvent} event */
  release(event) {
    if (!this.open) this.show(this.at(event));
    this.choose();
  }

  /** The run that is moved. */
  get main() {
    return /** @type {MapFigure} */ (this.figure).scene.runs[0];
  }

  /** Whether a finger is on the point of that run. @param {PointerEvent} event */
  onPoint({ clientX, clientY }) {
    const { chart, main, figure } = this;
    const box = chart?.plot.getBoundingClientRect();
    const point = chart?.scale()?.toPixel(main.rate, main.scale);
    if (!box || !point || !figure?.has(main)) return false;
    return Math.hypot(clientX - box.left - point[0], clientY - box.top - point[1]) < FINGERTIP_PX;
  }

  /** Open a place, or move on to it. @param {Place | null} place */
  show(place) {
    const { figure } = this;
    clearTimeout(this.holding);
    if (!place || !figure || this.chosen) return;
    const { rates, scales } = figure.scene.map;
    const rate = clamp(rounded(place.rate), rates);
    const scale = clamp(rounded(place.scale), scales);
    this.display.preview = new Preview(figure.scene, figure.cells, rate, scale);
    this.chart?.place.classList.add("choosing");
    this.screen.frame();
  }

  /** Have the page set to the place that is open. */
  choose() {
    const { open } = this;
    if (!open) return;
    const { main } = this;
    if (open.rate === main.rate && open.scale === main.scale && !main.shift) {
      this.drop();
      return;
    }
    this.chosen = true;
    this.talk.tell("choose", { rate: open.rate, scale: open.scale });
    // If no answer comes, or the page refuses the place, leave it.
    this.waiting = window.setTimeout(() => this.taken() && this.drop(), PATIENCE_MS);
  }

  /** Leave all as it is; return whether a place was open. */
  drop() {
    clearTimeout(this.holding);
    if (!this.open) return false;
    this.display.preview = null;
    this.chart?.place.classList.remove("choosing");
    this.screen.rest();
    return true;
  }

  /** Whether the experiment that comes now is the one that was chosen here. */
  taken() {
    const { chosen } = this;
    clearTimeout(this.waiting);
    this.chosen = false;
    return chosen;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { rate, scale } = this.open ?? this.main;
    const step = event.shiftKey ? LEAP : STEP;
    const moves = /** @type {Record<string, Place>} */ ({
      ArrowRight: { rate: rate * step, scale },
      ArrowLeft: { rate: rate / step, scale },
      ArrowUp: { rate, scale: scale * step },
      ArrowDown: { rate, scale: scale / step },
    });
    if (event.key === "Enter") this.choose();
    else if (moves[event.key]) this.show(moves[event.key]);
    else return;
    event.preventDefault();
  }
}

/** @param {number} value @param {number[]} range */
const clamp = (value, [low, high]) => Math.min(Math.max(value, low), high);
