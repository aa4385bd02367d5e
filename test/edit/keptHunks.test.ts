import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as holds, constantFrom, integer, nat, property, record, tuple } from "fast-check";
import { hunksBetween, undoing, withHunks } from "../../src/edit/hunks.ts";
import { rebased } from "../../src/refactor/rebasing.ts";
import { hostileReplies } from "../support/hostileReplies.ts";

/** Real ones, in many languages. */
const files = Array.from(new Set(hostileReplies().map(({ text }) => text)));

const edits = array(
  record({ at: nat(), remove: nat({ max: 3 }), add: array(constantFrom("", "}", "  x();", "界", "\t# a ")) }),
  { maxLength: 12 },
);
const change = tuple(constantFrom(...files), edits, constantFrom("\n", "\r\n"), constantFrom("", "\n", "\uFEFF"));

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly add: readonly string[];
}

/** `end` is put behind, or in front where it is a byte order mark. */
function changed([text, all, lineBreak, end]: readonly [string, readonly Edit[], string, string]): string {
  const rows = text.split(/\r?\n/);
  for (const { at, remove, add } of all) rows.splice(at % (rows.length + 1), remove, ...add);
  const joined = rows.join(lineBreak);
  return end === "\uFEFF" ? end + joined : joined + end;
}

test("real files: all that is taken is undone again to the byte", () => {
  holds(
    property(change, (what) => {
      const [before] = what;
      const after = changed(what);
      const hunks = hunksBetween(before, after);
      assert.equal(withHunks(before, hunks), after);
      assert.equal(withHunks(after, undoing(hunks)), before);
      assert.deepEqual(undoing(undoing(hunks)), hunks);
    }),
    { numRuns: 500 },
  );
});

test("real files: hunks accepted one by one in any order give what they give together", () => {
  holds(
    property(change, array(integer(), { minLength: 60, maxLength: 60 }), (what, ranks) => {
      const [before] = what;
      const all = hunksBetween(before, changed(what)).map((hunk, id) => ({ ...hunk, id }));
      const taken = all.filter(({ id }) => (ranks[id % 60] ?? 0) % 2 === 0);
      let [text, left] = [before, all];
      for (const { id } of taken.toSorted((a, b) => (ranks[a.id % 60] ?? 0) - (ranks[b.id % 60] ?? 0))) {
        const hunk = left.find((each) => each.id === id);
        assert(hunk);
        assert.equal(text.slice(hunk.from, hunk.to), hunk.removed);
        text = withHunks(text, [hunk]);
        const { hunks, lost } = rebased(
          left.filter((each) => each !== hunk),
          [hunk],
        );
        assert.equal(lost, 0);
        left = [...hunks];
      }
      assert.equal(text, withHunks(before, taken));
    }),
    { numRuns: 500 },
  );
});

const lines = Array.from({ length: 500 }, (_, row) => `line ${row % 9}`);
const isChanged = (row: number): boolean => row % 10 === 4;
const isTaken = (row: number): boolean => ((row - 4) / 10) % 5 < 3;
const orders: readonly (readonly [name: string, order: (id: number) => number])[] = [
  ["from the first to the last", (id) => id],
  ["from the last to the first", (id) => -id],
  ["from the middle outwards", (id) => Math.abs(id - 25)],
  ["here and there", (id) => (id * 37) % 50],
];

for (const [name, order] of orders)
  for (const lineBreak of ["\n", "\r\n"])
    test(`of 50 hunks 30 are accepted ${name}, 20 rejected, while the file is written in elsewhere (${JSON.stringify(lineBreak)})`, () => {
      const before = `\uFEFF${lines.join(lineBreak)}`;
      const after = before
        .split(lineBreak)
        .flatMap((line, row) => (isChanged(row) ? [`${line} changed`, "and more"] : [line]))
        .join(lineBreak);
      const all = hunksBetween(before, after).map((hunk, id) => ({ ...hunk, id }));
      assert.equal(all.length, 50);
      let [text, left, steps] = [before, all, 0];
      const become = (now: string): void => {
        const { hunks, lost } = rebased(left, hunksBetween(text, now));
        assert.equal(lost, 0);
        [text, left] = [now, [...hunks]];
      };
      for (const { id, line } of all.toSorted((a, b) => order(a.id) - order(b.id))) {
        const hunk = left.find((each) => each.id === id);
        assert(hunk);
        left = left.filter((each) => each !== hunk);
        if (isTaken(line)) {
          assert.equal(text.slice(hunk.from, hunk.to), hunk.removed);
          const now = withHunks(text, [hunk]);
          left = [...rebased(left, [hunk]).hunks];
          text = now;
        }
        steps += 1;
        // A line at the end of what lies between two hunks, unlike any other.
        if (steps % 10 === 0)
          become(text.replace(`line 0${lineBreak}`, `line 0${lineBreak}written ${steps}${lineBreak}`));
      }
      const expected = before
        .split(lineBreak)
        .flatMap((line, row) => (isChanged(row) && isTaken(row) ? [`${line} changed`, "and more"] : [line]));
      const rest = text.split(lineBreak);
      assert.deepEqual(
        rest.filter((line) => !line.startsWith("written")),
        expected,
      );
      assert.equal(rest.length - expected.length, 5);
    });

test("a hunk whose lines were changed elsewhere meanwhile is left out, and all others stay", () => {
  const before = lines.join("\n");
  const after = lines.map((line, row) => (isChanged(row) ? `${line} changed` : line)).join("\n");
  const now = lines.map((line, row) => (row === 104 ? "mine" : line)).join("\n");
  const { hunks, lost } = rebased(hunksBetween(before, after), hunksBetween(before, now));
  assert.equal(lost, 1);
  assert.equal(
    withHunks(now, hunks),
    after
      .split("\n")
      .map((line, row) => (row === 104 ? "mine" : line))
      .join("\n"),
  );
});
