// The words that Streamlit shows by itself. It has them in English alone: on a page in another
// language each is replaced as soon as it appears.

import { later, say, spoken } from "./words.js";

const WORDS = [
  later("Skip to main content"),
  later("Sidebar"),
  later("Collapse sidebar"),
  later("Expand sidebar"),
  later("Main menu"),
  later("Theme"),
  later("System"),
  later("Light"),
  later("Dark"),
  later("Print"),
  later("Record screen"),
  later("Made with Streamlit v"),
  later("Copy version to clipboard"),
  later("Link to heading"),
  later("Help for {label}"),
  later("Choose an option"),
  later("Open"),
  later("Close"),
  later("Dismiss"),
  later("No results"),
  later("{count} options available."),
  later("{count} option available."),
  later("Add: {text}"),
  later("Remove {label}"),
  later("Clear all"),
  later("Select all"),
  later("Selected values"),
  later("Decrement"),
  later("Increment"),
  later("Press Enter to apply"),
  later("Press Ctrl+Enter to apply"),
  later("file upload"),
  later("Upload"),
  later("Add files"),
  later("Drag and drop a file here"),
  later("{size} per file"),
  later("Error:"),
  later("{kind} files are not allowed."),
  later("File must be {size} or smaller."),
  later("Add row"),
  later("Delete row(s)"),
  later("Clear selection"),
  later("Show/hide columns"),
  later("Download as CSV"),
  later("Search"),
  later("Fullscreen"),
  later("Close fullscreen"),
  later("Copy to clipboard"),
  later("Copied"),
  later("Stop"),
  later("Running..."),
  later("Connecting"),
  later("Connection error"),
  later(
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:",
  ),
];
const ATTRIBUTES = ["aria-label", "title", "placeholder"];
// What is said there is the page's own, or the viewer's.
const OWN = ".tempfit-stage, .tempfit-lesson, [data-testid=stFileChipName], pre";
const NAME = /^\w*$/; // among options it may be that of a column

/** The words with values in them, as what finds these. */
const FILLED = WORDS.filter((word) => word.includes("{")).map((word) => ({
  word,
  pattern: new RegExp(`^${word.replace(/[.()+]/g, "\\$&").replace(/\{(\w+)\}/, "(?<$1>.+)")}$`),
}));
const PLAIN = new Set(WORDS);

/** What was replaced, by what stands there since. @type {Map<string, string>} */
const replaced = new Map();

/** A text as it is to be said now. @param {string} text */
export function translated(text) {
  const trimmed = text.trim();
  const original = replaced.get(trimmed) ?? trimmed;
  const said = PLAIN.has(original) ? say(original) : filled(original);
  if (said === trimmed) return text;
  replaced.set(said, original);
  return text.replace(trimmed, () => said);
}

/** @param {string} text */
function filled(text) {
  for (const { word, pattern } of FILLED) {
    const found = pattern.exec(text);
    if (found) return say(word, found.groups);
  }
  return text;
}

/** Translate an element, or a text, with all that is in it. @param {Node} node */
function translate(node) {
  const element = node instanceof Element ? node : node.parentElement;
  if (!element || element.closest(OWN)) return;
  if (node instanceof Text && !(element.closest("[role=option]") && NAME.test(node.data))) {
    const said = translated(node.data);
    if (said !== node.data) node.data = said;
  }
  if (node !== element) return;
  for (const name of ATTRIBUTES) {
    const text = element.getAttribute(name);
    const said = text && translated(text);
    if (said && said !== text) element.setAttribute(name, said);
  }
  for (const child of node.childNodes) translate(child);
}

/** @type {MutationObserver | null} */
let observer = null;
let language = "en";

/** Have Streamlit say everything in the page's language from now on. */
export function translatePage() {
  if (spoken() === language) return;
  language = spoken();
  observer?.disconnect();
  translate(document.body);
  if (language === "en") return;
  observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "childList") addedNodes.forEach(translate);
      else translate(target);
    }
  });
  const all = { subtree: true, childList: true, characterData: true };
  observer.observe(document.body, { ...all, attributeFilter: ATTRIBUTES });
}
