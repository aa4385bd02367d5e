import assert from "node:assert/strict";
import { test } from "node:test";
import { displayWidth } from "../../src/text/displayWidth.ts";

test("Chinese characters, their marks and pictures take two columns, combined characters those of one", () => {
  assert.equal(displayWidth(""), 0);
  assert.equal(displayWidth("accept"), 6);
  assert.equal(displayWidth("采纳，（是）"), 12);
  assert.equal(displayWidth("ＡＢ"), 4);
  assert.equal(displayWidth("かな 한글"), 9);
  assert.equal(displayWidth("e\u0301"), 1);
  assert.equal(displayWidth("👩‍💻!"), 3);
});
