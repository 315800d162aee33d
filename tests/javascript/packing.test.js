import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, floats, integers, packed } from "../../tempfit/ui/assets/packing.js";

test("numbers come back as they were packed, bit for bit", () => {
  const numbers = Float32Array.of(0, -1.5, 3e38, 1e-45, Infinity, NaN);
  assert.deepEqual(floats(packed(numbers)), numbers);
  const epochs = Int32Array.of(0, 1, -1, 2 ** 31 - 1);
  assert.deepEqual(integers(packed(epochs)), epochs);
  const codes = Uint8Array.of(0, 3, 255);
  assert.deepEqual(bytes(packed(codes)), codes);
});

test("the binary is little-endian, as the server packs it", () => {
  assert.equal(packed(Int32Array.of(1, 256)), "AQAAAAABAAA=");
  assert.deepEqual(floats("AADAvw=="), Float32Array.of(-1.5));
});

test("nothing is packed as nothing", () => {
  assert.equal(packed(new Float32Array()), "");
  assert.equal(floats("").length, 0);
});
