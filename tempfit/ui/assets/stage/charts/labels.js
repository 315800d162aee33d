// Labels at the ends of lines: where each stands, so that none lies over another.

/**
 * @typedef {{ x: number, y: number, text: string, colour: string, pale?: boolean }} Label
 *   x and y (px) are those of the line's end
 */

/**
 * The heights of labels that are as near as can be to those wanted, `gap` apart and between 0 and
 * `height`, in the order of what they want.
 * @param {number[]} wanted @param {number} gap @param {number} height
 */
export function spread(wanted, gap, height) {
  const order = wanted.map((_, i) => i).sort((one, other) => wanted[one] - wanted[other]);
  /** @type {{ members: number[], first: number }[]} */
  const blocks = [];
  for (const i of order) {
    let block = { members: [i], first: wanted[i] };
    // A block that runs into the one above is joined to it, and both give way.
    for (let above = blocks.at(-1); above; above = blocks.at(-1)) {
      if (above.first + gap * above.members.length <= block.first) break;
      blocks.pop();
      block = joined(above, block, wanted, gap);
    }
    blocks.push(block);
  }
  const places = Array(wanted.length).fill(0);
  for (const { members, first } of blocks) {
    members.forEach((i, place) => {
      places[i] = first + gap * place;
    });
  }
  return inside(places, order, gap, height);
}

/**
 * Two blocks as one, in the middle of what its members want.
 * @param {{ members: number[] }} above @param {{ members: number[] }} below
 * @param {number[]} wanted @param {number} gap
 */
function joined(above, below, wanted, gap) {
  const members = [...above.members, ...below.members];
  const sum = members.reduce((total, i, place) => total + wanted[i] - gap * place, 0);
  return { members, first: sum / members.length };
}

/**
 * The same places moved as little as needed to lie between 0 and `height`.
 * @param {number[]} places @param {number[]} order @param {number} gap @param {number} height
 */
function inside(places, order, gap, height) {
  let free = height;
  for (const i of order.toReversed()) {
    places[i] = Math.min(places[i], free);
    free = places[i] - gap;
  }
  free = 0;
  for (const i of order) {
    places[i] = Math.max(places[i], free);
    free = places[i] + gap;
  }
  return places;
}

/**
 * The labels in columns: those in one lie so near to each other that they have to give way.
 * @param {Label[]} labels @param {number} width how wide a label may be
 */
export function columns(labels, width) {
  const sorted = [...labels].sort((one, other) => one.x - other.x);
  /** @type {Label[][]} */
  const found = [];
  for (const label of sorted) {
    const column = found.at(-1);
    if (column && label.x - column[0].x < width) column.push(label);
    else found.push([label]);
  }
  return found;
}

const LETTER_EMS = 0.46; // about as wide is one

/**
 * A text of the viewer's as it fits a width: of a long one the beginning, and the unit at its end.
 * @param {string} text @param {number} ems the width, in the size of the type
 */
export function fitting(text, ems) {
  const most = Math.floor(ems / LETTER_EMS);
  if (text.length <= most) return text;
  const unit = /\s\([^()]*\)$/.exec(text)?.[0] ?? "";
  const room = Math.max(most - 1 - unit.length, 3);
  return `${text
    .slice(0, -unit.length || undefined)
    .slice(0, room)
    .replace(/[…\s]+$/, "")}…${unit}`;
}
