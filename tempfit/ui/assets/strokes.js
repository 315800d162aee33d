// How a run is drawn: its colour on this theme, solid or dashed, on the canvas and by Plotly.

export const colourOf = (run, theme) => (theme.dark ? run.dark : run.light);

export const strokeOf = (run, theme, width = 2.5) => ({
  colour: colourOf(run, theme),
  width,
  dash: run.dashed ? [7, 4] : [],
});

export const lineOf = (run, theme, width = 2.5) => ({
  color: colourOf(run, theme),
  width,
  dash: run.dashed ? "7px,4px" : "solid",
});
