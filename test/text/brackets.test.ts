import assert from "node:assert/strict";
import { test } from "node:test";
import { bracketBalance, isOnlyClosers } from "../../src/text/brackets.ts";

test("tells what a text closes without having opened, and what it still owes", () => {
  assert.deepEqual(bracketBalance("a) { f([1], {"), { unopened: ")", unclosed: "})}" });
  assert.deepEqual(bracketBalance("f(a[0], { b })"), { unopened: "", unclosed: "" });
});

test("a string that began before the part in question goes on in it", () => {
  const before = 'f("';
  assert.deepEqual(bracketBalance(`${before}(", [`, before.length), { unopened: "", unclosed: "]" });
  assert.deepEqual(bracketBalance(`${before}a", b);`, before.length), { unopened: ")", unclosed: "" });
  assert.deepEqual(bracketBalance("// as (in this", 6), { unopened: "", unclosed: "" });
});

test("knows what only closes", () => {
  for (const text of [")", "});", "  }", '")', "],", "):"]) assert.equal(isOnlyClosers(text), true, text);
  for (const text of ["", "  ", "a)", ") {", "("]) assert.equal(isOnlyClosers(text), false, text);
});
