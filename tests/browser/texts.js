// Notes what is written on the canvases: `texts.on(chart)` are {text, x, y} (px in the chart) since
// the canvas was last cleared.
(() => {
  const written = new WeakMap();
  const pen = CanvasRenderingContext2D.prototype;
  const { fillText, clearRect } = pen;
  pen.fillText = function (text, x, y) {
    const { x: px, y: py } = this.getTransform().transformPoint({ x, y });
    const ratio = devicePixelRatio;
    const all = written.get(this.canvas) ?? [];
    written.set(this.canvas, all.concat({ text, x: px / ratio, y: py / ratio }));
    return fillText.call(this, text, x, y);
  };
  pen.clearRect = function (...box) {
    written.set(this.canvas, []);
    return clearRect.apply(this, box);
  };
  const on = (title) => {
    const plots = [...document.querySelectorAll(".js-plotly-plot")];
    const plot = plots.find(({ layout }) => layout.title.text === title);
    const canvases = [...plot.parentElement.querySelectorAll("canvas")];
    return canvases.flatMap((canvas) => written.get(canvas) ?? []);
  };
  window.texts = { on };
})();
