// Edit readings on the chart of the fitted line: a click adds one, dragging one moves it.
// What is done is told to the server one edit at a time, the latest place of a reading that is
// being dragged standing for those before it; the forecast follows with each answer.

const NEAR_PX = 14;
const MOVED_PX = 3;
const PATIENCE_MS = 3000; // how long to wait for an answer before telling it again
const HINT = "Click to add a reading, drag one to move it, Shift-click to remove it";

export class Editing {
  /** @param {Stage} stage with `setup`, `panels`, `experiment`, `setTriggerValue` and `refit()` */
  constructor(stage) {
    this.stage = stage;
    this.on = false;
    this.number = Date.now(); // greater than any number of an earlier stage in this session
    this.queue = [];
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.className = "tempfit-edit";
    this.button.textContent = "Edit readings";
    this.button.title = HINT;
    this.button.onclick = () => this.turn(!this.on);
    this.sheet = document.createElement("div");
    this.sheet.className = "tempfit-sheet";
    this.sheet.innerHTML = `<p role="status"></p><i></i>`;
    this.hint = this.sheet.querySelector("p");
    this.dot = this.sheet.querySelector("i");
    this.sheet.onpointerdown = (event) => this.press(event);
    this.sheet.onpointermove = (event) => this.move(event);
    this.sheet.onpointerup = (event) => this.release(event);
    this.sheet.onpointercancel = () => this.drop();
  }

  get chart() {
    return this.stage.display.layout === "together" ? this.stage.panels.charts[0] : undefined;
  }

  /** Take another experiment: while its readings are those edited here, the axes stay. */
  begin(setup, edit) {
    this.natural = setup.fit;
    const answered = this.on && this.axes && edit?.number === this.number;
    if (answered) setup.fit = { ...setup.fit, ...this.axes };
    else this.queue = [];
    if (!setup.editable) this.mark(false);
  }

  /** Take note of what came of an edit; go on with the next. */
  answered(edit) {
    if (!this.told || edit?.number !== this.told.number) return;
    this.say(edit.said);
    this.queue.shift();
    this.told = null;
    if (!this.drag) this.dot.hidden = true;
    this.tell();
  }

  /** Put the button, and the sheet that takes the clicks, on the chart that is there now. */
  attach() {
    const { chart } = this;
    if (!chart || !this.stage.setup.editable) {
      this.button.remove();
      this.sheet.remove();
      return;
    }
    chart.place.append(this.button);
    if (this.on) chart.place.append(this.sheet);
    else this.sheet.remove();
  }

  turn(on) {
    this.mark(on);
    this.stage.setup.fit = this.natural;
    this.stage.refit();
  }

  mark(on) {
    this.on = on;
    this.button.setAttribute("aria-pressed", String(on));
    this.dot.hidden = true;
    this.say();
    this.axes = null;
    this.queue = [];
  }

  say(said) {
    this.hint.textContent = said ?? HINT;
  }

  /** The place of the pointer in the chart, and what it means in the data; null off the axes. */
  at(event) {
    const scale = this.chart?.scale();
    if (!scale) return null;
    const { left, top } = this.sheet.getBoundingClientRect();
    const [px, py] = [event.clientX - left, event.clientY - top];
    const inside = (value, [from, length]) => value >= from && value <= from + length;
    if (!inside(px, scale.across) || !inside(py, scale.down)) return null;
    const [x, y] = scale.toData(px, py).map((value, axis) => tidy(value, scale.ranges[axis]));
    return { px, py, x, y, scale };
  }

  /** The index of the reading nearest to a place, or null if none is near. */
  nearest({ px, py, scale }) {
    const { x, y } = this.stage.setup;
    let [found, least] = [null, NEAR_PX];
    x.forEach((value, index) => {
      const [qx, qy] = scale.toPixel(value, y[index]);
      const distance = Math.hypot(qx - px, qy - py);
      if (distance < least) [found, least] = [index, distance];
    });
    return found;
  }

  press(event) {
    const at = this.at(event);
    if (!at || event.button !== 0) return;
    event.preventDefault();
    const [xRange, yRange] = at.scale.ranges;
    this.axes = { xRange, yRange };
    const index = this.nearest(at);
    if (event.shiftKey) {
      if (index !== null) this.push({ kind: "remove", index });
      return;
    }
    this.sheet.setPointerCapture(event.pointerId);
    this.drag = { index, from: at, moved: false };
  }

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
    this.push({ kind: "move", index: drag.index, x: at.x, y: at.y });
  }

  release(event) {
    const { drag } = this;
    const at = this.at(event);
    this.drop();
    if (!drag || drag.index !== null || drag.moved || !at) return;
    this.show(at);
    this.push({ kind: "add", x: at.x, y: at.y });
  }

  drop() {
    this.drag = null;
    if (!this.queue.length) this.dot.hidden = true;
  }

  /** Show where a reading is going, until the chart has it there. */
  show({ px, py }) {
    this.dot.hidden = false;
    this.dot.style.left = `${px}px`;
    this.dot.style.top = `${py}px`;
  }

  push(edit) {
    const last = this.queue.at(-1);
    const same = last?.kind === "move" && edit.kind === "move" && last.index === edit.index;
    if (same && last !== this.told) this.queue.pop();
    this.queue.push(edit);
    this.tell();
  }

  /** Tell the server the next edit, unless it is still busy with one. */
  tell() {
    if (this.told || !this.queue.length) return;
    this.told = this.queue[0];
    this.told.number ??= ++this.number;
    const { told } = this;
    this.stage.setTriggerValue("edit", { ...told, experiment: this.stage.experiment });
    setTimeout(() => {
      if (this.told !== told) return;
      this.told = null;
      this.tell();
    }, PATIENCE_MS);
  }
}

/** A value to as many digits as can be told apart on an axis. */
function tidy(value, [low, high]) {
  const digits = Math.ceil(-Math.log10((high - low) / 500));
  if (digits >= 0) return Number(value.toFixed(Math.min(digits, 100)));
  const step = 10 ** -digits;
  return Math.round(value / step) * step;
}
