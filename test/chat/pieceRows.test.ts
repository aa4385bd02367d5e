import assert from "node:assert/strict";
import { test } from "node:test";
import { pieceRows } from "../../src/chat/pieceRows.ts";

const lines = ["a();", "{", "  b();", "}", "{", "  b();", "}", "c();"];
const block = { line: 4, text: "{\n  b();\n}" };

test("what was attached is where it was, also where the same stands elsewhere", () => {
  assert.deepEqual(pieceRows(lines, block), { from: 4, to: 7 });
});

test("what was attached is found where it has moved to, and in no other of several places", () => {
  assert.deepEqual(pieceRows(["// New.", ...lines.slice(3)], block), { from: 2, to: 5 });
  assert.equal(pieceRows(["// New.", ...lines], block), undefined);
});

test("what was changed, or is nothing, is nowhere", () => {
  assert.equal(pieceRows(lines.with(5, "  d();").with(2, "  d();"), block), undefined);
  assert.equal(pieceRows(lines, { line: 0, text: "\n" }), undefined);
  assert.equal(pieceRows([], { line: undefined, text: "a();" }), undefined);
});
