import assert from "node:assert/strict";
import { test } from "node:test";
import { hunksBetween, withHunks } from "../../src/edit/hunks.ts";
import { mergedText } from "../../src/refactor/mergedText.ts";
import { hunksOutside, movedStretch, rebased } from "../../src/refactor/rebasing.ts";

function merged(before: string, after: string): string {
  const { text, hunks } = mergedText(before, hunksBetween(before, after));
  const signOf = (row: number): string => {
    const hunk = hunks.find(({ from, to }) => from <= row && row < to);
    return hunk === undefined ? " " : row < hunk.middle ? "-" : "+";
  };
  return text
    .split("\n")
    .map((line, row) => signOf(row) + line)
    .join("|");
}

test("what goes stands above what comes, between what stays", () => {
  assert.equal(merged("a\nb\nc\n", "a\nB\nc\n"), " a|-b|+B| c| ");
  assert.equal(merged("a\nc\n", "a\nb\nc\n"), " a|+b| c| ");
  assert.equal(merged("a\nb\nc\n", "a\nc\n"), " a|-b| c| ");
});

test("files that end without a line break, are empty, or have Windows line breaks are shown line by line as well", () => {
  assert.equal(merged("a\nb", "a\nB"), " a|-b|+B");
  assert.equal(merged("a\nb", "a"), "-a|-b|+a");
  assert.equal(merged("a", "a\nb"), "-a|+a|+b");
  assert.equal(merged("", "a\nb\n"), "+a|+b");
  assert.equal(merged("a\r\nb\r\n", "a\r\nB\r\n"), " a|-b|+B| ");
});

/** Offers all from `before` to `after`, and lets the text become `now` meanwhile. */
function afterwards(before: string, after: string, now: string): string {
  const { hunks, lost } = rebased(hunksBetween(before, after), hunksBetween(before, now));
  for (const { from, to, removed } of hunks) assert.equal(now.slice(from, to), removed);
  return `${withHunks(now, hunks)}${lost}`;
}

test("hunks move along with what is written above and below them", () => {
  assert.equal(afterwards("a\nb\nc\nd\ne\n", "a\nb\nC\nd\ne\n", "0\na\nb\nc\nd\ne\nf\n"), "0\na\nb\nC\nd\ne\nf\n0");
  assert.equal(afterwards("a\nb\nc\n", "a\nB\nc\n", "a\n1\nb\nc\n"), "a\n1\nB\nc\n0");
  assert.equal(afterwards("a\nb\nc\n", "a\nb\nx\nc\n", "b\nc\n"), "b\nx\nc\n0");
});

test("a hunk whose own lines have changed is left out, and the others stay", () => {
  assert.equal(afterwards("a\nb\nc\nd\n", "A\nb\nc\nD\n", "a\nb\nc\nd!\n"), "A\nb\nc\nd!\n1");
  assert.equal(afterwards("a\nb\nc\n", "a\nb\nx\nc\n", "a\n"), "a\n1");
});

test("accepting 30 hunks of 50 one by one, in any order, and rejecting the rest leaves just those 30", () => {
  const line = (row: number): string => `line ${row % 7}\n`;
  const rows = Array.from({ length: 150 }, (_, row) => line(row));
  const before = rows.join("");
  const after = rows.map((text, row) => (row % 3 === 1 ? `new ${row}\n${row % 2 ? "more\n" : ""}` : text)).join("");
  const all = hunksBetween(before, after).map((hunk, id) => ({ ...hunk, id }));
  assert.equal(all.length, 50);
  const order = Array.from({ length: 50 }, (_, index) => (index * 37) % 50);
  let [text, left] = [before, all];
  for (const [count, id] of order.entries()) {
    const chosen = left.filter((hunk) => hunk.id === id);
    const rest = left.filter((hunk) => hunk.id !== id);
    if (count < 30) {
      text = withHunks(text, chosen);
      left = [...rebased(rest, chosen).hunks];
    } else left = rest;
  }
  const wanted = new Set(order.slice(0, 30));
  const expected = withHunks(
    before,
    all.filter(({ id }) => wanted.has(id)),
  );
  assert.equal(text, expected);
});

test("what is asked about is followed while the file is written in", () => {
  const before = "a\nb\nc\nd\n";
  const at = (now: string) => {
    const { from, to } = movedStretch({ from: 2, to: 6 }, hunksBetween(before, now));
    return now.slice(from, to);
  };
  assert.equal(at("a\nb\nc\nd\n"), "b\nc\n");
  assert.equal(at("0\na\nb\nc\nd\n"), "b\nc\n");
  assert.equal(at("a\nb\nc\nd\ne\n"), "b\nc\n");
  assert.equal(at("a\nb\n1\nc\nd\n"), "b\n1\nc\n");
});

test("what is changed outside of what was asked about is found, and what is added below it is not", () => {
  const text = "import a;\n\none();\ntwo();\n\nthree();\n";
  const from = text.indexOf("one");
  const stretch = { from, to: text.indexOf("two();") + 6 };
  const outside = (after: string) => hunksOutside(hunksBetween(text, after), stretch).map(({ added }) => added);
  assert.deepEqual(outside(text.replace("one", "ONE")), []);
  assert.deepEqual(outside(text.replace("two();\n", "two();\nmore();\n")), []);
  assert.deepEqual(outside(text.replace("two();\n\n", "two();\n\n\n")), []);
  assert.deepEqual(outside(text.replace("import a;\n", "import a;\nimport b;\n")), ["import b;\n"]);
  assert.deepEqual(outside(text.replace("one", "ONE").replace("three", "THREE")), ["THREE();\n"]);
});
