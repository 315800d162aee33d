// The animation as one HTML file that plays anywhere, offline: the modules of this page, plotly.js
// and the trajectory in it, and in the server's place a stand-in that has all the answers.

import { escaped } from "../../elements.js";
import { spoken } from "../../words.js";
import { STYLES } from "../styles.js";

/** @import {Snapshots, StageData, TrainingData} from "../../types.js" */
/** @import {Display} from "../display.js" */

const VARIABLES = [
  "text-color",
  "background-color",
  "secondary-background-color",
  "primary-color",
  "border-color",
  "border-color-light",
  "button-radius",
  "font",
];
const STAGE = "stage/stage.js";

/**
 * Return the text of the file.
 * @param {{
 *   data: StageData & TrainingData,
 *   title: string,
 *   plotly: string,
 *   snapshots: Snapshots,
 *   display: Display,
 *   root: HTMLElement,
 * }} parts `data` is the message that the stage began with, `display` how it looks by now
 */
export async function replayHtml({ data, title, plotly, snapshots, display, root }) {
  const text = async (/** @type {string} */ url) => {
    const response = await fetch(new URL(url, document.baseURI));
    if (!response.ok) throw new Error(`${url} could not be read`);
    return response.text();
  };
  const modules = await collected(STAGE, (name) => text(data.assets + name));
  const [library, ...sheets] = await Promise.all(
    [plotly, ...STYLES.map((name) => data.assets + name)].map(text),
  );
  const imports = Object.fromEntries(
    [...modules].map(([name, code]) => [
      `tempfit/${name}`,
      `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}`,
    ]),
  );
  const css = [variables(root), BODY, ...sheets].join("\n");
  const words = (await window.tempfitWords?.[spoken()]) ?? {};
  const { surface, map } = display;
  const message = { ...data, assets: "", answer: null, edit: null, view: "lab", surface, map };
  const hidden = `new Set(${inScript([...display.hidden])})`;
  const look = `{ ...${inScript(display)}, hidden: ${hidden} }`;
  return page({ css, title, library, imports, words, message, snapshots, look });
}

const BODY = `
body { margin: 1rem; color: var(--st-text-color); background: var(--st-background-color); }
h1 { margin: 0 0 0.5rem; font: 600 1.3rem var(--st-font); }
.tempfit-go-on, [data-do="present"], [data-do="keep"], .paged { display: none !important; } /* there is no server */
`;

/** @param {Record<string, any>} parts texts, but for what is written as JSON */
const page = ({ css, title, library, imports, words, message, snapshots, look }) => `<!doctype html>
<html lang="${document.documentElement.lang || "en"}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${css}</style>
<body>
<h1>${escaped(title)}</h1>
<script>${library.replaceAll("</script", "<\\/script")}</script>
<script type="importmap">${inScript({ imports })}</script>
<script type="module">
import { mount } from "tempfit/${STAGE}";
import { training } from "tempfit/stage/training.js";
window.tempfitPlotly = Promise.resolve(window.Plotly);
window.tempfitStyles = Object.fromEntries(${inScript(STYLES)}.map((name) => [name, Promise.resolve()]));
window.tempfitWords = { ${inScript(spoken())}: Promise.resolve(${inScript(words)}) };
window.tempfitReplay = ${look};
const data = ${inScript(message)};
const snapshots = ${inScript(snapshots)};
const parentElement = document.body.appendChild(document.createElement("main"));
const setTriggerValue = (_, { number }) =>
  setTimeout(() => hear({ ...data, answer: { number, snapshots } }));
const hear = (message) => training.hear({ data: message, setTriggerValue });
mount({ data, parentElement, setTriggerValue }).then(() => hear(data));
</script>
`;

/** JSON that may stand inside a script element, whatever text is in it. @param {unknown} value */
const inScript = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");

/**
 * The theme's variables, as the page has them, for a page without Streamlit.
 * @param {HTMLElement} root
 */
function variables(root) {
  const styles = getComputedStyle(root);
  const set = VARIABLES.map((name) => `--st-${name}: ${styles.getPropertyValue(`--st-${name}`)};`);
  return `:root { ${set.join(" ")} }`;
}

const IMPORT = /^(import [^"]*)"(\.[^"]+)"/gm;

/**
 * A module and all it imports, by their paths among the assets, with the imports made absolute.
 * @param {string} name @param {(name: string) => Promise<string>} read
 * @param {Map<string, string>} found
 */
export async function collected(name, read, found = new Map()) {
  if (found.has(name)) return found;
  found.set(name, "");
  const code = await read(name);
  const path = (/** @type {string} */ relative) =>
    new URL(relative, `https://assets/${name}`).pathname.slice(1);
  found.set(
    name,
    code.replace(IMPORT, (_, names, relative) => `${names}"tempfit/${path(relative)}"`),
  );
  for (const [, , relative] of code.matchAll(IMPORT)) await collected(path(relative), read, found);
  return found;
}
