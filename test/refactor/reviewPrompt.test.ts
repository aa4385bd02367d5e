import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { changesPrompt, codePrompt, numberedDiff, partsOf } from "../../src/refactor/reviewPrompt.ts";

const words = (text: string): number => Math.ceil(text.length / 4);

test("lines have their numbers, and the model is told which of them to review", () => {
  const lines = ["a", "b", "c", "d"];
  const question = { path: "a.ts", languageId: "typescript", lines, instruction: "Review" };
  const all = codePrompt({ ...question, shown: { from: 0, to: 4 }, asked: { from: 0, to: 4 } }).messages[1]?.content;
  assert.match(all ?? "", /^File: a\.ts \(typescript\)\n\n```typescript\n1\| a\n2\| b\n3\| c\n4\| d\n```\n/);
  assert.doesNotMatch(all ?? "", /alone/);
  const part = codePrompt({ ...question, shown: { from: 0, to: 4 }, asked: { from: 1, to: 3 } }).messages[1]?.content;
  assert.match(part ?? "", /Review lines 2 to 3 alone/);
  const cut = codePrompt({ ...question, shown: { from: 2, to: 4 }, asked: { from: 2, to: 4 } }).messages[1]?.content;
  assert.match(cut ?? "", /lines 3 to 4 of 4\n/);
});

test("a diff has the numbers after the change, and what is gone has none", () => {
  const diff = `diff --git a/x b/x
index 1..2 100644
--- a/x
+++ b/x
@@ -8,3 +9,3 @@ function f() {
 one
-two
+zwei
 three
\\ No newline at end of file
`;
  assert.equal(numberedDiff(diff), "@@ -8,3 +9,3 @@ function f() {\n 9|  one\n  | -two\n10| +zwei\n11|  three");
  assert.equal(numberedDiff("+new\n+file"), "1| +new\n2| +file");
  assert.equal(numberedDiff(""), "1| ");
});

test("changes are asked about file by file, with what they are called", () => {
  const { messages, stretches } = changesPrompt(
    [
      { path: "a.ts", diff: "+a" },
      { path: "b.ts", diff: "+b```" },
    ],
    "Review",
  );
  assert.match(
    messages[1]?.content ?? "",
    /File: a\.ts\n```diff\n1\| \+a\n```\n\nFile: b\.ts\n````diff\n1\| \+b```\n````/,
  );
  assert.deepEqual(
    stretches.map(({ path }) => path),
    ["a.ts", "b.ts"],
  );
});

test("a long file is cut where definitions begin, comments with them, and nothing is left out or sent twice", () => {
  const lines = Array.from({ length: 30 }, (_, index) => [
    `/** ${index} */`,
    `function f${index}() {`,
    "  work();",
    "}",
    "",
  ]).flat();
  const starts = lines.flatMap((line, row) => (line.startsWith("function") ? [row] : []));
  const parts = partsOf(lines, { from: 0, to: lines.length }, starts, 120, words);
  assert.ok(parts.length > 2);
  assert.equal(parts[0]?.from, 0);
  assert.equal(parts.at(-1)?.to, lines.length);
  for (const [index, { from, to }] of parts.entries()) {
    assert.ok(to > from);
    assert.match(lines[from] ?? "", /^\/\*\*/);
    if (index > 0) assert.equal(from, parts[index - 1]?.to);
  }
});

test("a definition or a line that is too long by itself is cut all the same", () => {
  const text = readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")
    .split("\n")
    .slice(0, 3_000);
  const parts = partsOf(text, { from: 0, to: text.length }, [0], 2_000, words);
  assert.equal(parts.at(-1)?.to, text.length);
  const one = partsOf(["x".repeat(100_000), "y"], { from: 0, to: 2 }, [], 100, words);
  assert.deepEqual(one, [
    { from: 0, to: 1 },
    { from: 1, to: 2 },
  ]);
  assert.deepEqual(partsOf([], { from: 0, to: 0 }, [], 100, words), []);
});
