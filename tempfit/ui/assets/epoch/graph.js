// The graph that autograd recorded: boxes from the leaf down to the loss, as torch has them.

import { colourOf } from "../colours.js";
import { element } from "../elements.js";
import { finder, mounting } from "../loader.js";
import { themeOf } from "../theme.js";
import { say } from "../words.js";

/** @import {Component} from "../loader.js" */
/** @import {GraphData, GraphNode} from "../types.js" */

/** @typedef {{ left: number, top: number, bottom: number, width: number }} Box */

const SVG = "http://www.w3.org/2000/svg";
const LANE = 22; // how far to the left of the boxes an edge that passes others runs

export const mount = mounting(() => new Graph(), ["shared.css", "epoch/graph.css"]);

class Graph {
  constructor() {
    this.root = element("div", { className: "tempfit-graph" });
    this.root.innerHTML = `<svg aria-hidden="true"></svg><ol></ol>`;
    const find = finder(this.root);
    this.svg = find("svg");
    this.list = find("ol");
    /** @type {(GraphNode & { index: number })[]} */
    this.nodes = [];
    this.resizing = new ResizeObserver(() => this.edges());
    this.resizing.observe(this.root);
  }

  /** @param {Component<GraphData>} component */
  receive({ data }) {
    this.root.style.setProperty("--run", colourOf(data.colour, themeOf(this.root)));
    // Torch lists the loss first; forward runs the other way, from the leaf down.
    this.nodes = data.nodes.map((node, index) => ({ ...node, index })).reverse();
    this.list.replaceChildren(...this.nodes.map(box));
    this.edges();
  }

  /** Draw an edge for each input: straight to the next box, or along a lane past others. */
  edges() {
    const frame = this.root.getBoundingClientRect();
    /** @type {Map<number, Box>} */
    const boxes = new Map(
      this.nodes.map(({ index }, place) => {
        const { left, top, height, width } = this.list.children[place].getBoundingClientRect();
        const above = top - frame.top;
        return [index, { left: left - frame.left, top: above, bottom: above + height, width }];
      }),
    );
    const edges = this.nodes.flatMap((node, place) =>
      node.inputs.flatMap((input) => {
        const [from, to] = [boxes.get(input), boxes.get(node.index)];
        if (!from || !to) return [];
        return this.nodes[place - 1]?.index === input ? straight(from, to) : around(from, to);
      }),
    );
    this.svg.replaceChildren(...edges);
  }

  destroy() {
    this.resizing.disconnect();
    this.root.remove();
  }
}

/** @param {GraphNode & { index: number }} node */
function box(node) {
  const item = element("li", { className: node.leaf ? "leaf" : "" });
  item.dataset.node = String(node.index);
  const add = (/** @type {string} */ className, /** @type {string} */ text, title = "") =>
    item.append(element("span", { className, title }, text));
  add("operation", node.name);
  add("code", node.leaf ? say("params (leaf)") : node.code);
  add("shape", node.shape);
  add("forward", node.value, say("Forward: the value"));
  const arriving = `${node.leaf ? "params.grad = " : ""}${node.arriving}`;
  add("back", arriving, say("Back: the gradient of the loss that arrives here"));
  if (node.constants.length) add("constant", `${node.constants.join(", ")}: None`);
  return item;
}

/** @param {string} d */
function path(d) {
  const made = document.createElementNS(SVG, "path");
  made.setAttribute("d", d);
  return made;
}

/** An arrow from one box down to the next. @param {Box} from @param {Box} to */
function straight(from, to) {
  const x = from.left + Math.min(48, from.width / 2);
  const [start, end] = [from.bottom, to.top - 1];
  return path(`M${x} ${start}V${end}M${x - 4} ${end - 6}L${x} ${end}L${x + 4} ${end - 6}`);
}

/**
 * An arrow that leaves a box to the left and comes in again below the boxes it passes.
 * @param {Box} from @param {Box} to
 */
function around(from, to) {
  const [start, end] = [(from.top + from.bottom) / 2, (to.top + to.bottom) / 2];
  const x = from.left - LANE;
  const left = to.left - 1;
  return path(
    `M${from.left} ${start}H${x + 6}Q${x} ${start} ${x} ${start + 6}V${end - 6}Q${x} ${end} ${x + 6} ${end}` +
      `H${left}M${left - 6} ${end - 4}L${left} ${end}L${left - 6} ${end + 4}`,
  );
}
