/**
 * The place of the last of some rising numbers that is not above a value, or -1.
 * @param {ArrayLike<number>} rising @param {number} value
 */
export function placeOf(rising, value) {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
