import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as holds, boolean, constantFrom, property, tuple } from "fast-check";
import { hunksBetween, undoing, withHunks } from "../../src/edit/hunks.ts";

const line = constantFrom("a", "b", "  c", "", "d ", "\uFEFFe", "界");
const lineBreak = constantFrom("\n", "\r\n");
const text = tuple(array(tuple(line, lineBreak), { maxLength: 40 }), constantFrom("", "x")).map(
  ([lines, last]) => lines.map(([words, end]) => words + end).join("") + last,
);

test("taking all hunks gives the new text, and undoing them the old one", () => {
  holds(
    property(text, text, (before, after) => {
      const hunks = hunksBetween(before, after);
      assert.equal(withHunks(before, hunks), after);
      assert.equal(withHunks(after, undoing(hunks)), before);
    }),
    { numRuns: 2_000 },
  );
});

test("any hunks can be taken, and undone again", () => {
  holds(
    property(text, text, array(boolean(), { minLength: 80, maxLength: 80 }), (before, after, taken) => {
      const hunks = hunksBetween(before, after).filter((_, at) => taken[at]);
      const some = withHunks(before, hunks);
      assert.equal(withHunks(some, undoing(hunks)), before);
    }),
    { numRuns: 2_000 },
  );
});

test("of 50 hunks, 30 are taken and no others", () => {
  const lines = Array.from({ length: 500 }, (_, row) => `line ${row}`);
  const before = lines.join("\r\n");
  const after = lines.map((words, row) => (row % 10 === 4 ? `${words} changed` : words)).join("\r\n");
  const hunks = hunksBetween(before, after);
  assert.equal(hunks.length, 50);
  const isTaken = (at: number): boolean => at % 5 < 3;
  const expected = lines.map((words, row) => (row % 10 === 4 && isTaken((row - 4) / 10) ? `${words} changed` : words));
  assert.equal(
    withHunks(
      before,
      hunks.filter((_, at) => isTaken(at)),
    ),
    expected.join("\r\n"),
  );
});

test("a hunk says where it is, and holds no line that both texts have", () => {
  assert.deepEqual(hunksBetween("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n"), [
    { from: 2, to: 4, removed: "b\n", added: "x\n", line: 1 },
    { from: 8, to: 8, removed: "", added: "e\n", line: 4 },
  ]);
});

test("texts of 100,000 lines with nothing in order are compared in bounded work", () => {
  const before = Array.from({ length: 100_000 }, (_, row) => `${(row * 7919) % 1000}`).join("\n");
  const after = Array.from({ length: 100_000 }, (_, row) => `${(row * 104_729) % 1009}`).join("\n");
  assert.equal(withHunks(before, hunksBetween(before, after)), after);
});
