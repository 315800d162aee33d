// What a viewer reads, in the viewer's language: the same catalogue as Python's `words.py`.

/** @typedef {Record<string, string | string[]>} Catalogue translations by the English message */
/** @typedef {Record<string, string | number>} Values */

/** @type {Record<string, string>} */
const TAGS = { zh: "zh-CN" }; // of languages whose name alone does not say how they are written

/** Of numbers, in the order in which a catalogue has their forms. @type {Intl.LDMLPluralRule[]} */
const KINDS = ["zero", "one", "two", "few", "many", "other"];

let language = "en";
/** @type {Catalogue} */
let catalogue = {};

/**
 * Say everything in a language from now on. @param {string} name @param {Catalogue} messages
 */
export function use(name, messages) {
  language = name;
  catalogue = messages;
}

/** The language that is spoken now. */
export const spoken = () => language;

/**
 * The messages of a language, or null where they cannot be had now.
 * @param {string} assets @param {string} name @returns {Promise<Catalogue | null>}
 */
function messagesOf(assets, name) {
  const url = new URL(`${assets}words/${name}.json`, document.baseURI);
  window.tempfitWords ??= { en: Promise.resolve({}) };
  window.tempfitWords[name] ??= fetch(url)
    .then((response) => response.json())
    .catch(() => {
      delete window.tempfitWords?.[name];
      return null;
    });
  return window.tempfitWords[name];
}

/**
 * Have the whole page speak a language. @param {{ assets: string, language: string }} wanted
 */
export async function speak({ assets, language: name }) {
  if (name === language) return;
  const messages = await messagesOf(assets, name);
  if (!messages) return;
  use(name, messages);
  document.documentElement.lang = TAGS[name] ?? name;
}

/** A message with its values in it. @param {string} message @param {Values} values */
export function say(message, values = {}) {
  return filled(String(catalogue[message] ?? message), values);
}

/**
 * A message for one or for many, by the language's rule.
 * @param {string} one @param {string} many @param {number} count @param {Values} values
 */
export function sayMany(one, many, count, values = {}) {
  const rule = new Intl.PluralRules(language);
  const used = rule.resolvedOptions().pluralCategories;
  const forms = [...(catalogue[one] ?? [one, many])];
  const place = KINDS.filter((kind) => used.includes(kind)).indexOf(rule.select(count));
  return filled(forms[Math.min(place, forms.length - 1)], values);
}

/** A message as it is, for the catalogues to hold and for `say` to say later. @param {string} message */
export const later = (message) => message;

/** Messages as they are, several in a text. @param {string[]} texts */
export const laterEach = (...texts) => texts.flatMap((text) => text.split(" | "));

/** @param {string} message @param {Values} values */
const filled = (message, values) =>
  message.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
