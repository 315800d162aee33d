// Notes, once an animation frame, what a viewer of the page sees. `watch.frames` are
// {epoch, runs: [{rate, status, loss, w, b}], charts}: `charts` is the number of charts whose
// axes are on the screen; `watch.strangers` counts the chart elements that were not there first.
(() => {
  cancelAnimationFrame(window.watch?.request);
  const plots = () => [...document.querySelectorAll(".js-plotly-plot")];
  const surface = (plot) => plot.querySelector(".main-svg");
  const known = new Set(plots().flatMap((plot) => [plot, surface(plot)]));
  const seen = { opacityProperty: true, visibilityProperty: true };
  const watch = { frames: [], strangers: 0 };
  const look = () => {
    const elements = plots().flatMap((plot) => [plot, surface(plot)]);
    for (const element of elements) {
      if (known.has(element)) continue;
      known.add(element);
      watch.strangers++;
    }
    watch.frames.push({
      epoch: document.querySelector("[data-testid=epoch]")?.textContent,
      runs: [...document.querySelectorAll("[data-testid=run]")].map((row) => ({ ...row.dataset })),
      charts: plots().filter((plot) => surface(plot)?.checkVisibility(seen) && plot.clientWidth)
        .length,
    });
    watch.request = requestAnimationFrame(look);
  };
  window.watch = watch;
  watch.request = requestAnimationFrame(look);
})();
