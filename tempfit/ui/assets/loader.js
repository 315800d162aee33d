// What every part of the page begins with: plotly.js, its style sheet, a place in the page.

import { element } from "./elements.js";
import { speak, spoken } from "./words.js";

/** @import {PartData} from "./types.js" */

/**
 * What Streamlit gives a component with each message of the server's.
 * @template D
 * @typedef {{
 *   data: D,
 *   parentElement: HTMLElement,
 *   setTriggerValue: import("./channel.js").Send,
 * }} Component
 */

/**
 * A part of the page.
 * @template D
 * @typedef {{
 *   root: HTMLElement,
 *   receive: (component: Component<D>) => unknown,
 *   destroy: () => void,
 * }} Part
 */

/** Load plotly.js once a page. @param {string} url */
export function loadPlotly(url) {
  window.tempfitPlotly ??= unpacked(new URL(url, document.baseURI).href).then(run);
  return window.tempfitPlotly;
}

/**
 * The address of a script, unpacked here from the copy that the server has packed. Its version is
 * in its address: what the browser has kept of it is good at any age.
 * @param {string} url
 */
async function unpacked(url) {
  try {
    const { ok, body } = await fetch(`${url}.gz`, { cache: "force-cache" });
    if (!ok || !body) return url;
    const plain = body.pipeThrough(new DecompressionStream("gzip"));
    const script = await new Response(plain).arrayBuffer();
    return URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  } catch {
    return url; // an old browser has nothing to unpack with
  }
}

/** @param {string} src @returns {Promise<Plotly.Library>} */
function run(src) {
  return new Promise((resolve, reject) => {
    const onload = () => {
      URL.revokeObjectURL(src);
      resolve(window.Plotly);
    };
    const onerror = () => reject(new Error("plotly.js could not be loaded"));
    document.head.append(element("script", { src, onload, onerror }));
  });
}

/**
 * Load a style sheet of the assets once a page, before what it is for is shown.
 * @param {string} assets @param {string} name
 */
export function loadStyle(assets, name) {
  window.tempfitStyles ??= {};
  window.tempfitStyles[name] ??= new Promise((resolve) => {
    const { href } = new URL(assets + name, document.baseURI);
    const ready = { onload: resolve, onerror: resolve };
    document.head.append(element("link", { rel: "stylesheet", href, ...ready }));
  });
  return window.tempfitStyles[name];
}

/**
 * The function that Streamlit calls with each message: it keeps one part of the page for each
 * element that a component is mounted in, and gives it one message after the other. When the
 * language of the page changes, a new part takes the place of the old one.
 * @template {PartData} D
 * @param {(before: any) => Part<D>} create is given the part that goes, or null
 * @param {string[]} styles style sheets of the assets
 */
export function mounting(create, styles) {
  /** @type {WeakMap<HTMLElement, { part: Part<D> | null, language: string, received: Promise<unknown> }>} */
  const mounted = new WeakMap();
  return async function mount(/** @type {Component<D>} */ component) {
    const { parentElement, data } = component;
    const place = mounted.get(parentElement) ?? {
      part: null,
      language: "",
      received: Promise.all(styles.map((style) => loadStyle(data.assets, style))),
    };
    mounted.set(parentElement, place);
    place.received = place.received.then(async () => {
      await speak(data);
      const before = place.part;
      const part = before && place.language === spoken() ? before : create(before);
      if (part !== before) before?.destroy();
      Object.assign(place, { part, language: spoken() });
      if (!part.root.isConnected) parentElement.append(part.root);
      return part.receive(component);
    });
    await place.received;
    return () => {
      // Streamlit may call this for a superseded message while the part lives on.
      if (parentElement.isConnected) return;
      place.part?.destroy();
      mounted.delete(parentElement);
    };
  };
}

/** Find parts of an element that are known to be there. @param {ParentNode} root */
export const finder =
  (root) =>
  /** @template {HTMLElement} [E=HTMLElement] @param {string} selector @returns {E} */
  (selector) =>
    /** @type {E} */ (root.querySelector(selector));
