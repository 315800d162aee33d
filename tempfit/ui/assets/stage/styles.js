/** The style sheets of the stage, on the page and in a replay. */
export const STYLES = [
  "shared.css",
  ...["stage", "charts/charts", "playing/transport", "runs/runs", "runs/snapshots"].map(
    (part) => `stage/${part}.css`,
  ),
];
