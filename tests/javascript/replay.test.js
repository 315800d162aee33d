import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { collected } from "../../tempfit/ui/assets/stage/takeaway/replay.js";

const ASSETS = new URL("../../tempfit/ui/assets/", import.meta.url);

/** @param {Record<string, string>} files */
const from = (files) => async (/** @type {string} */ name) => files[name];

test("imports are followed across folders, and made absolute", async () => {
  const modules = await collected(
    "stage/a.js",
    from({
      "stage/a.js": 'import { b } from "./b.js";\nimport {\n  c,\n  d,\n} from "../c.js";\n',
      "stage/b.js": 'import "../deep/d.js";\n',
      "c.js": 'import { b } from "./stage/b.js";\n',
      "deep/d.js": 'import { a } from "../stage/a.js";\n',
    }),
  );
  assert.deepEqual([...modules.keys()].sort(), ["c.js", "deep/d.js", "stage/a.js", "stage/b.js"]);
  assert.equal(
    modules.get("stage/a.js"),
    'import { b } from "tempfit/stage/b.js";\nimport {\n  c,\n  d,\n} from "tempfit/c.js";\n',
  );
  assert.equal(modules.get("stage/b.js"), 'import "tempfit/deep/d.js";\n');
});

test("what only a comment names is not followed", async () => {
  const code = '/** @import {X} from "../types.js" */\n// from "./other.js"\n';
  assert.deepEqual([...(await collected("a.js", from({ "a.js": code })))], [["a.js", code]]);
});

test("every module that the stage needs is found, and none of the server's page", async () => {
  const read = (/** @type {string} */ name) => readFile(new URL(name, ASSETS), "utf8");
  const modules = await collected("stage/stage.js", read);
  assert.ok(modules.has("stage/playing/player.js") && modules.has("channel.js"));
  assert.ok(!modules.has("map/map.js") && !modules.has("types.js"));
  for (const code of modules.values()) {
    assert.doesNotMatch(code, /^(import|export)\b[^;]*?from "\.|^import "\./m);
  }
});
