// The graph that autograd recorded: boxes from the leaf down to the loss, as torch has them.

import { mounting, theme } from "./page.js";

const SVG = "http://www.w3.org/2000/svg";
const LANE = 22; // how far to the left of the boxes an edge that passes others runs

export const mount = mounting((parent) => new Graph(parent));

class Graph {
  constructor(parent) {
    this.root = document.createElement("div");
    this.root.className = "tempfit-graph";
    this.root.innerHTML = `<svg aria-hidden="true"></svg><ol></ol>`;
    this.svg = this.root.querySelector("svg");
    this.list = this.root.querySelector("ol");
    parent.append(this.root);
    this.resizing = new ResizeObserver(() => this.edges());
    this.resizing.observe(this.root);
  }

  receive({ data }) {
    this.theme = theme(this.root);
    this.root.style.setProperty("--run", this.theme.dark ? data.run.dark : data.run.light);
    // Torch lists the loss first; forward runs the other way, from the leaf down.
    this.nodes = [...data.nodes].map((node, index) => ({ ...node, index })).reverse();
    this.list.replaceChildren(...this.nodes.map((node) => this.box(node)));
    this.edges();
  }

  box(node) {
    const item = document.createElement("li");
    item.dataset.node = node.index;
    item.classList.toggle("leaf", node.leaf);
    const line = (name, text) => {
      const element = document.createElement("span");
      element.className = name;
      element.textContent = text;
      return element;
    };
    const operation = line("operation", node.name);
    const code = line("code", node.leaf ? "params (leaf)" : node.code);
    const shape = line("shape", node.shape);
    const forward = line("forward", node.value);
    const back = line("back", `${node.leaf ? "params.grad = " : ""}${node.arriving}`);
    forward.title = "Forward: the value";
    back.title = "Back: the gradient of the loss that arrives here";
    item.append(operation, code, shape, forward, back);
    if (node.constants.length) {
      item.append(line("constant", `${node.constants.join(", ")}: None`));
    }
    return item;
  }

  /** Draw an edge for each input: straight to the next box, or along a lane past others. */
  edges() {
    if (!this.nodes) return;
    const frame = this.root.getBoundingClientRect();
    this.svg.replaceChildren();
    const boxes = new Map(
      [...this.list.children].map((item) => {
        const box = item.getBoundingClientRect();
        const [left, top] = [box.left - frame.left, box.top - frame.top];
        return [
          Number(item.dataset.node),
          { left, top, bottom: top + box.height, width: box.width },
        ];
      }),
    );
    this.nodes.forEach((node, place) => {
      for (const input of node.inputs) {
        const [from, to] = [boxes.get(input), boxes.get(node.index)];
        const next = this.nodes[place - 1]?.index === input;
        this.svg.append(next ? straight(from, to) : around(from, to));
      }
    });
  }

  destroy() {
    this.resizing.disconnect();
    this.root.remove();
  }
}

function path(d) {
  const element = document.createElementNS(SVG, "path");
  element.setAttribute("d", d);
  return element;
}

/** An arrow from one box down to the next. */
function straight(from, to) {
  const x = from.left + Math.min(48, from.width / 2);
  const [start, end] = [from.bottom, to.top - 1];
  return path(`M${x} ${start}V${end}M${x - 4} ${end - 6}L${x} ${end}L${x + 4} ${end - 6}`);
}

/** An arrow that leaves a box to the left and comes in again below the boxes it passes. */
function around(from, to) {
  const [start, end] = [(from.top + from.bottom) / 2, (to.top + to.bottom) / 2];
  const x = from.left - LANE;
  const left = to.left - 1;
  return path(
    `M${from.left} ${start}H${x + 6}Q${x} ${start} ${x} ${start + 6}V${end - 6}Q${x} ${end} ${x + 6} ${end}` +
      `H${left}M${left - 6} ${end - 4}L${left} ${end}L${left - 6} ${end + 4}`,
  );
}
