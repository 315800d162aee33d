// The page's colours and font, as Streamlit's theme has them, and how large its type is.

/**
 * @typedef {{
 *   dark: boolean,
 *   background: string,
 *   text: string,
 *   font: string,
 *   size: number,
 *   shade: string,
 *   contour: string,
 *   grid: string,
 *   line: string,
 * }} Theme
 */

/**
 * The theme of an element, which is marked with it for the style sheets.
 * @param {HTMLElement} element
 */
export function themeOf(element) {
  const styles = getComputedStyle(element);
  const value = (/** @type {string} */ name, /** @type {string} */ fallback) =>
    styles.getPropertyValue(name).trim() || fallback;
  const background = value("--st-background-color", "#ffffff");
  const dark = luminance(background) < 0.5;
  const ink = dark ? "250,250,250" : "49,51,63";
  element.dataset.theme = dark ? "dark" : "light";
  return {
    dark,
    background,
    text: value("--st-text-color", dark ? "#fafafa" : "#31333f"),
    font: value("--st-font", "sans-serif"),
    size: Number.parseFloat(styles.fontSize) || 14, // px
    shade: `rgba(${ink},${dark ? 0.045 : 0.04})`,
    contour: `rgba(${ink},0.3)`,
    grid: `rgba(${ink},0.12)`,
    line: `rgba(${ink},0.4)`,
  };
}

/** @param {string} colour */
function luminance(colour) {
  const context = canvasContext(document.createElement("canvas"));
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}

/** @param {HTMLCanvasElement} canvas */
export const canvasContext = (canvas) =>
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
