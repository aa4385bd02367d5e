import assert from "node:assert/strict";
import { test } from "node:test";
import { changesParts } from "../../src/refactor/reviewParts.ts";
import { numberedDiff } from "../../src/refactor/reviewPrompt.ts";

const count = (text: string): number => Math.ceil(text.length / 4);
const hunk = (start: number, lines: number): string =>
  `@@ -${start},0 +${start},${lines} @@ f()\n${Array.from({ length: lines }, (_, row) => `+const at${start + row} = 1;\n`).join("")}`;
const head = "diff --git a/x b/x\n--- a/x\n+++ b/x\n";

test("what fits is one part, in which all files are whole", () => {
  const files = ["a.ts", "b.ts"].map((path) => ({ path, diff: head + hunk(1, 3) }));
  const parts = changesParts(files, 1_000, count);
  assert.equal(parts.length, 1);
  assert.deepEqual(
    parts[0]?.files.map(({ path, index, lines }) => [path, index, lines]),
    [
      ["a.ts", 0, undefined],
      ["b.ts", 1, undefined],
    ],
  );
  assert.deepEqual(changesParts([], 1_000, count), []);
});

test("what does not fit is several parts in order, each within its room", () => {
  const files = Array.from({ length: 12 }, (_, index) => ({ path: `f${index}.ts`, diff: head + hunk(1, 5 + index) }));
  const parts = changesParts(files, 200, count);
  assert.ok(parts.length > 3 && parts.length < 12);
  assert.deepEqual(
    parts.flatMap(({ files }) => files.map(({ index }) => index)),
    files.map((_, index) => index),
  );
  for (const { files } of parts)
    assert.ok(count(files.map(({ path, diff }) => path + numberedDiff(diff)).join("")) <= 200);
});

test("a long file is cut between its hunks, and within one that is too long; no line is left out, each keeps its number", () => {
  const diff =
    head + hunk(10, 10) + hunk(100, 90).replace("+const at120 = 1;\n", "-gone\n+const at120 = 1;\n") + hunk(300, 4);
  const parts = changesParts([{ path: "x.ts", diff }], 300, count);
  assert.ok(parts.length > 3);
  assert.deepEqual(
    parts.map(({ piece }) => piece),
    parts.map((_, at) => ({ at: at + 1, of: parts.length })),
  );
  const shown = parts.flatMap(({ files }) => numberedDiff(files[0]?.diff ?? "").split("\n"));
  const lines = shown.filter((line) => !line.startsWith("@@") && !line.includes("| -"));
  assert.equal(lines.length, 104);
  for (const line of lines) assert.match(line, /^ *(\d+)\| \+const at\1 = 1;$/);
  for (const { files } of parts) {
    const [file] = files;
    const numbers = Array.from((file?.diff ?? "").matchAll(/at(\d+)/g), ([, number]) => Number(number));
    assert.deepEqual(file?.lines, { from: (numbers[0] ?? 0) - 1, to: numbers.at(-1) });
    assert.ok(count(numberedDiff(file.diff)) <= 300);
  }
});

test("a new file without a head is numbered from its first line, and a line that is very long is cut", () => {
  const diff = [...Array.from({ length: 60 }, (_, row) => `+const at${row + 1} = 1;`), `+${"x".repeat(5_000)}`].join(
    "\n",
  );
  const parts = changesParts([{ path: "x.ts", diff }], 400, count);
  const shown = parts.map(({ files }) => numberedDiff(files[0]?.diff ?? "")).join("\n");
  assert.match(shown, /^60\| \+const at60 = 1;$/m);
  assert.match(shown, /^61\| \+x{999}$/m);
});
