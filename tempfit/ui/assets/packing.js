// Numbers as base64 text of little-endian binary, as the messages of the wire carry them.

/** @param {string} text */
export const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** @param {string} text */
export const floats = (text) => new Float32Array(bytes(text).buffer);

/** @param {string} text */
export const integers = (text) => new Int32Array(bytes(text).buffer);

/** @param {Int32Array | Float32Array | Uint8Array} values */
export function packed(values) {
  let text = "";
  for (const octet of new Uint8Array(values.buffer)) text += String.fromCharCode(octet);
  return btoa(text);
}
