import assert from "node:assert/strict";
import { test } from "node:test";
import { suffixChange } from "../../src/text/closers.ts";

test("the text after a caret may gain and lose closing brackets and nothing else", () => {
  assert.deepEqual(suffixChange(");\nnext();", ");\nnext();"), { kind: "none" });
  assert.deepEqual(suffixChange("\nnext();", ")\nnext();"), { kind: "added", closers: ")" });
  assert.deepEqual(suffixChange("", "})"), { kind: "added", closers: "})" });
  assert.deepEqual(suffixChange('")\nnext();', "\nnext();"), { kind: "removed", closers: '")' });
  assert.equal(suffixChange("\nnext();", "\nother();"), undefined);
  assert.equal(suffixChange("\nnext();", "a\nnext();"), undefined);
  assert.equal(suffixChange(")\nnext();", ""), undefined);
});

test("both were cut at the same length", () => {
  assert.deepEqual(suffixChange("\nabcdef", ")\nabcde"), { kind: "added", closers: ")" });
  assert.deepEqual(suffixChange(")\nabcde", "\nabcdef"), { kind: "removed", closers: ")" });
});
