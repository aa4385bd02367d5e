import assert from "node:assert/strict";
import { test } from "node:test";
import { firstLine, lineBefore, nextFilledLines, previousFilledLines, unixNewlines } from "../../src/text/lines.ts";

test("a caret's line is the same with either kind of line break", () => {
  assert.equal(lineBefore("a\r\n  b"), "  b");
  assert.equal(firstLine("b\r\nc"), "b");
  assert.equal(firstLine("b\nc"), "b");
  assert.equal(firstLine(""), "");
  assert.equal(unixNewlines("a\r\nb\n"), "a\nb\n");
});

test("the lines around a caret are found over blank ones, and never the caret's own", () => {
  assert.deepEqual(nextFilledLines("own\r\n\r\n  one\r\ntwo", 3), ["  one", "two"]);
  assert.deepEqual(nextFilledLines("own", 1), []);
  assert.deepEqual(previousFilledLines("one\n\n  two\r\n\nown", 3), ["one", "  two"]);
  assert.deepEqual(previousFilledLines("one\ntwo\nown", 1), ["two"]);
  assert.deepEqual(previousFilledLines("\nown", 2), []);
});
