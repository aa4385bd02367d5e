import assert from "node:assert/strict";
import { test } from "node:test";
import { headOf, tailOf } from "../../src/text/offsets.ts";

test("text is cut to a length without cutting a character in two", () => {
  assert.equal(headOf("ab😀c", 3), "ab");
  assert.equal(headOf("ab😀c", 4), "ab😀");
  assert.equal(tailOf("ab😀c", 2), "c");
  assert.equal(tailOf("ab😀c", 3), "😀c");
  assert.equal(tailOf("ab", 5), "ab");
});
