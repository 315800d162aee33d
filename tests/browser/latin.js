// The words in Latin letters that a viewer may read or hear, each with the text that it stands in;
// code and formulas are left out.
() => {
  const left =
    "pre, code, .katex, script, style, noscript, [data-testid=stIconMaterial], " +
    ".tempfit-graph :is(.operation, .code), [data-testid=stDataFrame] canvas";
  const found = [];
  const note = (text) => {
    for (const word of (text ?? "").match(/[A-Za-z][A-Za-z']+/g) ?? []) found.push([word, text]);
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
