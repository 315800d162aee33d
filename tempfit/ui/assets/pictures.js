// The charts as pictures: what they show at rest, with a legend, as SVG or PNG.

const LEGEND = {
  showlegend: true,
  legend: {
    orientation: "h",
    traceorder: "reversed",
    x: 0,
    xref: "container",
    y: 0,
    yref: "container",
    yanchor: "bottom",
    font: { size: 11 },
  },
};

/** One chart as the text of an SVG. */
export async function chartSvg(Plotly, chart, theme, legend = true) {
  const { data, layout } = chart.plot;
  const { clientWidth: width, clientHeight: height } = chart.plot;
  const room = legend ? 60 : 0;
  const figure = {
    data,
    layout: {
      ...layout,
      ...(legend ? LEGEND : {}),
      paper_bgcolor: theme.background,
      height: height + room,
      margin: { ...layout.margin, b: layout.margin.b + room },
    },
  };
  const url = await Plotly.toImage(figure, { format: "svg", width, height: height + room });
  return decodeURIComponent(url.slice(url.indexOf(",") + 1));
}

/** All charts as they stand on the page, as the text of one SVG. */
export async function stageSvg(Plotly, charts, theme) {
  const places = charts.map((chart) => chart.plot.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const width = Math.max(...places.map((place) => place.right)) - left;
  const height = Math.max(...places.map((place) => place.bottom)) - top;
  const apart = charts.length > 3;
  const parts = await Promise.all(charts.map((chart) => chartSvg(Plotly, chart, theme, !apart)));
  const nested = parts.map((part, index) =>
    part.replace("<svg", `<svg x="${places[index].left - left}" y="${places[index].top - top}"`),
  );
  const room = apart ? 0 : 60;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height + room}">` +
    `<rect width="100%" height="100%" fill="${theme.background}"/>${nested.join("")}</svg>`
  );
}

/** The text of an SVG as a PNG of twice its size, sharp on a projector. */
export async function png(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * image.width, 2 * image.height];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
