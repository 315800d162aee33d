// What the tables of the runs are made of.

/** @import {Stroke} from "../colours.js" */

/** @param {string} name @param {Node | string} content */
export function headerCell(name, content) {
  const cell = document.createElement("th");
  cell.scope = "col";
  cell.className = name;
  cell.append(content);
  return cell;
}

/**
 * @param {string} name @param {HTMLTableCellElement[]} headings @param {HTMLTableRowElement[]} rows
 */
export function table(name, headings, rows) {
  const element = document.createElement("table");
  element.className = name;
  element
    .createTHead()
    .insertRow()
    .append(...headings);
  element.createTBody().append(...rows);
  return element;
}

/** The stroke that a run's lines are drawn with. @param {Stroke} run */
export function colourKey(run) {
  const key = document.createElement("span");
  key.className = run.dashed ? "key dashed" : "key";
  key.style.setProperty("--light", run.light);
  key.style.setProperty("--dark", run.dark);
  return key;
}
