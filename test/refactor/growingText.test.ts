import assert from "node:assert/strict";
import { test } from "node:test";
import { growthOf } from "../../src/refactor/growingText.ts";

/** What stands there then. */
function grown(now: string, written: string, next: string): string {
  const growth = growthOf(now, written, next);
  return growth ? now.slice(0, growth.from) + growth.added : now;
}

test("a text grows at its end, and what of it was not right is replaced", () => {
  assert.deepEqual(growthOf("# Count", "# Count", "# Count once\n"), { from: 7, added: " once\n" });
  assert.equal(grown("# Count\n\nDescr", "# Count\n\nDescr", "# Count\n\nThey were"), "# Count\n\nThey were");
  assert.equal(grown("one two", "one two", "one"), "one");
  assert.equal(growthOf("one", "one", "one"), undefined);
});

test("no edit begins within a character", () => {
  assert.deepEqual(growthOf("a😀", "a😀", "a😁"), { from: 1, added: "😁" });
  assert.deepEqual(growthOf("a\ud83d", "a\ud83d", "a😀b"), { from: 1, added: "😀b" });
});

test("what the user has written meanwhile stays, and the rest comes behind it", () => {
  assert.equal(grown("# Mine\n\nThey", "# Count\n\nThey", "# Count\n\nThey were"), "# Mine\n\nThey were");
  assert.equal(growthOf("# Mine\n\nThey were", "# Count\n\nThey were", "# Count\n\nThey"), undefined);
});
