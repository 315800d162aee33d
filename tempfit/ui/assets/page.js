// What the parts of the page share: plotly.js, the style sheet, and the colours of the theme.

/** Load plotly.js once a page. */
export function loadPlotly(url) {
  window.tempfitPlotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(url, document.baseURI).href;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("plotly.js could not be loaded"));
    document.head.append(script);
  });
  return window.tempfitPlotly;
}

/** Load the style sheet once a page, before anything is shown. */
export function loadStyle(assets) {
  window.tempfitStyle ??= new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(`${assets}stage.css`, document.baseURI).href;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
  return window.tempfitStyle;
}

/** The page's colours and font, as Streamlit's theme has them. */
export function theme(element) {
  const styles = getComputedStyle(element);
  const value = (name, fallback) => styles.getPropertyValue(name).trim() || fallback;
  const background = value("--st-background-color", "#ffffff");
  const dark = luminance(background) < 0.5;
  return {
    dark,
    background,
    text: value("--st-text-color", dark ? "#fafafa" : "#31333f"),
    font: value("--st-font", "sans-serif"),
    shade: dark ? "rgba(250,250,250,0.045)" : "rgba(49,51,63,0.04)",
    contour: dark ? "rgba(250,250,250,0.3)" : "rgba(49,51,63,0.3)",
    grid: dark ? "rgba(250,250,250,0.12)" : "rgba(49,51,63,0.12)",
    line: dark ? "rgba(250,250,250,0.4)" : "rgba(49,51,63,0.4)",
  };
}

function luminance(colour) {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/** The layout all charts share: the page's own colours and font. */
export function chartLayout(theme, title, xaxis, yaxis) {
  const axis = {
    gridcolor: theme.grid,
    zeroline: false,
    linecolor: theme.line,
    showline: true,
    ticks: "outside",
    tickcolor: theme.line,
    automargin: true,
    fixedrange: false,
  };
  return {
    title: {
      text: title,
      x: 0,
      xref: "paper",
      xanchor: "left",
      font: { size: 15 },
      y: 0.98,
      yanchor: "top",
    },
    font: { family: theme.font, size: 13, color: theme.text },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 58, r: 12, t: 30, b: 46 },
    showlegend: false,
    hovermode: "closest",
    dragmode: "zoom",
    hoverlabel: { font: { family: theme.font } },
    xaxis: { ...axis, ...xaxis },
    yaxis: { ...axis, ...yaxis },
  };
}

/** Keep one object for each element that Streamlit mounts a component in. */
export function mounting(create) {
  const mounted = new WeakMap();
  return async function mount(component) {
    const { parentElement } = component;
    let part = mounted.get(parentElement);
    if (!part) {
      part = create(parentElement, component.data.assets);
      mounted.set(parentElement, part);
    }
    await part.receive(component);
    return () => {
      // Streamlit may call this for a superseded message while the part lives on.
      if (parentElement.isConnected) return;
      part.destroy();
      mounted.delete(parentElement);
    };
  };
}
