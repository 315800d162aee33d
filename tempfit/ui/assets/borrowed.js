// The words that Streamlit shows by itself. It has them in English alone: on a page in another
// language each is replaced as soon as it appears.

import { laterEach, say, spoken } from "./words.js";

const WORDS = laterEach(
  "Skip to main content | Sidebar | Collapse sidebar | Expand sidebar",
  "Main menu | Theme | System | Light | Dark | Print | Made with Streamlit v | Copy version to clipboard",
  "Record screen | Cancel recording | Stop recording | Record a screencast | Also record audio | Press",
  "any time to stop recording. | Start recording! | Next steps | Step 1 | Step 2 | Step 3",
  "This will record a video with the contents of your screen, so you can easily share what you're seeing with others.",
  "Preview your video below: | Save video to disk | This video is encoded in the | WebM format",
  ", which is only supported by newer video players. You can also play it by dragging the file directly into your browser.",
  "Share your video with the world on Twitter, LinkedIn, YouTube, or just plain email!",
  "Due to limitations with some browsers, this feature is only supported on recent desktop versions of Chrome, Firefox, and Edge.",
  "Link to heading | Help for {label} | Choose an option | Open | Close | Dismiss | No results | Error:",
  "{count} options available. | {count} option available. | Add: {text} | Remove {label}",
  "Clear all | Select all | Selected values | Decrement | Increment",
  "Press Enter to apply | Press Ctrl+Enter to apply | file upload | Upload | Add files | add icon",
  "Drag and drop a file here | {size} per file | {kind} files are not allowed.",
  "File must be {size} or smaller. | Add row | Delete row(s) | Clear selection | Show/hide columns",
  "Dataframe column menu | Copy column name | Autosize | Pin column | Unpin column | Hide column",
  "Format | Automatic | Localized | Plain | Compact | Dollar | Euro | Yen | Percent | Scientific",
  "Accounting | Duration | Download as CSV | Search | Fullscreen | Close fullscreen",
  "Copy to clipboard | Copied | Stop | Running... | Connecting | Connection error",
  "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:",
);
const ATTRIBUTES = ["aria-label", "title", "placeholder"];
// What is said there is the page's own, or the viewer's.
const OWN = ".tempfit-stage, .tempfit-lesson, [data-testid=stFileChipName], pre";
// What is said there in one word may be the name of a column.
const NAMES = "[role=option], [data-testid=stDataFrameColumnMenu] [title]";

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
  if (node instanceof Text && !(element.closest(NAMES) && /^\w*$/.test(node.data))) {
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
