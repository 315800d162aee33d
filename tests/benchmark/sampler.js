// What a viewer of the page sees, one sample an animation frame. Installed before the page's own
// scripts. It knows no page: a chart is whatever Plotly made, and a canvas laid over it counts.
(() => {
  const ink = new WeakMap(); // canvas → {strokes, picture} since it was last cleared
  const of = (context) => {
    if (!ink.has(context.canvas)) ink.set(context.canvas, { strokes: 0, picture: 0 });
    return ink.get(context.canvas);
  };
  const pen = CanvasRenderingContext2D.prototype;
  const tap = (name, note) => {
    const original = pen[name];
    pen[name] = function (...values) {
      note(of(this), values);
      return original.apply(this, values);
    };
  };
  const mix = (hash, value) => (Math.imul(hash, 31) + Math.round(value * 1000)) | 0;
  tap("clearRect", (drawn) => Object.assign(drawn, { strokes: 0, picture: 0 }));
  tap("stroke", (drawn) => drawn.strokes++);
  // The dots at the ends of the curves: they move whenever the picture does.
  tap("arc", (drawn, [x, y]) => (drawn.picture = mix(mix(drawn.picture, x), y)));

  const seen = { opacityProperty: true, visibilityProperty: true };
  const shown = (element) => element.checkVisibility(seen) && element.clientWidth > 0;

  /** The picture in a chart as a number, or null if no curve is on the screen. */
  function pictureOf(plot) {
    const surface = plot.querySelector(".main-svg");
    if (!surface || !shown(plot) || !surface.checkVisibility(seen)) return null;
    const drawn = [...plot.parentElement.querySelectorAll("canvas")]
      .filter((canvas) => ink.has(canvas) && shown(canvas))
      .map((canvas) => ink.get(canvas));
    if (drawn.some(({ strokes }) => strokes)) {
      return drawn.reduce((hash, { picture }) => mix(hash, picture), 0);
    }
    let picture = null;
    for (const path of plot.querySelectorAll(".js-line")) {
      const data = path.getAttribute("d") ?? "";
      if (!data || !path.checkVisibility(seen)) continue;
      picture = mix(picture ?? 0, data.length);
      for (const digit of data.slice(-48)) picture = mix(picture, digit.charCodeAt(0));
    }
    return picture;
  }

  let known; // the elements seen so far
  let request;
  const sampler = {};
  window.sampler = sampler;

  /** Count the elements that are new: charts, and what Plotly put into them. */
  function count(plots) {
    for (const plot of plots) {
      [plot, plot.querySelector(".main-svg")].forEach((element, kind) => {
        if (!element || known.has(element)) return;
        known.add(element);
        sampler.mounted[kind]++;
      });
    }
  }

  function sample() {
    const plots = [...document.querySelectorAll(".js-plotly-plot")];
    count(plots);
    const pictures = plots.map(pictureOf).filter((picture) => picture !== null);
    sampler.frames.push({
      at: performance.now(),
      epoch: document.querySelector("[data-testid=epoch]")?.textContent ?? null,
      charts: pictures.length,
      picture: pictures.reduce(mix, 0),
      mounted: Math.max(...sampler.mounted),
    });
    request = requestAnimationFrame(sample);
  }

  document.addEventListener("click", (event) => (sampler.clicked ??= event.timeStamp), true);

  /** Begin to sample, forgetting what was seen so far. */
  sampler.start = () => {
    cancelAnimationFrame(request);
    known = new WeakSet();
    Object.assign(sampler, { frames: [], clicked: null, mounted: [0, 0] });
    request = requestAnimationFrame(sample);
  };

  /** Stop, and return the frames and when the page was clicked (ms). */
  sampler.stop = () => {
    cancelAnimationFrame(request);
    return { frames: sampler.frames, clicked: sampler.clicked };
  };
})();
