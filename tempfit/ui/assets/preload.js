// Loads what the stage will need while the server still imports torch: plotly.js alone takes a
// browser that has not seen it more than a second to compile.

import { translatePage } from "./borrowed.js";
import { loadPlotly, loadStyle } from "./loader.js";
import "./stage/stage.js";
import { STYLES } from "./stage/styles.js";
import { speak } from "./words.js";

/**
 * Called by Streamlit; the controls come first.
 * @param {{ data: import("./types.js").PreloadData }} component
 */
export function mount({ data }) {
  speak(data).then(translatePage);
  const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, 300));
  idle(() => {
    for (const style of STYLES) loadStyle(data.assets, style);
    loadPlotly(data.plotly);
  });
}
