import assert from "node:assert/strict";
import { test } from "node:test";
import { namesIn } from "../../../../src/context/index/extraction/names.ts";

test("names are those of the code, not of its comments and strings", () => {
  const text = "// not\nconst a1 = other(\"not\", 'not'); /* not */ other(`not`);\n";
  assert.deepEqual(namesIn(text, "typescript"), [
    ["a1", 1],
    ["other", 2],
  ]);
  assert.deepEqual(namesIn('"""not"""\nx1 = other  # not\n', "python"), [
    ["x1", 1],
    ["other", 1],
  ]);
});
