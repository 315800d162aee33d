// What Streamlit says in English is replaced, and comes back when the page speaks English again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { translated } from "../../tempfit/ui/assets/borrowed.js";
import { use } from "../../tempfit/ui/assets/words.js";

test("words of Streamlit's are said in the page's language and back, with the values in them", () => {
  use("zh", { Upload: "上传", "{size} per file": "每个文件最大 {size}" });
  assert.equal(translated(" Upload "), " 上传 ");
  assert.equal(translated("100MB per file"), "每个文件最大 100MB");
  assert.equal(translated("my own column"), "my own column");
  use("en", {});
  assert.equal(translated("每个文件最大 100MB"), "100MB per file");
});
