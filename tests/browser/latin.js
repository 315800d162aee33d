// The words in Latin letters that a viewer may read or hear, and the narrow marks beside a Chinese
// letter, each with the text that it stands in; code and formulas are left out.
() => {
  const left =
    "pre, code, .katex, script, style, noscript, [data-testid=stIconMaterial], " +
    ".tempfit-graph :is(.operation, .code), [data-testid=stDataFrame] canvas";
  const found = [];
  const strange = /[A-Za-z][A-Za-z']+|\p{sc=Han} ?[,:;!?]|[,:;!?] ?\p{sc=Han}/gu;
  const note = (text) => {
    for (const word of (text ?? "").match(strange) ?? []) found.push([word, text]);
  };
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest(left)) continue;
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) note(node.data);
    note(element.dataset.label);
    for (const name of ["aria-label", "title", "placeholder", "aria-valuetext"]) {
      note(element.getAttribute(name));
    }
  }
  return found;
};
