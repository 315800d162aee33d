import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chartLayout,
  gridColumns,
  grown,
  plotlyText,
  titled,
} from "../../tempfit/ui/assets/layout.js";

const THEME = {
  dark: false,
  background: "#fff",
  text: "#111",
  font: "serif",
  size: 20,
  shade: "",
  contour: "",
  grid: "#eee",
  line: "#999",
};

test("text of the user's is neither markup nor a template to Plotly", () => {
  assert.equal(plotlyText("a<b> & %{x}"), "a&lt;b&gt; &amp; % {x}");
  assert.equal(titled("<i>").text, "&lt;i&gt;");
  assert.equal(titled(undefined).text, "");
});

test("a chart has the page's colours, and its own axes over the shared ones", () => {
  const layout = chartLayout(THEME, "Title", { range: [0, 1] }, { fixedrange: true });
  assert.equal(layout.font.family, "serif");
  assert.equal(layout.font.size, 20);
  assert.deepEqual([layout.xaxis.range, layout.xaxis.gridcolor], [[0, 1], "#eee"]);
  assert.deepEqual([layout.xaxis.fixedrange, layout.yaxis.fixedrange], [false, true]);
});

test("eight panels lie four by two, on a phone two by four, and rows are full", () => {
  assert.deepEqual([gridColumns(8, 65), gridColumns(8, 130), gridColumns(8, 25)], [4, 4, 2]);
  assert.deepEqual([gridColumns(5, 65), gridColumns(3, 65), gridColumns(1, 65)], [3, 3, 1]);
});

test("lines and marks grow with the type, and the rest stays as it is given", () => {
  const line = { color: "red", width: 2, dash: "6px,4px" };
  const marker = { size: [0, 9], symbol: "x", line: { width: 1 } };
  const traces = [{ x: [1], line, marker }, { y: [2] }];
  assert.deepEqual(grown(traces, 28), [
    {
      x: [1],
      line: { color: "red", width: 4, dash: "12px,8px" },
      marker: { size: [0, 18], symbol: "x", line: { width: 2 } },
    },
    { y: [2] },
  ]);
  assert.deepEqual(grown(traces, 14), traces);
});
