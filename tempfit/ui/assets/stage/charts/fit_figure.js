// The readings and the line of every run, in the units of the data.

import { lineOf, PALE, strokeOf } from "../../colours.js";
import { number } from "../../format.js";
import { hover, plotlyText, scatter } from "../../layout.js";
import { linearTicks, mostTicks } from "../../ticks.js";
import { later, say } from "../../words.js";
import { inWords } from "../experiment/outcome.js";
import { clipped } from "./clip.js";
import { FitCamera } from "./fit_camera.js";
import { fitting } from "./labels.js";
import { annotations, write } from "./notes.js";

/** @import {Point} from "./clip.js" */
/** @import {Pen} from "./pen.js" */
/** @import {Note} from "./notes.js" */

const FAINT = 0.35; // the last finite line of a run that has overflowed
const BEYOND_EMS = 4.5;
const FEW = 50; // readings that are drawn at full strength

export class FitFigure extends FitCamera {
  title = later("Fitted line");
  /** @type {number | null} */
  rise = null; // of the readings: its sign is that of their slope

  /** @param {number} index @param {[number, number]} size */
  layout(index, size) {
    const { fit } = this.scene;
    const yRange = this.camera(index);
    const moved = yRange.some((end, i) => end !== fit.yRange[i]);
    const most = mostTicks(size[1], this.theme.size);
    const layout = this.frame(
      fit.title,
      { title: this.along(fit.xTitle, size[0]), range: [...fit.xRange] },
      {
        title: this.along(fit.yTitle, size[1]),
        range: [...yRange],
        ...(moved ? linearTicks(yRange, most) : {}),
      },
    );
    // Room for the numbers that the camera may come to, so that the axes stay where they are.
    if (this.only === null) layout.margin.l = Math.max(layout.margin.l, 5.8 * layout.font.size);
    else if (moved)
      Object.assign(layout.yaxis, {
        showticklabels: true,
        ticklabelposition: "inside",
        tickfont: { color: this.theme.text },
        ticklabeloverflow: "allow",
      });
    layout.annotations = annotations(this.notes(index, fit.xRange, yRange), this.theme);
    return layout;
  }

  /** A title as it fits along an axis and a little beyond. @param {string} title @param {number} length */
  along(title, length) {
    return fitting(title, length / this.theme.size + BEYOND_EMS);
  }

  /**
   * The names, if they stand here, and which lines are not in the picture.
   * @param {number} index @param {number[]} xRange @param {number[]} yRange @returns {Note[]}
   */
  notes(index, xRange, yRange) {
    const { w } = this.trajectory;
    const middle = (yRange[0] + yRange[1]) / 2;
    return this.runs().flatMap(([run, r]) => {
      const told = (/** @type {string} */ said) =>
        this.only === null ? say("{name}: {said}", { name: run.short ?? run.label, said }) : said;
      if (this.trajectory.overflowed(r, index))
        return [{ run, text: told(inWords("overflowed")), left: this.leftIsFree(false) }];
      if (this.seen(r, index, xRange, yRange)) {
        return this.scene.named ? [{ run, text: run.label, left: this.leftIsFree(false) }] : [];
      }
      const last = this.trajectory.lastFinite(r, index);
      const low = this.predict(r, last, xRange[1]) < middle;
      const text = `${low ? "▼" : "▲"} ${told(`w ${number(w[r][last], 4)}`)}`;
      return [{ run, text, low, left: this.leftIsFree(low) }];
    });
  }

  /**
   * Whether a note should stand on the left: readings that rise leave that corner free at the top,
   * those that fall at the bottom. A small chart may have its numbers there.
   * @param {boolean} low
   */
  leftIsFree(low) {
    this.rise ??= covariance(this.scene.x, this.scene.y);
    return this.only === null && this.rise > 0 !== low;
  }

  /** How readings are drawn: many are small and pale, so that the line is seen through them. */
  dots() {
    const share = Math.min(1, FEW / this.scene.x.length);
    const size = this.only === null ? 9 : 4;
    return { size: size * (0.6 + 0.4 * share), opacity: 0.2 + 0.55 * share };
  }

  /** @returns {Plotly.Trace[]} */
  fixed() {
    const { x, y, fit } = this.scene;
    const told = (/** @type {string} */ title, /** @type {string} */ said) =>
      say("{name}: {said}", { name: plotlyText(title), said });
    return [
      {
        type: "scatter",
        mode: "markers",
        name: say("Readings"),
        x,
        y,
        marker: { color: this.theme.text, ...this.dots() },
        hovertemplate: `${told(fit.xTitle, "%{x}")}<br>${told(fit.yTitle, "%{y}")}<extra>${say("Reading")}</extra>`,
      },
      ...this.ghost(),
    ];
  }

  /** @param {number} index @returns {Plotly.Trace[]} */
  resting(index) {
    // Far beyond the readings too, so that the line goes on when zoomed out.
    const [low, high] = this.scene.fit.xRange;
    const ends = [2 * low - high, 2 * high - low];
    const { epoch, w, b } = this.trajectory;
    return this.runs().flatMap(([run, r]) => {
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) return [];
      const points = ends.map((x) => [x, this.predict(r, last, x)]);
      const line = scatter("lines", points, {
        name: run.label,
        line: lineOf(run, this.theme, 3),
        opacity: this.trajectory.overflowed(r, index) ? FAINT : 1,
        hovertemplate: hover(
          this.name(run),
          say("epoch {epoch}", { epoch: epoch[last] }),
          `w ${number(w[r][last])}, b ${number(b[r][last])}`,
        ),
      });
      return [line];
    });
  }

  /** The lines that were before. @returns {Plotly.Trace[]} */
  ghost() {
    const { ghost } = this.scene;
    if (!this.before || !ghost) return [];
    return this.before.resting(ghost.index).map((line) => ({
      ...line,
      name: ghost.names[ghost.scene.runs.findIndex(({ label }) => label === line.name)],
      line: { ...line.line, width: 5 },
      opacity: PALE.line,
      hovertemplate: say("before: {run}", { run: line.hovertemplate }),
    }));
  }

  /** @param {Pen} pen @param {number} position */
  draw(pen, position) {
    if (pen.travelling) this.drawFixed(pen);
    this.lines(pen, position, 1);
    this.foresee(pen);
    this.names(pen, position);
    const index = Math.floor(position);
    // While the camera travels, what it follows lies between two of its places.
    const yRange = pen.travelling ? this.camera(index) : pen.yRange;
    write(pen, this.notes(index, pen.xRange, yRange));
  }

  /** The line that a place on the map would lead to. @param {Pen} pen */
  foresee(pen) {
    const { preview } = this.display;
    if (!preview || this.only) return; // it is the first run that is moved
    preview.draw(pen, 1, (end) => [pen.xRange[end], preview.predict(pen.xRange[end])]);
  }

  /** What Plotly draws while the camera stands. @param {Pen} pen */
  drawFixed(pen) {
    const { x, y, ghost } = this.scene;
    this.before?.lines(pen, ghost?.index ?? 0, PALE.line);
    const { size, opacity } = this.dots();
    pen.points(x, y, this.theme.text, size / 2, opacity);
  }

  /** @param {Pen} pen @param {number} position @param {number} strength */
  lines(pen, position, strength) {
    for (const [run, r] of this.runs()) {
      const last = this.trajectory.tip(r, position);
      if (last < 0) continue;
      const faint = this.trajectory.overflowed(r, Math.floor(position)) ? FAINT : 1;
      const at = (/** @type {number} */ end) =>
        /** @type {Point} */ ([pen.xRange[end], this.predict(r, last, pen.xRange[end])]);
      pen.line(1, at, { ...strokeOf(run, this.theme, 3), opacity: faint * strength });
    }
  }

  /**
   * Where a line ends on the right, or leaves the picture.
   * @param {number} r @param {number} last @param {Pen} pen
   */
  endOf(r, last, pen) {
    const [from, to] = pen.xRange.map(
      (x) => /** @type {Point} */ ([pen.x(x), pen.y(this.predict(r, last, x))]),
    );
    return clipped(from, to, [0, 0, pen.width, pen.height])?.end ?? null;
  }

  /** @param {number} index */
  describe(index) {
    const { epoch, w, b } = this.trajectory;
    const lines = this.told(index, (r, at) =>
      this.trajectory.overflowed(r, at)
        ? inWords("overflowed")
        : `w ${number(w[r][at])}, b ${number(b[r][at])}`,
    );
    const values = { count: this.scene.x.length, epoch: epoch[index], lines };
    return say("Fitted line over {count} readings at epoch {epoch}. {lines}", values);
  }
}

/** @param {ArrayLike<number>} x @param {ArrayLike<number>} y */
function covariance(x, y) {
  const middle = Array.from(x).reduce((sum, value) => sum + value / x.length, 0);
  return Array.from(y).reduce((sum, value, i) => sum + (x[i] - middle) * value, 0);
}
