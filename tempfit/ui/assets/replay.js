// The animation as one HTML file that plays anywhere, offline: the modules of this page, plotly.js
// and the trajectory in it, and in the server's place a stand-in that has all the answers.

/** Return the text of the file. `message` is a server's message, `packed` the whole trajectory. */
export async function replayHtml({ assets, plotly, message, packed, style }) {
  const modules = await collect("stage.js", new URL(assets, document.baseURI));
  const [library, css] = await Promise.all(
    [plotly, `${assets}stage.css`].map((url) => text(new URL(url, document.baseURI))),
  );
  const imports = Object.fromEntries(
    [...modules].map(([name, code]) => [
      `tempfit/${name}`,
      `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`,
    ]),
  );
  const data = JSON.stringify({ ...message, answer: null });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gradient descent, replayed</title>
<style>:root { ${style} } body { margin: 1rem; background: var(--st-background-color); } ${css}</style>
<body>
<script>${library.replaceAll("</script", "<\\/script")}</script>
<script type="importmap">${inScript(JSON.stringify({ imports }))}</script>
<script type="module">
import { mount } from "tempfit/stage.js";
window.tempfitPlotly = Promise.resolve(window.Plotly);
window.tempfitStyle = Promise.resolve();
const data = ${inScript(data)};
const snapshots = ${JSON.stringify(packed)};
const parentElement = document.body.appendChild(document.createElement("main"));
const setTriggerValue = (_, { number }) =>
  setTimeout(() => receive({ ...data, setup: null, answer: { number, snapshots } }));
const receive = (message) => mount({ data: message, parentElement, setTriggerValue });
receive(data);
</script>
`;
}

/** JSON that may stand inside a script element, whatever text is in it. */
const inScript = (json) => json.replaceAll("<", "\\u003c");

/** A module and all it imports, by name, with its imports made absolute. */
async function collect(name, base, found = new Map()) {
  if (found.has(name)) return found;
  found.set(name, "");
  const code = await text(new URL(name, base));
  found.set(name, code.replaceAll('from "./', 'from "tempfit/'));
  for (const [, imported] of code.matchAll(/from "\.\/([\w.]+)"/g))
    await collect(imported, base, found);
  return found;
}

async function text(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} could not be read`);
  return response.text();
}
