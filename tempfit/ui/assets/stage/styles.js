/** The style sheets of the stage, on the page and in a replay. */
export const STYLES = ["shared.css", "stage/stage.css"];
