import assert from "node:assert/strict";
import { test } from "node:test";
import {
  SNAPSHOT_PREFIX_CHARS,
  SNAPSHOT_SUFFIX_CHARS,
  snapshotPrefix,
  snapshotSuffix,
} from "../../src/context/snapshotLimits.ts";

/** What an editor reads before a caret at the end of `text`. */
const before = (text: string): string => text.slice(-SNAPSHOT_PREFIX_CHARS - 1);

test("the start of a short document is in the snapshot", () => {
  assert.equal(snapshotPrefix(before("const a = 1;\n")), "const a = 1;\n");
});

test("the snapshot of a long document starts at the start of a line", () => {
  const text = "0123456789\n".repeat(2_000);
  assert.match(snapshotPrefix(before(text)), /^0123456789\n/);
  assert.ok(snapshotPrefix(before(text)).length > SNAPSHOT_PREFIX_CHARS - "0123456789\n".length);
});

test("a line that starts just where the snapshot may start is whole in it", () => {
  const kept = `${"x".repeat(SNAPSHOT_PREFIX_CHARS - 1)}\n`;
  assert.equal(snapshotPrefix(before(`something above\n${kept}`)), kept);
});

test("in a minified file the snapshot starts in the middle of the line, and not in the middle of a character", () => {
  assert.equal(snapshotPrefix(before("x".repeat(20_000))), "x".repeat(SNAPSHOT_PREFIX_CHARS));
  const emoji = "🙂".repeat(10_000);
  assert.equal(snapshotPrefix(before(`${emoji}y`)), `${emoji.slice(-SNAPSHOT_PREFIX_CHARS + 2)}y`);
});

test("a long rest of the document is cut", () => {
  assert.equal(snapshotSuffix("y".repeat(20_000)).length, SNAPSHOT_SUFFIX_CHARS);
  assert.equal(snapshotSuffix("}\n"), "}\n");
});
