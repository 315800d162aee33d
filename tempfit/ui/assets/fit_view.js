// The readings and the line of every run, in the units of the data.

import { literal, number } from "./format.js";
import { colourOf, lineOf, strokeOf } from "./strokes.js";
import { View } from "./view.js";

const FAINT = 0.35; // the last finite line of a run that has overflowed

export class FitView extends View {
  title = "Fitted line";

  /** The predicted y of a run at an x, from (w, b) of its scaled feature. */
  predict(r, index, x) {
    const { scale, shift } = this.setup.runs[r];
    return this.trajectory.w[r][index] * scale * (x - shift) + this.trajectory.b[r][index];
  }

  layout(theme, index) {
    const { fit } = this.setup;
    const layout = this.frame(
      theme,
      fit.title,
      { title: fit.xTitle, range: fit.xRange },
      { title: fit.yTitle, range: fit.yRange },
      this.only === null ? "" : this.setup.runs[this.only].label,
    );
    layout.annotations = this.notes(index, fit.xRange, fit.yRange).map(({ run, text }, place) => ({
      text,
      xref: "paper",
      yref: "paper",
      x: 1,
      y: 1,
      xanchor: "right",
      yanchor: "top",
      yshift: -17 * place,
      showarrow: false,
      font: { color: colourOf(run, theme), size: 13, weight: 600 },
    }));
    return layout;
  }

  /** What to say of the lines that are not in the picture. */
  notes(index, xRange, yRange) {
    return this.runs().flatMap(([run, r]) => {
      const name = this.only === null ? `${run.label}: ` : "";
      const last = this.trajectory.lastFinite(r, index);
      if (this.trajectory.overflowed(r, index)) return [{ run, text: `${name}overflowed` }];
      const ends = xRange.map((x) => this.predict(r, last, x));
      const seen = Math.min(...ends) <= yRange[1] && Math.max(...ends) >= yRange[0];
      return seen ? [] : [{ run, text: `${name}outside the picture` }];
    });
  }

  fixed(theme) {
    const { x, y, fit } = this.setup;
    return [
      {
        type: "scatter",
        mode: "markers",
        name: "Readings",
        x,
        y,
        marker: { color: theme.text, size: this.only === null ? 9 : 4, opacity: 0.75 },
        hovertemplate: `${literal(fit.xTitle)}: %{x}<br>${literal(fit.yTitle)}: %{y}<extra>Reading</extra>`,
      },
    ];
  }

  resting(theme, index) {
    return this.runs().flatMap(([run, r]) => {
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) return [];
      // Far beyond the readings too, so that the line goes on when zoomed out.
      const [low, high] = this.setup.fit.xRange;
      const ends = [2 * low - high, 2 * high - low];
      const { epoch, w, b } = this.trajectory;
      return [
        {
          type: "scatter",
          mode: "lines",
          name: run.label,
          x: ends,
          y: ends.map((x) => this.predict(r, last, x)),
          line: lineOf(run, theme, 3),
          opacity: this.trajectory.overflowed(r, index) ? FAINT : 1,
          hovertemplate:
            `${this.name(run)}<br>epoch ${epoch[last]}<br>` +
            `w ${number(w[r][last])}, b ${number(b[r][last])}<extra></extra>`,
        },
      ];
    });
  }

  draw(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      const last = this.trajectory.lastFinite(r, index);
      if (last < 0) continue;
      const style = strokeOf(run, theme, 3);
      if (this.trajectory.overflowed(r, index)) style.opacity = FAINT;
      pen.line(1, (end) => [pen.xRange[end], this.predict(r, last, pen.xRange[end])], style);
    }
    this.notes(index, pen.xRange, pen.yRange).forEach(({ run, text }, place) => {
      pen.note(text, colourOf(run, theme), place);
    });
  }

  describe(index) {
    const lines = this.runs().map(([run, r]) => {
      const at = this.trajectory.reached(r, index);
      const [w, b] = [this.trajectory.w[r][at], this.trajectory.b[r][at]];
      return `${run.label}: w ${number(w)}, b ${number(b)}`;
    });
    return `Fitted line over ${this.setup.x.length} readings at epoch ${this.trajectory.epoch[index]}. ${lines.reverse().join("; ")}`;
  }
}
