// What is wrong with the layout of the page, as sentences: texts that overlap or are clipped, and
// a page wider than its window. Called in the page.

() => {
  const SKIP = "dialog, [hidden], .stAppHeader, [data-testid=stSidebar], option";
  // What is there for those who listen alone.
  const heard = (element) =>
    element && (getComputedStyle(element).clipPath !== "none" || heard(element.parentElement));
  const wrong = [];
  const scroller = document.scrollingElement;
  if (scroller.scrollWidth > innerWidth) wrong.push(`the page is ${scroller.scrollWidth} wide`);
  const named = (text) => `"${text.data.trim().slice(0, 30)}"`;
  const seen = [];
  const walker = document.createTreeWalker(document.querySelector(".stMain"), NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || element.closest(SKIP) || heard(element)) continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    let hidden = false; // by what scrolls within the page
    for (let outer = element; outer && outer !== document.body; outer = outer.parentElement) {
      const { overflowX } = getComputedStyle(outer);
      if (overflowX === "visible" || outer.matches(".stMain, svg .main-svg, svg")) continue;
      const edge = outer.getBoundingClientRect();
      if (box.left >= edge.left - 1.5 && box.right <= edge.right + 1.5) continue;
      hidden = ["auto", "scroll"].includes(overflowX);
      if (hidden) break;
      wrong.push(`${named(text)} is clipped by ${outer.className || outer.tagName}`);
    }
    if (hidden) continue;
    if (box.left < -1 || box.right > innerWidth + 1) wrong.push(`${named(text)} leaves the page`);
    const svg = element.closest("svg.main-svg");
    if (svg) {
      const edge = svg.getBoundingClientRect();
      const inside =
        box.left >= edge.left - 1.5 &&
        box.right <= edge.right + 1.5 &&
        box.top >= edge.top - 1.5 &&
        box.bottom <= edge.bottom + 1.5;
      if (!inside) wrong.push(`${named(text)} is cut off by its chart`);
    }
    // What stays in reach lies over what scrolls below it.
    seen.push({
      text,
      boxes: [...range.getClientRects()],
      fixed: element.closest(".tempfit-player, .tempfit-menu > div"),
    });
  }
  const over = (one, other) =>
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4;
  seen.forEach((one, index) => {
    for (const other of seen.slice(index + 1)) {
      if (one.fixed !== other.fixed) continue;
      if (one.text.parentElement === other.text.parentElement) continue;
      if (one.boxes.some((box) => other.boxes.some((that) => over(box, that)))) {
        wrong.push(`${named(one.text)} and ${named(other.text)} overlap`);
      }
    }
  });
  return [...new Set(wrong)];
};
