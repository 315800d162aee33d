// Loads what the stage will need while the server still imports torch: plotly.js alone takes a
// browser that has not seen it more than a second to compile.

import { loadPlotly, loadStyle } from "./page.js";
import "./stage.js";

/** Called by Streamlit; the controls come first. */
export function mount({ data }) {
  const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, 300));
  idle(() => {
    loadStyle(data.assets);
    loadPlotly(data.plotly);
  });
}
