// The loss over (w, b): its contours, the optimum, and the way each run has come.

import { number } from "./format.js";
import { colourOf, lineOf, strokeOf } from "./strokes.js";
import { View } from "./view.js";

export class SurfaceView extends View {
  title = "Loss surface";

  layout(theme) {
    const { surface } = this.setup;
    return this.frame(
      theme,
      this.title,
      { title: surface.xTitle, range: surface.xRange },
      { title: surface.yTitle, range: surface.yRange },
    );
  }

  /** Where a run stands in the picture: its (w, b), in the units of the data if runs differ. */
  place(r, index) {
    const [w, b] = [this.trajectory.w[r][index], this.trajectory.b[r][index]];
    if (!this.setup.surface.original) return [w, b];
    const { scale, shift } = this.setup.runs[r];
    return [w * scale, b - w * scale * shift];
  }

  fixed(theme) {
    const { levels, best } = this.setup.surface;
    const contours = levels.map((level) => ({
      type: "scatter",
      mode: "lines",
      ...this.contour(level),
      fill: "toself",
      fillcolor: theme.shade,
      line: { color: theme.contour, width: 1 },
      showlegend: false,
      hoveron: "points",
      hovertemplate: `loss ${number(best.loss + level, 3)}<extra></extra>`,
    }));
    const optimum = {
      type: "scatter",
      mode: "markers",
      name: "Optimum",
      x: [best.w],
      y: [best.b],
      marker: { symbol: "star", size: 13, color: theme.text },
      hovertemplate: `Optimum<br>w ${number(best.w)}, b ${number(best.b)}<br>loss ${number(best.loss)}<extra></extra>`,
    };
    return [...contours, optimum];
  }

  /** The index of the first point that has left the picture for good, up to `last`. */
  leaves(r, last, xRange, yRange) {
    const inside = (k) => {
      const [w, b] = this.place(r, k);
      return w >= xRange[0] && w <= xRange[1] && b >= yRange[0] && b <= yRange[1];
    };
    let k = last;
    while (k > 0 && !inside(k)) k--;
    return Math.min(k + 1, last);
  }

  /** The ellipse on which the loss is `level` above the best: exact, for the loss is quadratic. */
  contour(level) {
    const { best, eigenvalues, directions } = this.setup.surface;
    // Along a flat direction a contour has no end; a very long one stands in for it.
    const axes = eigenvalues.map((value) =>
      Math.sqrt((2 * level) / Math.max(value, 1e-12 * eigenvalues[1])),
    );
    const x = [];
    const y = [];
    for (let step = 0; step <= 240; step++) {
      const angle = (2 * Math.PI * step) / 240;
      const [along, across] = [axes[0] * Math.cos(angle), axes[1] * Math.sin(angle)];
      x.push(best.w + directions[0][0] * along + directions[0][1] * across);
      y.push(best.b + directions[1][0] * along + directions[1][1] * across);
    }
    return { x, y };
  }

  resting(theme, index) {
    const { epoch, loss } = this.trajectory;
    return this.runs().flatMap(([run, r]) => {
      const finite = this.trajectory.lastFinite(r, index);
      if (finite < 0) return [];
      const { xRange, yRange } = this.setup.surface;
      const last = this.leaves(r, finite, xRange, yRange);
      const places = Array.from({ length: last + 1 }, (_, k) => this.place(r, k));
      const at =
        `${this.name(run)}<br>epoch %{customdata[0]}<br>w %{x:.6~g}, b %{y:.6~g}` +
        "<br>loss %{customdata[1]:.6~g}<extra></extra>";
      const customdata = places.map((_, k) => [epoch[k], loss[r][k]]);
      const path = {
        type: "scatter",
        mode: "lines",
        name: run.label,
        x: places.map(([w]) => w),
        y: places.map(([, b]) => b),
        customdata,
        line: lineOf(run, theme, 2),
        hovertemplate: at,
      };
      if (last < finite) return [path];
      const end = {
        type: "scatter",
        mode: "markers",
        x: [places[last][0]],
        y: [places[last][1]],
        showlegend: false,
        customdata: [customdata[last]],
        marker: {
          color: colourOf(run, theme),
          size: 10,
          symbol: this.trajectory.overflowed(r, index) ? "x" : "circle",
        },
        hovertemplate: at,
      };
      return [path, end];
    });
  }

  trail(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      const last = this.leftAt(pen, r, index);
      pen.grow(r, last, (k) => this.place(r, k), strokeOf(run, theme, 2));
    }
  }

  draw(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      const last = this.leftAt(pen, r, index);
      if (last >= 0) pen.dot(...this.place(r, last), colourOf(run, theme), 5);
    }
  }

  /**
   * How far a path is drawn, or -1. Once it has left the picture, one that jumps from side to
   * side would paint it over.
   */
  leftAt(pen, r, index) {
    const finite = this.trajectory.lastFinite(r, index);
    return finite < 0 ? -1 : this.leaves(r, finite, pen.xRange, pen.yRange);
  }

  /** Point out where the runs were at an epoch. */
  point(pen, index, theme) {
    for (const [run, r] of this.runs()) {
      const at = this.trajectory.reached(r, index);
      pen.dot(...this.place(r, at), colourOf(run, theme), 6.5);
    }
  }

  describe(index) {
    const { best } = this.setup.surface;
    return (
      `Loss over w and b, with the optimum at w ${number(best.w)}, b ${number(best.b)} ` +
      `and the paths of the runs up to epoch ${this.trajectory.epoch[index]}`
    );
  }
}
